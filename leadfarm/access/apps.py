"""The access room as Django knows it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    """Who may come in."""

    name = "leadfarm.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Grant the roles their tables after every migration."""
        from leadfarm.access.masonry import grant_open_tables

        post_migrate.connect(grant_open_tables, sender=self)
