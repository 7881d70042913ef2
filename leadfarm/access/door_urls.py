"""Addresses outside the walls: the way in."""

from django.urls import path

from leadfarm.access import door

app_name = "door"
urlpatterns = [
    path("", door.home, name="home"),
    path("healthz", door.healthz, name="healthz"),
]
