"""The consent room as Django knows it."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """May this contact be touched now?"""

    name = "leadfarm.consent"
    label = "consent"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of touches, and say on the lead page what the contact has asked us not to do."""
        from leadfarm.consent import own_holdings
        from leadfarm.consent.hearing import hear
        from leadfarm.consent.panels import bars_of, quiet_for_calls
        from leadfarm.leads.listeners import listen
        from leadfarm.leads.panels import Panel, registry

        own_holdings.register()
        listen("consent", hear)
        registry.add(
            Panel("notice", 10, "consent/bars.html", bars_of),
            Panel("call", 10, "consent/quiet_call.html", quiet_for_calls),
        )
