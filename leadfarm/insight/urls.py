"""Addresses of insight inside a workspace."""

from django.urls import path

from leadfarm.insight.views import campaigns, scoreboard

app_name = "insight"
urlpatterns = [
    path("campaigns/", campaigns.show, name="campaigns"),
    path("scoreboard/", scoreboard.show, name="scoreboard"),
]
