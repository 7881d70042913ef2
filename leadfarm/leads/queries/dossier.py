"""The dossier: eight sections, each with what is known, from whom and since when (S4-15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from leadfarm.leads.models import Finding, Lead
from leadfarm.rules.codes import Confidence, FindingSection
from leadfarm.rules.dossier.catalogue import DossierField, Shape, field_of
from leadfarm.rules.dossier.frames import SEED_8, Frame, Key, Part
from leadfarm.rules.dossier.standing import CONFIRMED, Said, contradicted_by, is_stale, keys_of
from leadfarm.ui import words

SOURCES = {
    "form": "A form", "import": "A file", "program": "A program", "capture": "Capture",
    "api": "The API", "schedule": "Enrichment", "call": "A call",
}  # fmt: skip

WHOLE = frozenset(section.question for section in FindingSection)


@dataclass(frozen=True)
class Entry:
    """One finding as people read it."""

    id: int
    value: str
    said: str  # the words a number, a date or a choice was told in, where they say more
    who: str
    known_at: datetime
    confidence: Confidence
    touch_id: int | None
    withdrawn: bool


@dataclass(frozen=True)
class Known:
    """The standing entry of one thread, with what came before and what speaks against it."""

    entry: Entry
    field: DossierField
    stale: bool
    conflict: str  # a sentence, "" where nothing contradicts
    rival: Entry | None  # the entry it contradicts
    history: list[Entry]  # newest first, without the standing one

    @property
    def label(self) -> str:
        """Return what the value is of."""
        return self.field.label

    @property
    def changed(self) -> int:
        """Return how many earlier entries there are."""
        return len(self.history)


@dataclass(frozen=True)
class Section:
    """A section of the dossier; where nothing stands it is a question."""

    section: FindingSection
    findings: list[Known]
    questions: list[str]
    taken_back: list[Known]  # threads whose newest entry says "this was wrong"

    @property
    def newest(self) -> datetime | None:
        """Return when the newest finding was learned."""
        return max((known.entry.known_at for known in self.findings), default=None)


@dataclass(frozen=True)
class Dossier:
    """All that is known of one lead."""

    sections: list[Section]
    keys: frozenset[Key]

    @property
    def known(self) -> list[Known]:
        """Return every standing entry."""
        return [known for section in self.sections for known in section.findings]

    @property
    def conflicts(self) -> list[Known]:
        """Return the entries that contradict another."""
        return [known for known in self.known if known.conflict]

    @property
    def stale(self) -> list[Known]:
        """Return the entries that are older than they stay fresh."""
        return [known for known in self.known if known.stale]


@dataclass(frozen=True)
class FramePart:
    """One letter of a frame with the entries that answer it, or its question."""

    part: Part
    findings: list[Known]
    known: bool


def dossier_of(lead: Lead, now: datetime, currency: str) -> Dossier:
    """Return what is known of the lead in one query; sums bear this currency."""
    findings = (
        Finding.objects.of(lead.workspace_id)
        .filter(lead_id=lead.id)
        .select_related("member", "text")
        .order_by("section", "field", "thread", "-known_at", "-id")
    )
    threads: dict[tuple[int, str, int], list[Finding]] = {}
    for finding in findings:
        place = (finding.section, finding.field, finding.thread)
        threads.setdefault(place, []).append(finding)
    tops = [found[0] for found in threads.values() if tells(found[0])]
    keys = frozenset(keys_of((field_in(top), top.value_code) for top in tops))
    known = [_known(found, now, currency) for found in threads.values()]
    return Dossier([_section(one, known, keys) for one in FindingSection], keys)


def tells(finding: Finding) -> bool:
    """Return whether the entry says anything: not taken back, and not only erased words."""
    measured = (finding.value_number, finding.value_date, finding.value_code, finding.text_id)
    return not finding.withdrawn and any(value is not None for value in measured)


def standing_findings(lead: Lead, now: datetime) -> list[Finding]:
    """Return the newest finding of each thread known by then, the newest of all first."""
    findings = Finding.objects.of(lead.workspace_id).filter(lead_id=lead.id, known_at__lte=now)
    newest: dict[tuple[int, str, int], Finding] = {}
    for finding in findings.order_by("-known_at", "-id"):
        newest.setdefault((finding.section, finding.field, finding.thread), finding)
    return list(newest.values())


def field_in(finding: Finding) -> DossierField:
    """Return the field of the catalogue an entry fills."""
    return field_of(FindingSection(finding.section), finding.field)


def framed(dossier: Dossier, frame: Frame) -> list[FramePart]:
    """Return the dossier as this frame reads it: the same entries under other headings."""
    answers = []
    for part in frame.parts:
        asked = {(key.section, key.field) for each in part.asks for key in each if key.code is None}
        findings = [
            known for known in dossier.known if (known.field.section, known.field.name) in asked
        ]
        answers.append(FramePart(part, findings, part.is_known(dossier.keys)))
    return answers


def questions_of(dossier: Dossier, frame: Frame) -> list[str]:
    """Return what to ask next: the widest gaps first, at last what is stale or contradicted."""
    if frame is SEED_8:
        asked = [question for section in dossier.sections for question in section.questions]
        asked.sort(key=lambda question: question not in WHOLE)
    else:
        asked = [part.question for part in frame.gaps(dossier.keys)]
    doubts = [known.field.question for known in dossier.known if known.conflict or known.stale]
    return list(dict.fromkeys(asked + doubts))


def _section(section: FindingSection, known: list[Known], keys: frozenset[Key]) -> Section:
    mine = [each for each in known if each.field.section is section and not each.field.by_person]
    part = SEED_8.parts[section - 1]
    open_asks = [
        field_of(ask[0].section, ask[0].field).question if ask[0].code is None else part.question
        for ask in part.asks
        if not any(key in keys for key in ask)
    ]
    questions = [section.question] if not part.is_known(keys) else open_asks
    return Section(
        section,
        [each for each in mine if not each.entry.withdrawn],
        questions,
        [each for each in mine if each.entry.withdrawn],
    )


def _known(found: Sequence[Finding], now: datetime, currency: str) -> Known:
    newest, field = found[0], field_in(found[0])
    entries = [entry_of(each, currency) for each in found]
    place = contradicted_by([_said(each) for each in found])
    rival = entries[place] if place is not None else None
    return Known(
        entry=entries[0],
        field=field,
        stale=is_stale(field, newest.known_at, now),
        conflict=_conflict(entries[0], rival) if rival else "",
        rival=rival,
        history=entries[1:],
    )


def _conflict(newest: Entry, earlier: Entry) -> str:
    return (
        f"{earlier.who} has it as {earlier.value} ({earlier.confidence.label.lower()},"
        f" {earlier.known_at:%-d %b}). The newer one counts until one of them is confirmed."
    )


def _said(finding: Finding) -> Said:
    value = (finding.value_number, finding.value_date, finding.value_code)
    origin = f"touch {finding.touch_id}" if finding.touch_id else finding.source
    return Said(
        next((one for one in value if one is not None), finding.words),
        finding.known_at,
        Confidence(finding.confidence),
        f"{origin} {finding.member_id or ''}",
        finding.withdrawn,
        finding.source == CONFIRMED,
    )


def entry_of(finding: Finding, currency: str) -> Entry:
    """Return one finding as people read it; reads its member and text."""
    value = value_of(finding, currency)
    said = finding.words or ""
    return Entry(
        id=finding.id,
        value=value,
        said=said if said != value and finding.value_number is None else "",
        who=finding.member.name if finding.member else source_words(finding.source),
        known_at=finding.known_at,
        confidence=Confidence(finding.confidence),
        touch_id=finding.touch_id,
        withdrawn=finding.withdrawn,
    )


def source_words(source: str) -> str:
    """Return who or what told it, as people say it."""
    return SOURCES.get(source.partition(" ")[0], source)


def value_of(finding: Finding, currency: str) -> str:
    """Return a finding's value as people read it; money bears the currency."""
    field = field_in(finding)
    if finding.withdrawn:
        return "Taken back: it was wrong"
    if finding.value_code is not None:
        return field.choice(finding.value_code) or f"No. {finding.value_code}"
    if finding.value_number is not None:
        return _number(finding.value_number, field, currency)
    if finding.value_date is not None:
        return _day(finding.value_date)
    return finding.words or "Erased"


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _number(number: Decimal, field: DossierField, currency: str) -> str:
    is_money = field.shape is Shape.AMOUNT or field.section is FindingSection.BUDGET
    said = words.money(number, currency) if is_money else f"{number.normalize():,f}"
    return f"{said} {field.unit}".strip()
