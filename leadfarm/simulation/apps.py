"""The simulation room as Django knows it."""

from django.apps import AppConfig


class SimulationConfig(AppConfig):
    """A company's months in minutes."""

    name = "leadfarm.simulation"
    label = "simulation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say under the bar of a demo how far its history is lived."""
        from leadfarm.simulation.views import answer
        from leadfarm.ui.navigation import Strip, add_strip

        add_strip(Strip("simulation/growing.html", answer))
