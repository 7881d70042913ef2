"""Addresses of hosted forms, open to everybody."""

from django.urls import path

from leadfarm.intake.views import public_forms

app_name = "forms"
urlpatterns = [path("f/<slug:slug>/", public_forms.show, name="hosted")]
