"""The project room as Django knows it."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Settings, urls, schedule, command line."""

    name = "leadfarm.project"
    label = "project"
    default_auto_field = "django.db.models.BigAutoField"
