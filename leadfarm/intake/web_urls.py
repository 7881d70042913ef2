"""Addresses open to everybody: the script of the company's own website, and calendar files."""

from django.urls import path

from leadfarm.intake.views import calendars, public_visits

app_name = "web"
urlpatterns = [
    path("t/<slug:key>.js", public_visits.script, name="script"),
    path("t/<slug:key>", public_visits.report, name="report"),
    path("e/<str:token>.ics", calendars.show, name="calendar"),
]
