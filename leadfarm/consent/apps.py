"""The consent room as Django knows it."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """May this contact be touched now?"""

    name = "leadfarm.consent"
    label = "consent"
    default_auto_field = "django.db.models.BigAutoField"
