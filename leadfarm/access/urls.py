"""Addresses of the access room inside a workspace."""

from django.urls import path

from leadfarm.access import views

app_name = "access"
urlpatterns = [
    path("", views.start, name="start"),
]
