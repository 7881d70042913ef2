"""Who closed a contact's quiet window, and until when: what a person is told who would go on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from leadfarm.access.models import Workspace
from leadfarm.consent.models import Pace
from leadfarm.consent.rule_of import quiet_rule
from leadfarm.leads.models import Contact, Lead, Touch
from leadfarm.rules.codes import Direction, TouchKind
from leadfarm.rules.quiet_window import next_free_at

OUTBOUND = [int(kind) for kind in TouchKind if kind.direction is Direction.OUT]
# The window is taken when somebody begins to write; the touch is there when it has gone out.
AROUND = timedelta(hours=1)


@dataclass(frozen=True)
class Quiet:
    """A closed window: what closed it and when, and from when on it is open."""

    what: str
    at: datetime
    free_at: datetime


def quiet_of(workspace: Workspace, contact: Contact, *, now: datetime) -> Quiet | None:
    """Return why the contact is to be left in peace at `now`; None where they are not."""
    pace = Pace.objects.of(workspace).filter(contact=contact).first()
    if pace is None:
        return None
    free_at = next_free_at(pace.recent_at, quiet_rule(workspace))
    if free_at is None or free_at <= now:
        return None
    last = max(pace.recent_at)
    return Quiet(_what(workspace, contact, last), last, free_at)


def _what(workspace: Workspace, contact: Contact, at: datetime) -> str:
    """Return which touch it was, as far as the reader may see it."""
    leads = Lead.objects.of(workspace).filter(contact=contact).values("id")
    touches = Touch.objects.of(workspace).filter(
        lead_id__in=leads, contact=contact, kind__in=OUTBOUND, happened_at__gte=at - AROUND
    )
    touch = touches.select_related("member").order_by("-happened_at", "-id").first()
    if touch is None:
        return "A colleague or a program"
    who = touch.member.name if touch.member else "A program"
    return f"{who} ({TouchKind(touch.kind).label.lower()})"
