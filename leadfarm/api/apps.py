"""The API room as Django knows it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Programs of others at the door."""

    name = "leadfarm.api"
    label = "api"

    def ready(self) -> None:
        """Say who reads what comes by the API when it is replayed."""
        from leadfarm.api.capturing import read_lead
        from leadfarm.intake.codes import Door
        from leadfarm.intake.doors import reads

        reads(Door.API, read_lead)
