"""What a person says when a task is done or put off."""

from typing import Any

from django import forms

from leadfarm.access.middleware import InsideRequest
from leadfarm.leads.actions import Fact, Outcome
from leadfarm.leads.dossier_forms import read_in, read_lines
from leadfarm.rules.codes import Disposition, FindingSection, TaskKind

WHEN = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class FinishForm(forms.Form):
    """How it went, in one key, one line and, where it is agreed, a date."""

    disposition = forms.TypedChoiceField(
        choices=Disposition.choices(),
        coerce=lambda value: Disposition(int(value)),
        required=False,
        empty_value=None,
    )
    said = forms.CharField(
        label="What did you learn?",
        required=False,
        max_length=4000,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "placeholder": "One line is enough. It goes on the timeline in your words.",
            }
        ),
    )
    section = forms.TypedChoiceField(
        label="Keep it in the dossier under",
        choices=[("", "the timeline only"), *FindingSection.choices()],
        coerce=lambda value: FindingSection(int(value)),
        required=False,
        empty_value=None,
    )
    entries = forms.CharField(
        label="Into the dossier, a line each",
        required=False,
        max_length=4000,
        widget=forms.Textarea(
            attrs={"rows": 2, "placeholder": "b 40k\nt Q3", "data-key": "e", "autocomplete": "off"}
        ),
        help_text="p profile, b budget, t timeline, w who, e event, n need, h hot button,"
        " c competition, then the fact. The talk is its evidence.",
    )
    agreed_at = forms.DateTimeField(label="Agreed for", required=False, widget=WHEN)
    minutes = forms.IntegerField(label="Minutes", required=False, min_value=0, max_value=600)

    def __init__(self, *args: Any, kind: TaskKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        """Ask for an outcome where the task is a talk, and for the date it carries."""
        data = super().clean() or {}
        outcome = data.get("disposition")
        if self.kind.needs_disposition and outcome is None:
            self.add_error("disposition", "Say how it went: choose an outcome, or press its key.")
        elif outcome and outcome.needs_date and not data.get("agreed_at"):
            self.add_error("agreed_at", f"{outcome.label}: give the date and time you agreed on.")
        return data

    def outcome(self) -> Outcome:
        """Return how it went."""
        data = self.cleaned_data
        return Outcome(data["disposition"], data["said"], data["agreed_at"], data["minutes"])

    def learned(self, request: InsideRequest) -> list[Fact]:
        """Return what goes into the dossier: the note where a section was chosen, and each line."""
        section, said = self.cleaned_data["section"], self.cleaned_data["said"].strip()
        found = [read_in(request, section, said)] if section and said else []
        return [
            Fact.of(read) for read in [*found, *read_lines(request, self.cleaned_data["entries"])]
        ]


class DueForm(forms.Form):
    """Another time for a task."""

    due_at = forms.DateTimeField(label="New time", widget=WHEN)
