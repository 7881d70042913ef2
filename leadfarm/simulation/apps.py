"""The simulation room as Django knows it."""

from django.apps import AppConfig


class SimulationConfig(AppConfig):
    """A company's months in minutes."""

    name = "leadfarm.simulation"
    label = "simulation"
    default_auto_field = "django.db.models.BigAutoField"
