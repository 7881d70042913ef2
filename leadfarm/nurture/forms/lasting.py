"""Forms of the steps that last: waits, waits for an event, tasks for people."""

from datetime import time
from typing import Any

from django import forms

from leadfarm.nurture.events import EVENTS
from leadfarm.nurture.forms.plain import SIDES, StepForm
from leadfarm.rules.codes import Disposition, TaskKind
from leadfarm.rules.programs import OTHERWISE, TIMED_OUT
from leadfarm.rules.programs.waits import MODES, WEEKDAYS, wait_fault

# Every kind of wait that rules/programs/waits.py knows.
LASTS = [
    ("days", "a number of days"),
    ("working_days", "a number of working days"),
    ("hours", "a number of hours"),
    ("minutes", "a number of minutes"),
    ("until_date", "until a date"),
    ("until_weekday", "until a weekday"),
]
DAYS_OF_WEEK = [(day, day.capitalize()) for day in WEEKDAYS]


class SpanForm(StepForm):
    """A step that lasts: a number of something, until a date, or until a weekday.

    All the fields are on the page; its style sheet hides those the chosen kind does not ask for.
    """

    unit = forms.ChoiceField(label="It lasts", choices=LASTS)
    amount = forms.FloatField(label="How many", required=False)
    until_date = forms.DateField(
        label="Until",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text="Whoever comes here later goes on at once.",
        required=False,
    )
    until_weekday = forms.ChoiceField(label="Until the next", choices=DAYS_OF_WEEK, required=False)
    at = forms.TimeField(
        label="At",
        widget=forms.TimeInput({"type": "time"}),
        help_text="The contact's local time; 09:00 unless you say otherwise.",
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("amount", "until_date", "until_weekday"):
            self.fields[name].depends = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse what is no wait, with the words of the rules."""
        data = super().clean() or {}
        kind = str(data.get("unit", ""))
        field = kind if kind.startswith("until") else "amount"
        if kind and field not in self.errors:
            if data.get(field) in (None, ""):
                self.add_error(field, "Say how long, or until when.")
            elif said := wait_fault(span(data)):
                self.add_error(field, said)
        return data


class WaitForm(SpanForm):
    """A wait."""

    def settings(self) -> dict[str, Any]:
        """Return the one kind of wait with what it needs, the others removed."""
        others = dict.fromkeys([*MODES, "at"])
        return {"label": self.cleaned_data["label"], **others, **span(self.cleaned_data)}


class WaitForForm(SpanForm):
    """A wait for an event, with the longest it lasts."""

    event = forms.ChoiceField(label="What it waits for")
    field_order = ["label", "event"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(name, event.label) for name, event in EVENTS.items()]
        self.fields["event"].choices = choices  # type: ignore[attr-defined]
        self.fields["unit"].label = "At most"

    def settings(self) -> dict[str, Any]:
        """Return event and time-out."""
        data = self.cleaned_data
        return {"label": data["label"], "event": data["event"], "time_out": span(data)}


class HumanForm(SpanForm):
    """A task: for whom, what to say, until when, and what if nobody does it."""

    task = forms.ChoiceField(
        label="Kind of task", choices=[(kind.slug, kind.label) for kind in TaskKind]
    )
    side = forms.ChoiceField(label="For the lead's owner in", choices=SIDES)
    side_may_follow_source = forms.BooleanField(
        label="The greeting team of the source goes first, up to its cap", required=False
    )
    script = forms.CharField(
        label="Script", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    due_hours = forms.IntegerField(label="Due in business hours", min_value=1, max_value=400)
    dispositions = forms.MultipleChoiceField(
        label="Answers it can have",
        choices=[(each.slug, each.label) for each in Disposition],
        widget=forms.CheckboxSelectMultiple,
    )
    own_ways = forms.MultipleChoiceField(
        label="Answers with a way of their own; all others share one",
        choices=[(each.slug, each.label) for each in Disposition],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = [
        "label", "task", "side", "side_may_follow_source", "script", "due_hours",
        "dispositions", "own_ways", "unit", "amount", "until_date", "until_weekday", "at",
    ]  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].label = "If nobody does it, wait after the due time for"

    def settings(self) -> dict[str, Any]:
        """Return the task with its time-out."""
        data = dict(self.cleaned_data)
        limit = span(data)
        for name in ("amount", "unit", "until_date", "until_weekday", "at", "own_ways"):
            del data[name]
        return {**data, "time_out": limit}

    def ways(self) -> list[str]:
        """Return the ways of the step: the answers chosen for it, all others, time up."""
        return [*self.cleaned_data["own_ways"], OTHERWISE, TIMED_OUT]

    def clean(self) -> dict[str, Any]:
        """Refuse a way for an answer the task cannot have."""
        data = super().clean() or {}
        if strange := set(data.get("own_ways", ())) - set(data.get("dispositions", ())):
            names = ", ".join(sorted(str(Disposition.read(one)) for one in strange))
            self.add_error("own_ways", f"Not an answer this task can have: {names}.")
        return data


def span(data: dict[str, Any]) -> dict[str, Any]:
    """Return the wait a form says, whole numbers as such, as the JSON of a step keeps it."""
    kind = data["unit"]
    if not kind.startswith("until"):
        amount = data["amount"]
        return {kind: int(amount) if amount == int(amount) else amount}
    at = {"at": clock(data["at"])} if data.get("at") else {}
    return {kind: str(data[kind]), **at}


def clock(at: time) -> str:
    """Return a time of day as people write it: 10:00, and 10:00:30 where seconds matter."""
    return at.isoformat("minutes" if at.replace(second=0, microsecond=0) == at else "auto")
