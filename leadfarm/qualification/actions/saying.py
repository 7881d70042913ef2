"""A verdict is written once, with its reason and, apart from it, the words (S0-11)."""

from datetime import datetime

from leadfarm.access.actors import Actor
from leadfarm.leads.models import Lead, PersonalText, Touch
from leadfarm.qualification.models import Delivery, Verdict
from leadfarm.rules.codes import Code, Disposition, TouchKind, VerdictKind, was_two_way


def say(
    lead: Lead,
    kind: VerdictKind,
    *,
    by: Actor,
    now: datetime,
    delivery: Delivery | None = None,
    reason: Code | None = None,
    text: str = "",
    criterion: int | None = None,
) -> Verdict:
    """Write the verdict and return it; marketing reads it at once, unedited."""
    words = write_words(lead, text, by=by, now=now)
    return Verdict.objects.create(
        workspace_id=lead.workspace_id,
        lead_id=lead.id,
        delivery_id=delivery.id if delivery else None,
        kind=kind,
        reason=reason,
        criterion=criterion,
        text_id=words.id if words else None,
        member_id=by.member_id,
        actor_kind=by.kind,
        at=now,
    )


def write_words(lead: Lead, text: str, *, by: Actor, now: datetime) -> PersonalText | None:
    """Keep the words of a verdict where erasure can reach them; None for an empty text."""
    if not text.strip():
        return None
    return PersonalText.objects.create(
        workspace_id=lead.workspace_id,
        kind="verdict",
        lead_id=lead.id,
        contact_id=lead.contact_id,
        author_id=by.member_id,
        body=text.strip(),
        written_at=now,
    )


def talk_since(lead: Lead, since: datetime, member_ids: set[int] | None = None) -> Touch | None:
    """Return the newest two-way talk with the contact since then, of these members if given."""
    touches = Touch.objects.of(lead.workspace_id).filter(
        lead_id=lead.id, by_machine=False, happened_at__gt=since
    )
    if member_ids is not None:
        touches = touches.filter(member_id__in=member_ids)
    for touch in touches.order_by("-happened_at"):
        said = Disposition(touch.disposition) if touch.disposition else None
        if was_two_way(TouchKind(touch.kind), said):
            return touch
    return None
