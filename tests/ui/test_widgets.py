"""Widgets drawn in Python say what Django's own templates say, sign for sign."""

import re
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates

from leadfarm.ui.forms import Renderer
from leadfarm.ui.widgets import WIDGETS

ODD = '<b>"O\'Neill" & Søn</b>'
GROUPS = [("", "Any"), (ODD, [("1", ODD), (2, 2)]), (True, "yes")]
EACH: list[tuple[forms.Widget, Any]] = [
    *((kind(attrs), value) for kind in (
        forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.TelInput,
        forms.SearchInput, forms.DateInput, forms.HiddenInput, forms.CheckboxInput, forms.Textarea,
    ) for attrs in ({}, {"id": ODD, "required": True, "disabled": False, "max": 9})
      for value in (None, "", ODD, 7, True, False)),
    *((forms.Select({"class": "input"}, choices=GROUPS), value)
      for value in (None, "", ODD, "2", 1)),
]  # fmt: skip


def test_a_widget_reads_as_djangos_own() -> None:
    for widget, value in EACH:
        _compare(widget, value)


def _compare(widget: forms.Widget, value: object) -> None:
    ours = widget.render("na<me", value, renderer=Renderer())
    theirs = widget.render("na<me", value, renderer=DjangoTemplates())
    assert re.sub(r"\s+(?=</?(?:opt|select))", "", theirs) == ours


def test_all_of_them_are_tried() -> None:
    tried = {widget.template_name for widget, _value in EACH}
    assert tried >= set(WIDGETS)


def test_a_question_with_rings_says_that_it_is_optional() -> None:
    def drawn(*, required: bool) -> str:
        rings = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, required=required)
        form = type("Asked", (forms.Form,), {"size": rings})(renderer=Renderer())
        return str(form["size"].as_field_group())

    assert '<legend>Size <span class="optional">optional</span></legend>' in drawn(required=False)
    assert "<legend>Size</legend>" in drawn(required=True)
