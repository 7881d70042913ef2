"""The form of a replay: which version, over which days, on what assumption."""

from typing import Any

from django import forms

from leadfarm.nurture.replay import NOBODY, USUAL
from leadfarm.rules.codes import Disposition


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class ReplayForm(forms.Form):
    """What to replay."""

    version = forms.ChoiceField(
        label="Replay", choices=[("live", "What really ran"), ("draft", "The draft")]
    )
    first = _day("From")
    last = _day("To")
    assumed = forms.ChoiceField(
        label="A task of the draft nobody had before is",
        choices=[
            (USUAL, "answered as most are"),
            (NOBODY, "left undone"),
            *((each.slug, f"answered “{each.label}”") for each in Disposition),
        ],
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and first > last:
            self.add_error("last", "The period ends before it begins.")
        return data
