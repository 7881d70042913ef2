"""The leads room as Django knows it."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """The one record."""

    name = "leadfarm.leads"
    label = "leads"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the list into the bar, let it answer searches; hand on the work of who leaves."""
        from leadfarm.access.departing import Deeds, when_members_change
        from leadfarm.access.views.frame import EVERYBODY, LEADING, add_tab
        from leadfarm.leads.actions import handing_on
        from leadfarm.leads.panels import ListAct, registry
        from leadfarm.ui.navigation import Entry, register, search_at

        register(
            Entry(
                label="Leads", url_name="leads:list", icon="leads", order=20, key="l",
                holds=("accounts", "contacts", "imports", "duplicates"),
            )
        )  # fmt: skip
        register(
            Entry(
                label="Companies", url_name="leads:accounts", icon="leads", order=30,
                place="account",
            )
        )  # fmt: skip
        search_at("leads:list")
        registry.act_on_lists(ListAct("Assign", "person", "leads:assigning"))
        add_tab("Routing", "leads:routing", LEADING, before="access:workspace")
        add_tab("Time off", "leads:time-off", EVERYBODY, before="access:members")
        when_members_change("leads", Deeds(handing_on.gone, handing_on.come))
        self._tell_colleagues()

    def _tell_colleagues(self) -> None:
        """Say what notifications about leads stand for."""
        from leadfarm.access.notices import describes
        from leadfarm.leads.notices import ABOUT_LEADS, describe

        describes(describe, *ABOUT_LEADS)
