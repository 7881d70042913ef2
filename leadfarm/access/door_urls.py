"""Addresses outside the walls: the way in."""

from django.urls import path

from leadfarm.access import door, entrance

app_name = "door"
urlpatterns = [
    path("", door.home, name="home"),
    path("healthz", door.healthz, name="healthz"),
    path("personas/<int:member_id>/session/", entrance.persona_session, name="persona-session"),
    path("join/<str:secret>/", entrance.join, name="join"),
    path("open/<str:key>/", entrance.opening, name="opening"),
]
