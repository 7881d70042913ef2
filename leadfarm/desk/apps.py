"""The desk room as Django knows it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Today, the task player, the brief."""

    name = "leadfarm.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
