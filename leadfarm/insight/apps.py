"""The insight room as Django knows it."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """What happened and what it cost."""

    name = "leadfarm.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put Campaigns and Scoreboard into the bar."""
        from leadfarm.rules.codes import Role
        from leadfarm.ui.navigation import Entry, register

        # A phone has room for five; of these, Campaigns is for those who open it first.
        others = frozenset(map(int, Role)) - {int(Role.MARKETER)}

        register(
            Entry(
                label="Campaigns",
                url_name="insight:campaigns",
                icon="horn",
                order=40,
                wide=others,
                holds=("spend", "forms", "events"),
            ),
            Entry(
                label="Scoreboard", url_name="insight:scoreboard", icon="bars", order=60, key="s"
            ),
        )
