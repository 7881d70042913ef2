"""What was learned and said: findings, notes, quotes, comments."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions.touching import keep_text, record_touch
from leadfarm.leads.models import Comment, Finding, Lead, PersonalText, Touch
from leadfarm.rules.codes import Confidence, FindingSection, TouchKind
from leadfarm.rules.dossier.catalogue import field_of
from leadfarm.rules.dossier.entry import LONGEST, Read
from leadfarm.rules.dossier.standing import CONFIRMED


@dataclass(frozen=True)
class Fact:
    """One thing learned: words, a number or a date, in a section of the dossier.

    `code` is a choice of the field; `said` the words a number, a date or a choice was told in;
    `thread` the person of the buying group it is about.
    """

    section: FindingSection
    value: str | Decimal | int | date | None = None
    field: str = ""
    confidence: Confidence = Confidence.MEDIUM
    code: int | None = None
    said: str = ""
    thread: int = 0

    @classmethod
    def of(cls, read: Read) -> "Fact":
        """Return what a typed line told."""
        measured = read.number if read.number is not None else read.day
        only_words = measured is None and read.code is None
        value = read.words if only_words else measured
        place = (read.field.section, value, read.field.name, read.confidence)
        return cls(*place, code=read.code, said="" if only_words else read.words)

    @property
    def words(self) -> str:
        """Return what is kept as words; "" where nothing is."""
        return (self.value if isinstance(self.value, str) else self.said).strip()[:LONGEST]

    def columns(self) -> dict[str, object]:
        """Return a number, a date or a code in the column of its type."""
        columns: dict[str, object] = {"value_code": self.code}
        if isinstance(self.value, date):
            columns["value_date"] = self.value
        elif not isinstance(self.value, str):
            columns["value_number"] = self.value
        return columns


class Told(TypedDict, total=False):
    """How a fact came to us; what is left out is as of now, by whoever acts."""

    source: str
    touch: Touch | None
    happened_at: datetime | None
    known_at: datetime | None


def learn(lead: Lead, fact: Fact, *, by: Actor, now: datetime, **told: Unpack[Told]) -> Finding:
    """Append a finding and return it; earlier ones of the same thread stay and are superseded."""
    touch = told.get("touch")
    text = _keep_words(lead, fact.words, touch, by, now) if fact.words else None
    finding = Finding(
        workspace_id=lead.workspace_id,
        lead_id=lead.id,
        section=fact.section,
        field=fact.field,
        thread=_thread(lead, fact, text),
        text=text,
        in_words=text is not None,
        confidence=fact.confidence,
        member_id=by.member_id,
        **fact.columns(),
    )
    finding.source, finding.touch = told.get("source") or by.kind, touch
    finding.happened_at = told.get("happened_at") or (touch.happened_at if touch else now)
    finding.known_at, finding.recorded_at = min(told.get("known_at") or now, now), now
    finding.save(force_insert=True)
    return finding


def _thread(lead: Lead, fact: Fact, text: PersonalText | None) -> int:
    """Return which of several it is: the same words again renew what was said before."""
    if text is None or not field_of(fact.section, fact.field).many:
        return fact.thread
    same = Finding.objects.of(lead.workspace_id).filter(
        lead_id=lead.id, section=fact.section, field=fact.field, text__body__iexact=text.body
    )
    renewed = same.order_by("-id").values_list("thread", flat=True).first()
    return text.id if renewed is None else renewed


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


@transaction.atomic
def take_back(lead: Lead, finding_id: int, *, by: Actor, now: datetime) -> Finding:
    """Say that a standing entry was wrong: one more entry, after which nothing is known of it.

    Raise LeadfarmError where it does not stand any more.
    """
    Lead.objects.of(lead.workspace_id).select_for_update().get(id=lead.id)  # one hand at a time
    findings = Finding.objects.of(lead.workspace_id)
    wrong = findings.filter(lead_id=lead.id, id=finding_id).first()
    if wrong is None:
        raise LeadfarmError("This entry is not in this dossier. Open the lead again.")
    place = {"section": wrong.section, "field": wrong.field, "thread": wrong.thread}
    newest = findings.filter(lead_id=lead.id, **place).order_by("-known_at", "-id").first()
    if newest is None or newest.id != wrong.id or newest.withdrawn:
        raise LeadfarmError(
            "Something newer is known here. Open the lead again to see what stands."
        )
    return Finding.objects.create(
        workspace_id=lead.workspace_id,
        lead_id=lead.id,
        **place,
        withdrawn=True,
        source=by.kind,
        member_id=by.member_id,
        happened_at=now,
        known_at=now,
        recorded_at=now,
    )


def say_again(lead: Lead, finding_id: int, *, by: Actor, now: datetime) -> Finding:
    """Confirm an entry, also one superseded or taken back: it stands from now, as said by them.

    A word so confirmed is the surest there is, and so settles a contradiction.
    """
    found = Finding.objects.of(lead.workspace_id).select_related("text", "touch")
    old = found.filter(lead_id=lead.id, id=finding_id, withdrawn=False).first()
    if old is None:
        raise LeadfarmError("This entry is not in this dossier. Open the lead again.")
    if old.in_words and old.text is None:
        raise LeadfarmError("The words of this entry were erased. Write down what you learned.")
    value = next((v for v in (old.value_number, old.value_date) if v is not None), None)
    only_words = value is None and old.value_code is None
    fact = Fact(
        FindingSection(old.section),
        (old.words or "") if only_words else value,
        old.field,
        Confidence.HIGH,
        code=old.value_code,
        said="" if only_words else (old.words or ""),
        thread=old.thread,
    )
    return learn(lead, fact, by=by, now=now, source=CONFIRMED, touch=old.touch, happened_at=now)


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
