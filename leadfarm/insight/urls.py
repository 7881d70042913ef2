"""Addresses of insight inside a workspace."""

from django.urls import path

from leadfarm.insight.views import campaigns, events, scoreboard

app_name = "insight"
urlpatterns = [
    path("campaigns/", campaigns.show, name="campaigns"),
    path("events/", events.show, name="events"),
    path("events/<int:event_id>/", events.one, name="event"),
    path("scoreboard/", scoreboard.show, name="scoreboard"),
]
