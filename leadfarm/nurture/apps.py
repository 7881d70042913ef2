"""The nurture room as Django knows it."""

from django.apps import AppConfig


class NurtureConfig(AppConfig):
    """Programs."""

    name = "leadfarm.nurture"
    label = "nurture"
    default_auto_field = "django.db.models.BigAutoField"
