"""The brief: one page on which every line is bound to its evidence (S1-19, F-7).

A line is made from a finding or a touch and carries its address; there is no other way to make
one. Remove the evidence, and the sentence is gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from leadfarm.desk.queries.since import open_questions
from leadfarm.leads.models import Lead, PersonalText, Touch
from leadfarm.leads.queries.dossier import Known, Section, dossier_of
from leadfarm.rules.codes import Direction, FindingSection, TouchKind

S = FindingSection
PARTS: tuple[tuple[str, tuple[FindingSection, ...]], ...] = (
    ("Why they move", (S.PAIN_POINT, S.EVENT, S.HOT_BUTTON)),
    ("How they buy", (S.BUDGET, S.TIMELINE, S.PEOPLE)),
    ("Around them", (S.PROFILE, S.COMPETITION)),
)
TALKED = 5
INTERNAL = [int(kind) for kind in TouchKind if kind.direction is Direction.INTERNAL]


@dataclass(frozen=True)
class Evidence:
    """Where a line comes from: who and when, and the place on the lead page."""

    label: str
    at: datetime
    anchor: str
    state: str = ""


@dataclass(frozen=True)
class Line:
    """One statement and its evidence."""

    text: str
    evidence: Evidence
    label: str = ""
    warning: str = ""


@dataclass(frozen=True)
class Brief:
    """Everything the page shows, in reading order."""

    parts: list[tuple[str, list[Line]]]
    exchange: list[Line]
    said: list[Line]
    questions: list[str]

    def lines(self) -> list[Line]:
        """Return every statement of the brief."""
        return [*(line for _, lines in self.parts for line in lines), *self.exchange, *self.said]


def brief_of(lead: Lead, now: datetime, currency: str) -> Brief:
    """Return the brief of a lead in five queries; empty parts are left out."""
    sections = {section.section: section for section in dossier_of(lead, now, currency)}
    parts = [(title, _lines([sections[one] for one in wanted])) for title, wanted in PARTS]
    return Brief(
        parts=[(title, lines) for title, lines in parts if lines],
        exchange=_exchange(lead),
        said=_said(lead),
        questions=open_questions(lead),
    )


def _lines(sections: Sequence[Section]) -> list[Line]:
    return [_line(section, known) for section in sections for known in section.findings]


def _line(section: Section, known: Known) -> Line:
    anchor = f"t-{known.touch_id}" if known.touch_id else section.section.slug
    state = "stale" if known.stale else ("thin" if known.confidence == 1 else "")
    warnings = []
    if known.changed:
        times = "once" if known.changed == 1 else f"{known.changed} times"
        warnings.append(f"said differently {times} before")
    if known.stale:
        warnings.append("older than six months: ask again")
    return Line(
        text=known.value,
        evidence=Evidence(known.who, known.known_at, anchor, state),
        label=known.label or section.section.label,
        warning="; ".join(warnings),
    )


def _exchange(lead: Lead) -> list[Line]:
    """Return the last talks and human answers, newest first."""
    touches = (
        Touch.objects.of(lead.workspace_id)
        .filter(lead_id=lead.id, by_machine=False)
        .exclude(kind__in=INTERNAL)
        .select_related("member", "contact")
        .order_by("-happened_at", "-id")[:TALKED]
    )
    return [_talk(touch) for touch in touches]


def _talk(touch: Touch) -> Line:
    kind = TouchKind(touch.kind)
    theirs = kind.direction is Direction.IN
    who = touch.contact if theirs else touch.member
    name = str(who) if who else ("The prospect" if theirs else "We")
    return Line(kind.label, Evidence(name, touch.happened_at, f"t-{touch.id}"))


def _said(lead: Lead) -> list[Line]:
    """Return what they said in their own words, newest first."""
    texts = (
        PersonalText.objects.of(lead.workspace_id)
        .filter(lead_id=lead.id, kind="said", touch__isnull=False)
        .select_related("touch", "author")
        .order_by("-written_at")[:TALKED]
    )
    return [
        Line(text.body, Evidence(_heard(text), text.written_at, f"t-{text.touch_id}"))
        for text in texts
    ]


def _heard(text: PersonalText) -> str:
    return f"heard by {text.author.name}" if text.author else "written by them"
