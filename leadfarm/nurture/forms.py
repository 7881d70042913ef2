"""Forms of a step, one for each kind; together they say everything the JSON of a step can say."""

from datetime import time
from typing import Any

from django import forms

from leadfarm.nurture.events import EVENTS
from leadfarm.rules.codes import Disposition, FindingSection, Side, TaskKind
from leadfarm.rules.programs import OTHERWISE, TIMED_OUT, Node, NodeKind
from leadfarm.rules.programs.waits import MODES, WEEKDAYS, wait_fault

SIDES = [(side.slug, side.label) for side in (Side.MARKETING, Side.PD, Side.SALES)]
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
THEN = [
    ("qualify", "A qualify task for prospect development"),
    ("review", "A review task for prospect development"),
    ("call", "A call for prospect development"),
    ("later", "A date on which it comes back"),
]
STAYS = [("", "Leave as it is")]


class NameForm(forms.Form):
    """A program's name."""

    name = forms.CharField(label="Name", max_length=120)


class ReentryForm(forms.Form):
    """When a lead that left may come in again by itself."""

    reentry_days = forms.IntegerField(
        label="Days after leaving before the same lead comes in again",
        help_text="Empty: it does not come in again by itself.",
        min_value=1,
        max_value=3650,
        required=False,
    )


class NewStepForm(forms.Form):
    """Which kind of step is to be added, and its name."""

    kind = forms.ChoiceField(
        label="What happens here", choices=[(kind.slug, kind.label) for kind in NodeKind]
    )
    label = forms.CharField(label="Name of the step", max_length=160)


class StepForm(forms.Form):
    """What every step has: a name."""

    label = forms.CharField(label="Name", max_length=160)

    def settings(self) -> dict[str, Any]:
        """Return what the step's JSON is to say; None removes a setting."""
        return dict(self.cleaned_data)


class MessageForm(StepForm):
    """A message names its template."""

    template = forms.ChoiceField(label="Message")

    def __init__(self, *args: Any, templates: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["template"].choices = [(name, name) for name in templates]  # type: ignore[attr-defined]


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


class UpdateForm(StepForm):
    """What a step sets on the lead: an owner, a finding, the stage Nurturing."""

    owner_side = forms.ChoiceField(label="Owner to set", choices=[*STAYS, *SIDES], required=False)
    owner = forms.TypedChoiceField(label="to", coerce=int, empty_value=None, required=False)
    finding = forms.ChoiceField(
        label="Finding to write down",
        choices=[("", "None"), *[(each.slug, each.label) for each in FindingSection]],
        required=False,
    )
    value = forms.CharField(label="What it says", max_length=600, required=False)
    nurturing = forms.BooleanField(
        label="Move a raw lead or an inquiry to Nurturing", required=False
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = [("", "Nobody chosen"), *people]  # type: ignore[attr-defined]

    def settings(self) -> dict[str, Any]:
        """Return what is set; None removes what is not."""
        data = self.cleaned_data
        said = {name: data[name] or None for name in ("owner_side", "owner", "finding", "value")}
        return {"label": data["label"], **said, "stage": "nurturing" if data["nurturing"] else None}

    def clean(self) -> dict[str, Any]:
        """Refuse half a setting, and none at all."""
        data = super().clean() or {}
        if bool(data.get("owner_side")) != bool(data.get("owner")):
            self.add_error("owner", "Say both whose owner is set, and to whom.")
        if bool(data.get("finding")) != bool(data.get("value")):
            self.add_error("value", "Choose a section, and say what is written down.")
        if not any(data.get(name) for name in ("owner_side", "finding", "nurturing")):
            self.add_error("nurturing", "Set at least one thing, or remove the step.")
        return data


class EndForm(StepForm):
    """An end: why, and what follows for the lead."""

    reason = forms.CharField(label="Why a lead leaves here", max_length=160)
    then = forms.ChoiceField(label="Its next step", choices=THEN)
    days = forms.IntegerField(
        label="Days until it comes back", min_value=1, max_value=1000, required=False
    )


class GoToForm(StepForm):
    """A jump to another step."""

    to = forms.CharField(label="Key of the step it leads to", max_length=60)


FORMS: dict[NodeKind, type[StepForm]] = {
    NodeKind.MESSAGE: MessageForm,
    NodeKind.WAIT: WaitForm,
    NodeKind.WAIT_FOR: WaitForForm,
    NodeKind.HUMAN: HumanForm,
    NodeKind.UPDATE: UpdateForm,
    NodeKind.GOAL: EndForm,
    NodeKind.EXIT: EndForm,
    NodeKind.GO_TO: GoToForm,
}


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


def initial_of(step: Node) -> dict[str, Any]:
    """Return what the form of a step shows first."""
    settings = dict(step.settings)
    source = settings if step.kind is NodeKind.WAIT else settings.get("time_out") or {}
    kind = next((kind for kind in MODES if kind in source), "days")
    said = {kind: source[kind]} if kind in source else {}
    said["until_weekday"] = str(source.get("until_weekday", WEEKDAYS[0])).lower()
    ways = [way for way in step.ways if way not in (OTHERWISE, TIMED_OUT)]
    amount = 3 if kind.startswith("until") else source.get(kind, 3)
    ours = {"label": step.label, "amount": amount, "unit": kind, "own_ways": ways}
    at = {"at": source.get("at", "")}
    return {**settings, **said, **ours, **at, "nurturing": settings.get("stage") == "nurturing"}
