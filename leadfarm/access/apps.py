"""The access room as Django knows it."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    """Who may come in."""

    name = "leadfarm.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Grant the roles their tables after every migration; note when somebody signs in."""
        from leadfarm.access.gate import remember_when
        from leadfarm.access.masonry import grant_open_tables
        from leadfarm.access.views.inbox import unread_of
        from leadfarm.ui.navigation import Bell, Entry, register, ring_at

        register(
            Entry(
                label="Settings",
                url_name="access:account",
                icon="settings",
                order=90,
                place="account",
            )
        )
        ring_at(Bell("access:inbox", unread_of))
        user_logged_in.connect(remember_when, dispatch_uid="remember_when")
        post_migrate.connect(grant_open_tables, sender=self)
