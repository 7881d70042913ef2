"""The room of the face: shell, components, design tokens, gallery. It has never heard of a lead."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers the room under the label `ui`."""

    name = "leadfarm.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
