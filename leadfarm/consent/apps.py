"""The consent room as Django knows it."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """May this contact be touched now?"""

    name = "leadfarm.consent"
    label = "consent"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of touches, and say on the lead page what the contact has asked us not to do."""
        from leadfarm.consent import clocks, own_holdings
        from leadfarm.consent.addresses import refuse_erased
        from leadfarm.consent.hearing import hear
        from leadfarm.consent.panels import bars_of, quiet_for_calls
        from leadfarm.consent.views.contact import ledger
        from leadfarm.leads.listeners import keep_the_door, listen
        from leadfarm.leads.panels import ContactPanel, Panel, registry

        own_holdings.register()
        clocks.register()
        _into_the_menu()
        registry.on_contacts(ContactPanel(10, "consent/privacy/ledger.html", ledger))
        listen("consent", hear)
        keep_the_door("consent", refuse_erased)
        registry.add(
            Panel("notice", 10, "consent/bars.html", bars_of),
            Panel("call", 10, "consent/quiet_call.html", quiet_for_calls),
        )


def _into_the_menu() -> None:
    from leadfarm.rules.codes import Role
    from leadfarm.ui.navigation import Entry, register

    register(
        Entry(
            label="Privacy", url_name="consent:requests", icon="lock", order=60, place="account",
            roles=frozenset({int(Role.MANAGER), int(Role.ADMIN)}),
        )
    )  # fmt: skip
