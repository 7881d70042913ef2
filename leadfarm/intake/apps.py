"""The intake room as Django knows it."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """How leads come in."""

    name = "leadfarm.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
