"""The insight room as Django knows it."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """What happened and what it cost."""

    name = "leadfarm.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"
