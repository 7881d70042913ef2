"""The leads room as Django knows it."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """The one record."""

    name = "leadfarm.leads"
    label = "leads"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the list into the bar, let it answer searches; hand on the work of who leaves."""
        from leadfarm.access.departing import when_somebody_leaves
        from leadfarm.leads.actions.handing_on import hand_back, hand_on
        from leadfarm.ui.navigation import Entry, register, search_at

        register(
            Entry(
                label="Leads", url_name="leads:list", icon="leads", order=20, key="l",
                holds=("accounts", "contacts"),
            )
        )  # fmt: skip
        search_at("leads:list")
        when_somebody_leaves("leads", hand_on, hand_back)
