"""The qualification room as Django knows it."""

from django.apps import AppConfig


class QualificationConfig(AppConfig):
    """What sales-ready means."""

    name = "leadfarm.qualification"
    label = "qualification"
    default_auto_field = "django.db.models.BigAutoField"
