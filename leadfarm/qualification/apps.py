"""The qualification room as Django knows it."""

from django.apps import AppConfig


class QualificationConfig(AppConfig):
    """What sales-ready means."""

    name = "leadfarm.qualification"
    label = "qualification"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the Agreement into the bar, and readiness and verdicts on the lead page."""
        from leadfarm.access.furnishing import furnishes
        from leadfarm.qualification import privacy
        from leadfarm.qualification.actions.beginning import begin
        from leadfarm.qualification.panels import register as register_panels
        from leadfarm.rules.codes import Role
        from leadfarm.ui.navigation import Entry, register

        privacy.register()

        register(
            Entry(
                label="Agreement",
                url_name="qualification:agreement",
                icon="sign",
                order=50,
                wide=frozenset({int(Role.MARKETER)}),  # campaigns take its place on their phones
                key="a",
            )
        )
        register_panels()
        furnishes("qualification", begin)
