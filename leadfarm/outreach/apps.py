"""The outreach room as Django knows it."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Messages."""

    name = "leadfarm.outreach"
    label = "outreach"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put mail into the bar, and the way to a mail by hand on the lead page."""
        from leadfarm.leads.panels import ListAct, Panel, registry
        from leadfarm.outreach import notices, privacy
        from leadfarm.outreach.views.letters import offer
        from leadfarm.ui.navigation import Entry, register

        privacy.register()
        notices.register()

        hear_what_comes_back()
        register(
            Entry(
                label="Mail",
                url_name="outreach:templates",
                icon="mail",
                order=45,
                wide=True,
                holds=("mailbox",),
                in_house=True,
            )
        )
        registry.act_on_lists(ListAct("Write to them", "mail", "outreach:new-mailing"))
        registry.add(Panel("menu", 1, "outreach/panels/letter.html", offer))


def hear_what_comes_back() -> None:
    """Know our mail in answers, settle bounces and complaints, wait for whoever is away."""
    from leadfarm.leads.answering import knows_our_mail
    from leadfarm.leads.panels import registry
    from leadfarm.leads.reports import settles_reports, waits_for_the_away
    from leadfarm.outreach.answered import message_behind
    from leadfarm.outreach.returning import hold_for_the_away, settle_report, why_it_came_back
    from leadfarm.rules.codes import TouchKind

    knows_our_mail("outreach", message_behind)
    settles_reports("outreach", settle_report)
    waits_for_the_away("outreach", hold_for_the_away)
    registry.describe(why_it_came_back, TouchKind.MAIL_BOUNCED)
