"""The leads room as Django knows it."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """The one record."""

    name = "leadfarm.leads"
    label = "leads"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the list of leads into the bar, and let it answer searches."""
        from leadfarm.ui.navigation import Entry, register, search_at

        register(
            Entry(
                label="Leads", url_name="leads:list", icon="leads", order=20, key="l",
                holds=("accounts", "contacts"),
            )
        )  # fmt: skip
        search_at("leads:list")
