"""Django's forms in our dress: label above, help below, errors in words.

`{{ form }}` draws ui/form.html and each field ui/field.html; nothing has to be styled by hand.
"""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest

from leadfarm.ui.widgets import drawn

PLAIN = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput)


class Field(BoundField):
    """A bound field whose widget carries the class its look needs."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Return the attributes with the class `input` added to what is typed into or picked."""
        widget = widget or self.field.widget
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if not isinstance(widget, PLAIN) and getattr(widget, "input_type", "") != "range":
            own = str(widget.attrs.get("class", ""))
            built["class"] = f"input {own}".strip()
        return built

    @property
    def shape(self) -> str:
        """Say how the field is laid out: "tick", "pick" (several boxes or rings) or "box"."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return "pick"
        return "tick" if isinstance(widget, forms.CheckboxInput) else "box"


class Switch(forms.CheckboxInput):
    """A tick box that reads as on and off; takes effect when the form is sent."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "switch", "role": "switch", **(attrs or {})})


class Renderer(DjangoTemplates):
    """Renders every form of the product with the templates of this room."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = Field

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Return a form, a field or a widget drawn; common widgets without a template."""
        found = drawn(template_name, context["widget"]) if "widget" in context else None
        return found or super().render(template_name, context, request)
