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

    @property
    def words(self) -> str:
        """Return what is kept as words; "" for a number or a date."""
        return self.value.strip()[:600] if isinstance(self.value, str) else ""

    def columns(self) -> dict[str, object]:
        """Return a number or a date in the column of its type."""
        if isinstance(self.value, str):
            return {}
        return {"value_date" if isinstance(self.value, date) else "value_number": self.value}


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
    words = fact.words and _keep_words(lead, fact.words, touch, by, now)
    finding = Finding(
        workspace_id=lead.workspace_id,
        lead_id=lead.id,
        section=fact.section,
        field=fact.field,
        text=words or None,
        in_words=bool(words),
        confidence=fact.confidence,
        source=source or by.kind,
        touch_id=touch.id if touch else None,
        member_id=by.member_id,
        happened_at=happened_at or now,
        known_at=min(known_at or now, now),
        recorded_at=now,
        **fact.columns(),
    )
    finding.save(force_insert=True)
    return finding


def _keep_words(
    lead: Lead, words: str, touch: Touch | None, by: Actor, now: datetime
) -> PersonalText:
    """Keep words where erasure reaches them, with the person they came from."""
    return PersonalText.objects.create(
        workspace_id=lead.workspace_id,
        kind="finding",
        lead_id=lead.id,
        contact_id=touch.contact_id if touch else lead.contact_id,
        author_id=by.member_id,
        body=words,
        written_at=now,
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
