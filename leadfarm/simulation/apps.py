"""The simulation room as Django knows it."""

from django.apps import AppConfig


class SimulationConfig(AppConfig):
    """A company's months in minutes."""

    name = "leadfarm.simulation"
    label = "simulation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say under the bar of a demo how far its history is lived."""
        from leadfarm.consent.holdings import registry
        from leadfarm.simulation.views import answer
        from leadfarm.ui.navigation import Strip, add_strip

        invented = ["simulation.Growth", "simulation.LivedPart"]
        registry.leave_out("how far an invented history is lived", invented)
        add_strip(Strip("simulation/growing.html", answer))
