"""The insight room as Django knows it."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """What happened and what it cost."""

    name = "leadfarm.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put Campaigns and Scoreboard into the bar."""
        from leadfarm.ui.navigation import Entry, register

        register(
            Entry(
                label="Campaigns",
                url_name="insight:campaigns",
                icon="horn",
                order=40,
                wide=True,
                holds=("spend", "forms", "events"),
            ),
            Entry(
                label="Scoreboard", url_name="insight:scoreboard", icon="bars", order=60, key="s"
            ),
        )
