"""Events: planned, met at the booth, checked in at the door, closed when they are over."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from leadfarm.access.actors import SCHEDULE, Actor
from leadfarm.access.models import Member, Workspace
from leadfarm.consent.actions import Proof, agree
from leadfarm.engine.statements import prepared
from leadfarm.intake.actions.keeping import delete_on
from leadfarm.intake.codes import Door, EventKind, ReceiptState
from leadfarm.intake.models import CheckIn, Event, Receipt
from leadfarm.intake.sql import statement
from leadfarm.leads.actions import make_task, record_touch
from leadfarm.leads.actions.by_hand import enter_by_hand
from leadfarm.leads.actions.following import office_hours
from leadfarm.leads.actions.written import Written
from leadfarm.leads.models import Contact, Lead, PersonalText, Standing, Touch
from leadfarm.rules.business_time import add_working_days
from leadfarm.rules.codes import NextKind, Side, TaskKind, TouchKind
from leadfarm.rules.consent import Purpose
from leadfarm.rules.opening import Opening
from leadfarm.rules.stages import Stage

# So long a check-in can be taken back; then it is history.
GRACE = timedelta(minutes=3)
LATER = timedelta(days=30)
SPOKEN = "Said at the event that we may send information and invitations."


@dataclass(frozen=True)
class Met:
    """Somebody met at an event: what was written down, and how soon they want to hear of us."""

    written: Written
    notes: str
    wants_now: bool
    agreed: bool
    # Of the page it was written on: sent twice, it is one meeting.
    key: str


@transaction.atomic
def meet(event: Event, met: Met, *, by: Member, now: datetime) -> Lead:
    """Put somebody met at the event on a lead, with receipt and follow-up; return the lead.

    The same page sent twice returns the first lead. Call it inside the workspace.
    """
    workspace = event.workspace
    earlier = Receipt.objects.of(workspace).filter(door=Door.EVENT, key=met.key)
    there = Lead.objects.of(workspace).filter(id__in=earlier.values("lead_id")).first()
    if there is not None:
        return there
    owner = (by.side or Side.PD, by.id)
    entered = enter_by_hand(workspace, met.written, owner, by=Actor.of(by), now=now)
    lead = entered.lead
    touch = _touch_of(lead, by, now)
    _keep_receipt(workspace, met, touch, entered.is_new, now)
    contact = Contact.objects.of(workspace).filter(id=touch.contact_id or 0).first()
    if met.agreed and contact is not None:
        proof = Proof("spoken 1", f"Spoken at {event.campaign}"[:80], SPOKEN)
        agree(contact, Purpose.NEWSLETTER, proof, happened_at=now, now=now)
    _plan_follow_up(lead, event, met, now)
    return lead


def _touch_of(lead: Lead, by: Member, now: datetime) -> Touch:
    """Return the touch that entering by hand has just written."""
    mine = Touch.objects.of(lead.workspace_id).filter(lead=lead, member=by, recorded_at=now)
    touch = mine.filter(kind=TouchKind.EVENT).order_by("-id").first()
    assert touch is not None, "entering by hand leaves a touch"
    return touch


def _keep_receipt(
    workspace: Workspace, met: Met, touch: Touch, is_new: bool, now: datetime
) -> None:
    """Keep what was written down as it was, where erasure reaches it."""
    told = {k: v for k, v in vars(met.written).items() if isinstance(v, str) and v}
    body = json.dumps({**told, "notes": met.notes}, ensure_ascii=False)
    about = {"lead_id": touch.lead_id, "contact_id": touch.contact_id, "touch_id": touch.id}
    day = delete_on(ReceiptState.CAPTURED, now)
    payload = PersonalText.objects.create(
        workspace=workspace, kind="payload", body=body, written_at=now, delete_on=day, **about
    )
    if met.notes.strip():
        PersonalText.objects.create(
            workspace=workspace, kind="said", body=met.notes.strip(), written_at=now, **about
        )
    Receipt.objects.create(
        workspace=workspace,
        door=Door.EVENT,
        key=met.key,
        received_at=now,
        state=ReceiptState.CAPTURED,
        opening=Opening.NEW if is_new else Opening.JOIN,
        consent_wording=SPOKEN if met.agreed else "",
        payload=payload,
        **about,
    )


def _plan_follow_up(lead: Lead, event: Event, met: Met, now: datetime) -> None:
    """Call them within a working day, or look again in a month; a better plan stays."""
    standing = Standing.objects.of(lead.workspace_id).get(lead_id=lead.id)
    is_free = standing.next_kind == NextKind.REVIEW
    if not met.wants_now and not is_free:
        return
    at_sales = standing.stage in (Stage.SALES_READY, Stage.ACCEPTED, Stage.QUALIFIED)
    side = Side.SALES if at_sales else Side.PD
    owner = lead.sales_owner_id if at_sales else lead.pd_owner_id
    soon = add_working_days(now, 1, office_hours(lead.workspace_id))
    said = "wants to hear from us now" if met.wants_now else "interested later"
    make_task(
        lead,
        TaskKind.CALL,
        side=side,
        why=f"Met at {event.campaign}: {said}",
        due_at=soon if met.wants_now else now + LATER,
        now=now,
        is_next=is_free,
        owner_id=owner,
    )


def check_in(event: Event, lead: Lead, contact: Contact, *, by: Member, now: datetime) -> CheckIn:
    """Note that somebody came; twice is once. It is history when nobody can take it back."""
    made, _ = CheckIn.objects.get_or_create(
        workspace_id=event.workspace_id,
        event=event,
        contact=contact,
        defaults={"lead": lead, "at": now, "member": by},
    )
    return made


def take_back(event: Event, contact_id: int) -> bool:
    """Undo a check-in; False where it is history already."""
    rows = CheckIn.objects.of(event.workspace_id).filter(event=event, contact_id=contact_id)
    return bool(rows.filter(touch=None).delete()[0])


@transaction.atomic
def tell_check_ins(workspace_id: int, now: datetime) -> int:
    """Make touches of the check-ins that stand; return how many. Safe side by side."""
    waiting = CheckIn.objects.of(workspace_id).filter(touch=None, at__lte=now - GRACE)
    held = waiting.select_related("event", "lead").select_for_update(skip_locked=True, of=("self",))
    rows = list(held.order_by("at")[:500])
    for one in rows:
        touch = record_touch(
            one.lead,
            EventKind(one.event.kind).attended,
            happened_at=one.at,
            now=now,
            actor=Actor("member", one.member_id) if one.member_id else SCHEDULE,
            by_machine=False,
            contact_id=one.contact_id,
            campaign_id=one.event.campaign_id,
        )
        CheckIn.objects.of(workspace_id).filter(id=one.id).update(touch_id=touch.id)
    return len(rows)


@transaction.atomic
def close_event(event: Event, *, by: Member, now: datetime) -> int:
    """Mark whoever had registered and did not come as a no-show; return how many, once."""
    open_one = Event.objects.of(event.workspace_id).filter(id=event.id, closed_at=None)
    if not open_one.update(closed_at=now):
        return 0
    kind = EventKind(event.kind)
    terms = {
        "workspace": event.workspace_id,
        "campaign": event.campaign_id,
        "event": event.id,
        "registered": [int(TouchKind.WEBINAR_REGISTERED), int(TouchKind.EVENT_REGISTERED)],
        "settled": [int(one) for one in SETTLED],
        "no_show": int(kind.no_show),
        "happened_at": min(event.ends_at, now),
        "now": now,
        "member": by.id,
    }
    return len(prepared(statement("mark_no_shows"), terms))


def plan_calls(event: Event, leads: list[int], part: str, *, now: datetime) -> int:
    """Plan a call of prospect development for these leads, due in two working days; how many.

    Whoever has something better planned, a task or a program, or is with sales, is left alone.
    """
    terms = {
        "workspace": event.workspace_id,
        "leads": leads,
        "last_before_sales": int(Stage.NURTURING),
        "kind": int(TaskKind.CALL),
        "side": int(Side.PD),
        "why": f"{event.campaign}: {part.lower()}"[:200],
        "due": add_working_days(now, 2, office_hours(event.workspace_id)),
        "now": now,
    }
    return len(prepared(statement("plan_calls"), terms))


SETTLED = (
    *(TouchKind.WEBINAR_ATTENDED, TouchKind.EVENT_ATTENDED, TouchKind.EVENT),
    *(TouchKind.WEBINAR_NO_SHOW, TouchKind.EVENT_NO_SHOW),
)
