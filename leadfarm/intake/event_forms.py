"""Forms of events: the plan of one, and somebody met there."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from leadfarm.access.models import Workspace
from leadfarm.intake.actions.events import Met
from leadfarm.intake.codes import EventKind
from leadfarm.intake.models import Event
from leadfarm.leads.actions.written import Written
from leadfarm.leads.models import Campaign, Source
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.names import normal_email


class MomentInput(forms.DateTimeInput):
    """A day and a time, as browsers pick them."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class EventForm(forms.Form):
    """An event as it is planned; budget and goal stand in the plan of its campaign."""

    name = forms.CharField(max_length=160)
    kind = forms.TypedChoiceField(
        choices=EventKind.choices(), coerce=lambda told: EventKind(int(told))
    )
    starts_at = forms.DateTimeField(label="Begins", widget=MomentInput)
    ends_at = forms.DateTimeField(label="Ends", widget=MomentInput)
    place = forms.CharField(
        max_length=200, required=False, help_text="Hall and stand, or the address of the webinar."
    )
    capacity = forms.IntegerField(
        label="Places", min_value=1, max_value=1_000_000, required=False, help_text="Empty: enough."
    )

    def __init__(self, workspace: Workspace, event: Event | None, data: Any = None) -> None:
        self.workspace, self.event = workspace, event
        initial: dict[str, Any] = {"kind": EventKind.WEBINAR}
        if event is not None:
            names = ("kind", "starts_at", "ends_at", "place", "capacity")
            initial = {name: getattr(event, name) for name in names}
            initial["name"] = event.campaign.name
        super().__init__(data, initial=initial)

    def clean_name(self) -> str:
        """Return the name, unless another event has it."""
        name = str(self.cleaned_data["name"])
        others = Event.objects.of(self.workspace).filter(campaign__name=name)
        if others.exclude(id=self.event.id if self.event else 0).exists():
            raise forms.ValidationError("Another event has this name.")
        return name

    def clean(self) -> dict[str, Any]:
        """Return the cells, the end after the beginning."""
        told = super().clean() or {}
        begins, ends = told.get("starts_at"), told.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", "This is before it begins. Correct one of them.")
        return told

    def keep(self, now: datetime) -> Event:
        """Write the event and its campaign, whose days it sets; return it."""
        told = dict(self.cleaned_data)
        name = told.pop("name")
        campaign = self.event.campaign if self.event else self._campaign(name)
        zone = ZoneInfo(self.workspace.time_zone)
        campaign.name = name
        first, last = (told[name].astimezone(zone).date() for name in ("starts_at", "ends_at"))
        # Invitations may go out long before: the campaign covers the days, it does not shrink.
        campaign.starts_on = min(campaign.starts_on or first, first)
        campaign.ends_on = max(campaign.ends_on or last, last)
        campaign.save()
        event = self.event or Event(workspace=self.workspace, campaign=campaign, made_at=now)
        for cell, value in told.items():
            setattr(event, cell, value)
        event.save()
        return event

    def _campaign(self, name: str) -> Campaign:
        source, _ = Source.objects.get_or_create(
            workspace_id=self.workspace.id, name=EventKind(self.cleaned_data["kind"]).label
        )
        return Campaign.objects.get_or_create(
            workspace_id=self.workspace.id, name=name, defaults={"source": source}
        )[0]


def next_hour(now: datetime, hours: int = 0) -> str:
    """Return the next full hour, some hours on, as the browser's picker writes it."""
    local = timezone.localtime(now).replace(minute=0) + timedelta(hours=1 + hours)
    return local.strftime("%Y-%m-%dT%H:%M")


class MetForm(forms.Form):
    """Somebody met at an event, written down on a phone; a name and a way to reach them will do."""

    name = forms.CharField(max_length=200, widget=forms.TextInput({"autocomplete": "off"}))
    company = forms.CharField(max_length=200, required=False)
    email = forms.CharField(label="E-mail", max_length=254, required=False, widget=forms.EmailInput)
    phone = forms.CharField(max_length=40, required=False, widget=forms.TextInput({"type": "tel"}))
    need = forms.CharField(label="What do they want to solve?", max_length=300, required=False)
    notes = forms.CharField(max_length=4_000, required=False, widget=forms.Textarea({"rows": 3}))
    interest = forms.ChoiceField(
        label="When shall we get in touch?",
        choices=[("now", "Now: a call within a working day"), ("later", "Later: in a month")],
        widget=forms.RadioSelect,
        initial="now",
    )
    agreed = forms.BooleanField(
        label="They said we may send information and invitations", required=False
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def clean_email(self) -> str:
        """Refuse what is no address, so that nothing goes astray."""
        email = str(self.cleaned_data["email"]).strip()
        if email and normal_email(email) is None:
            raise forms.ValidationError("This is no e-mail address. Correct it, or leave it out.")
        return email

    def clean(self) -> dict[str, Any]:
        """Ask for a way to reach them."""
        told = super().clean() or {}
        if not self.errors and not (told.get("email") or told.get("phone")):
            raise forms.ValidationError("Note an e-mail address or a phone number, or both.")
        return told

    def met(self, event: Event) -> Met:
        """Return what was written down."""
        told = self.cleaned_data
        given, _, family = told["name"].strip().rpartition(" ")
        written = Written(
            given_name=(given or family)[:100],
            family_name=(family if given else "")[:100],
            email=told["email"],
            phone=told["phone"],
            company=told["company"],
            need=told["need"],
            source=event.campaign.source,
            campaign=event.campaign,
            kind=TouchKind.EVENT,
        )
        wants_now = told["interest"] == "now"
        return Met(written, told["notes"], wants_now, told["agreed"], told["key"])
