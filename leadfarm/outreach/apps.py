"""The outreach room as Django knows it."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Messages."""

    name = "leadfarm.outreach"
    label = "outreach"
    default_auto_field = "django.db.models.BigAutoField"
