"""Addresses for the company's own website, open to everybody: the script and its reports."""

from django.urls import path

from leadfarm.intake.views import public_visits

app_name = "web"
urlpatterns = [
    path("t/<slug:key>.js", public_visits.script, name="script"),
    path("t/<slug:key>", public_visits.report, name="report"),
]
