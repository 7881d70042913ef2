"""Addresses of the simulation inside a workspace."""

from django.urls import path

from leadfarm.simulation import views

app_name = "simulation"
urlpatterns = [path("growing/", views.growing, name="growing")]
