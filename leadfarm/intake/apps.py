"""The intake room as Django knows it."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """How leads come in."""

    name = "leadfarm.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who reads what arrives; enter the menu."""
        from leadfarm.intake import clocks, notices, privacy
        from leadfarm.intake.actions.hooking import read_event
        from leadfarm.intake.actions.submitting import read_form
        from leadfarm.intake.arrivals import evidence
        from leadfarm.intake.codes import Door
        from leadfarm.intake.doors import reads
        from leadfarm.intake.enrichment import add_provider
        from leadfarm.intake.enrichment.offline import Offline

        privacy.register()
        clocks.register()
        notices.register()

        reads(Door.FORM, read_form)
        add_provider(Offline())
        from leadfarm.intake.mail.receiving import read_mail
        from leadfarm.leads.panels import Panel, registry

        reads(Door.WEBHOOK, read_event)
        reads(Door.MAIL, read_mail)
        registry.add(Panel("right", 85, "intake/came_in.html", evidence))
        self._show_visits()
        self._show_what_hangs_together()
        self._enter_the_menu()

    def _show_what_hangs_together(self) -> None:
        """Let old addresses lead to survivors, and records name their relatives."""
        from leadfarm.intake.merging.following import gone_into, survivors
        from leadfarm.intake.related import companies_of, joined_on, others_open, related_to
        from leadfarm.leads.moved import knows_survivors
        from leadfarm.leads.panels import AccountPanel, ContactPanel, Panel, registry

        knows_survivors("intake", survivors, gone_into)
        registry.on_contacts(ContactPanel(20, "intake/related.html", related_to))
        registry.on_accounts(AccountPanel("intake/related.html", companies_of))
        registry.add(Panel("notice", 20, "intake/joined.html", joined_on))
        registry.add(Panel("notice", 21, "intake/other_leads.html", others_open))

    def _show_visits(self) -> None:
        """Let the record say what visits were, and mail know which links want a word."""
        from leadfarm.intake.calendar_files import calendar_behind
        from leadfarm.intake.hosting.knowing import host_of_forms
        from leadfarm.intake.visits.queries import browsers_on, hosts_of
        from leadfarm.intake.visits.telling import describe_visits
        from leadfarm.leads.enclosing import encloses
        from leadfarm.leads.panels import Panel, registry
        from leadfarm.leads.recognising import wants_words
        from leadfarm.rules.codes import TouchKind

        encloses("intake", calendar_behind)
        wants_words("intake forms", host_of_forms)
        registry.describe(describe_visits, TouchKind.PAGE_VISIT)
        registry.add(Panel("right", 80, "intake/browsers.html", browsers_on))
        wants_words("intake", hosts_of)

    def _enter_the_menu(self) -> None:
        """Put imports, forms and duplicates into the account menu of those who may import."""
        from leadfarm.rules.codes import Role
        from leadfarm.ui.navigation import Entry, register

        leading = frozenset({int(Role.MARKETER), int(Role.MANAGER), int(Role.ADMIN)})
        working = leading | {int(Role.PD)}
        for order, (label, name, icon, roles) in enumerate(
            (
                ("Arrivals", "arrivals", "leads", working),
                ("Imports", "imports", "leads", leading),
                ("Forms", "forms", "edit", leading),
                ("Website", "website", "web", leading),
                ("Webhooks", "endpoints", "web", leading),
                ("Mailboxes", "mailboxes", "mail", leading),
                ("Duplicates", "duplicates", "leads", working),
                ("Enrichment", "enrichment", "search", leading),
            ),
            38,
        ):
            register(Entry(
                label=label, url_name=f"intake:{name}", icon=icon, order=order, place="account",
                roles=roles, in_house=True,
            ))  # fmt: skip
