"""What a person may write on a lead."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.models import Member
from leadfarm.access.queries import colleagues
from leadfarm.leads.dossier_forms import EntryForm
from leadfarm.leads.group_forms import PartForm
from leadfarm.leads.models import Lead
from leadfarm.rules.codes import Disposition, Side, TaskKind

WHEN = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class CallForm(forms.Form):
    """A call, made or missed, and how it went."""

    disposition = forms.TypedChoiceField(
        label="How did it go?",
        choices=Disposition.choices(),
        coerce=lambda value: Disposition(int(value)),
    )
    said = forms.CharField(
        label="What did you learn?",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It goes on the timeline in your words.",
    )
    minutes = forms.IntegerField(label="Minutes", required=False, min_value=0, max_value=600)
    agreed_at = forms.DateTimeField(label="Agreed for", required=False, widget=WHEN)

    def clean(self) -> dict[str, Any]:
        """Ask for the date where the outcome carries one."""
        data = super().clean() or {}
        outcome = data.get("disposition")
        if outcome and outcome.needs_date and not data.get("agreed_at"):
            self.add_error("agreed_at", f"{outcome.label}: give the date and time you agreed on.")
        return data


class NoteForm(forms.Form):
    """A note for everybody who works on the lead."""

    body = forms.CharField(label="Note", max_length=8000, widget=forms.Textarea(attrs={"rows": 4}))
    pin = forms.BooleanField(label="Pin it above the timeline", required=False)


class CommentForm(forms.Form):
    """A word to colleagues; the prospect never sees it."""

    body = forms.CharField(
        label="Comment",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Marketing, PD and sales read it; the prospect never does.",
    )


class TaskForm(forms.Form):
    """A human step for somebody."""

    kind = forms.TypedChoiceField(
        label="What", choices=TaskKind.choices(), coerce=lambda value: TaskKind(int(value))
    )
    owner = forms.ModelChoiceField(label="Who", queryset=Member.objects.none(), empty_label=None)
    due_at = forms.DateTimeField(label="When", widget=WHEN)
    why = forms.CharField(label="Why", max_length=200)

    def __init__(self, *args: Any, request: InsideRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = colleagues(request.member)
        owner.initial = request.member.id
        self.fields["due_at"].initial = _tomorrow_morning(request)


class OwnerForm(forms.Form):
    """Who looks after the lead for one side."""

    side = forms.TypedChoiceField(
        label="For",
        choices=[(s.value, s.label) for s in (Side.MARKETING, Side.PD, Side.SALES)],
        coerce=lambda value: Side(int(value)),
    )
    member = forms.ModelChoiceField(
        label="Owner", queryset=Member.objects.none(), empty_label="Pick a colleague"
    )

    def __init__(self, *args: Any, request: InsideRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member = self.fields["member"]
        assert isinstance(member, forms.ModelChoiceField)
        member.queryset = colleagues(request.member)


class NeedForm(forms.Form):
    """What the lead is about: its title and the need behind it (S1-14)."""

    title = forms.CharField(label="Title", max_length=200)
    need = forms.CharField(
        label="Need",
        max_length=300,
        required=False,
        help_text="What they want solved. A lead without a need cannot become Sales-ready.",
    )


@dataclass(frozen=True)
class Dialog:
    """A form of the lead page, drawn when somebody opens it or `at_once`.

    At once: what begins with a field people type into, so that not a letter is lost. Of those
    the ones that are `always_the_same` are drawn once for all leads.
    """

    name: str
    id: str
    title: str
    to: str  # the address it is sent to
    done: str  # what its button says
    fresh: Callable[[InsideRequest, Lead], forms.Form]
    template: str = "leads/record/form.html"
    at_once: bool = False
    always_the_same: bool = False


DIALOGS = {
    each.name: each
    for each in (
        Dialog(
            *("call", "log-call", "Log a call", "leads:calls", "Keep the call"),
            lambda _request, _lead: CallForm(prefix="call"),
            at_once=True,
            always_the_same=True,
        ),
        Dialog(
            *("note", "write-note", "Write a note", "leads:notes", "Keep the note"),
            lambda _request, _lead: NoteForm(prefix="note"),
            at_once=True,
            always_the_same=True,
        ),
        Dialog(
            *("task", "plan-task", "Plan a task", "leads:tasks", "Plan it"),
            lambda request, _lead: TaskForm(prefix="task", request=request),
        ),
        Dialog(
            *("finding", "add-finding", "Into the dossier", "leads:findings", "Keep it"),
            lambda request, _lead: EntryForm(request),
            "leads/dossier/entry.html",
        ),
        Dialog(
            *("part", "set-part", "Buying group", "leads:group", "Keep"),
            lambda _request, lead: PartForm(lead, prefix="part"),
        ),
        Dialog(
            *("need", "name-need", "Title and need", "leads:need", "Save"),
            lambda _request, lead: NeedForm(initial={"title": lead.title, "need": lead.need}),
            at_once=True,
        ),
        Dialog(
            *("owner", "set-owner", "Change an owner", "leads:owners", "Change"),
            lambda request, _lead: OwnerForm(request=request),
        ),
    )
}


def _tomorrow_morning(request: InsideRequest) -> datetime:
    zone = ZoneInfo(request.workspace.time_zone)
    day = request.now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time(9), zone)
