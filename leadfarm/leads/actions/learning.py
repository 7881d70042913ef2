"""What was learned and said: findings, notes, quotes, comments."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member
from leadfarm.leads.actions.touching import keep_text, record_touch
from leadfarm.leads.models import Comment, Finding, Lead, PersonalText, Touch
from leadfarm.rules.codes import Confidence, FindingSection, TouchKind


@dataclass(frozen=True)
class Fact:
    """One thing learned: a text, a number or a date, in a section of the dossier."""

    section: FindingSection
    value: str | Decimal | int | date
    field: str = ""
    confidence: Confidence = Confidence.MEDIUM

    def columns(self) -> dict[str, object]:
        """Return the value in the column of its type."""
        if isinstance(self.value, str):
            return {"value_text": self.value.strip()[:600]}
        if isinstance(self.value, date):
            return {"value_date": self.value}
        return {"value_number": self.value}


def learn(
    lead: Lead,
    fact: Fact,
    *,
    by: Actor,
    now: datetime,
    source: str = "",
    touch: Touch | None = None,
    happened_at: datetime | None = None,
    known_at: datetime | None = None,
) -> Finding:
    """Append a finding and return it; earlier ones of the same field stay and are superseded."""
    return Finding.objects.create(
        workspace_id=lead.workspace_id,
        lead_id=lead.id,
        section=fact.section,
        field=fact.field,
        confidence=fact.confidence,
        source=source or by.kind,
        touch_id=touch.id if touch else None,
        member_id=by.member_id,
        happened_at=happened_at or now,
        known_at=min(known_at or now, now),
        recorded_at=now,
        **fact.columns(),
    )


def name_need(
    lead: Lead, need: str, *, by: Actor, now: datetime, touch: Touch | None = None
) -> Finding:
    """Say what the prospect wants solved; the lead carries it, the finding says who heard it."""
    words = need.strip()[:300]
    Lead.objects.of(lead.workspace_id).filter(id=lead.id).update(need=words)
    lead.need = words
    fact = Fact(FindingSection.PAIN_POINT, words, "need", Confidence.HIGH)
    return learn(lead, fact, by=by, now=now, touch=touch)


def note(lead: Lead, body: str, *, by: Actor, now: datetime) -> PersonalText:
    """Put a note on the timeline; return its text."""
    touch = record_touch(lead, TouchKind.NOTE, happened_at=now, now=now, actor=by)
    return keep_text(touch, "note", body, now=now, author_id=by.member_id)


def quote(touch: Touch, body: str, *, by: Actor, now: datetime) -> PersonalText:
    """Keep what the prospect said, in their words, with the touch it was said in."""
    return keep_text(touch, "said", body, now=now, author_id=by.member_id)


def pin(lead: Lead, text_id: int | None) -> None:
    """Show this note above the timeline instead of the one pinned before; None unpins."""
    texts = PersonalText.objects.of(lead.workspace_id).filter(lead_id=lead.id)
    with transaction.atomic():
        texts.filter(pinned=True).update(pinned=False)
        if text_id is not None:
            texts.filter(id=text_id, kind="note").update(pinned=True)


def comment(lead: Lead, body: str, *, author: Member, now: datetime) -> Comment:
    """Say something to colleagues about the lead; the prospect never sees it."""
    text = PersonalText.objects.create(
        workspace_id=lead.workspace_id,
        kind="comment",
        lead_id=lead.id,
        author_id=author.id,
        body=body.strip(),
        written_at=now,
    )
    return Comment.objects.create(
        workspace_id=lead.workspace_id,
        lead_id=lead.id,
        author_id=author.id,
        text_id=text.id,
        written_at=now,
    )
