"""The desk room as Django knows it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Today, the task player, the brief."""

    name = "leadfarm.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put Today first into the bar; on a lead, the brief and the way to its task."""
        from leadfarm.desk.views.today import do_it
        from leadfarm.leads.panels import Panel, registry
        from leadfarm.rules.codes import Role
        from leadfarm.ui.navigation import Entry, register

        register(Entry(label="Today", url_name="desk:today", icon="task", order=10, key="t"))
        register(
            Entry(
                label="Coverage", url_name="desk:coverage", icon="people", order=55, wide=True,
                roles=frozenset(map(int, (Role.MARKETER, Role.PD, Role.MANAGER, Role.ADMIN))),
            )
        )  # fmt: skip
        registry.add(
            Panel("action", 10, "desk/brief_button.html", lambda _request, _lead: {}),
            Panel("next", 10, "desk/do_it.html", do_it),
        )
