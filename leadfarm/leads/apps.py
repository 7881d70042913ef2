"""The leads room as Django knows it."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """The one record."""

    name = "leadfarm.leads"
    label = "leads"
    default_auto_field = "django.db.models.BigAutoField"
