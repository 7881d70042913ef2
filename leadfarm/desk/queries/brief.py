"""The brief: one page on which every line is bound to its evidence (S1-19, F-7).

A line is made from a finding or a touch and carries its address; there is no other way to make
one. Remove the evidence, and the sentence is gone.
"""

from dataclasses import dataclass
from datetime import datetime

from leadfarm.leads.models import Lead, PersonalText, Touch
from leadfarm.leads.queries.dossier import Dossier, Known, dossier_of, framed, questions_of
from leadfarm.rules.codes import Direction, FindingSection, TouchKind
from leadfarm.rules.dossier.frames import SEED_8, Frame

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
    filled: int = 0
    completeness: int = 0

    def lines(self) -> list[Line]:
        """Return every statement of the brief."""
        return [*(line for _, lines in self.parts for line in lines), *self.exchange, *self.said]


def brief_of(lead: Lead, now: datetime, currency: str, frame: Frame = SEED_8) -> Brief:
    """Return the brief of a lead in four queries, in this frame; empty parts are left out."""
    dossier = dossier_of(lead, now, currency)
    parts = _parts(dossier, frame)
    return Brief(
        parts=[(title, lines) for title, lines in parts if lines],
        exchange=_exchange(lead),
        said=_said(lead),
        questions=questions_of(dossier, frame),
        filled=frame.filled(dossier.keys),
        completeness=frame.completeness(dossier.keys),
    )


def _parts(dossier: Dossier, frame: Frame) -> list[tuple[str, list[Line]]]:
    if frame is not SEED_8:
        return [
            (one.part.label, [_line(known) for known in one.findings])
            for one in framed(dossier, frame)
        ]
    return [
        (title, [_line(known) for known in dossier.known if known.field.section in wanted])
        for title, wanted in PARTS
    ]


def _line(known: Known) -> Line:
    entry, section = known.entry, known.field.section
    anchor = f"t-{entry.touch_id}" if entry.touch_id else f"finding-{entry.id}"
    state = "stale" if known.stale else ("thin" if entry.confidence == 1 else "")
    warnings = [known.conflict] if known.conflict else []
    if known.changed and not known.conflict:
        times = "once" if known.changed == 1 else f"{known.changed} times"
        warnings.append(f"said differently {times} before")
    if known.stale:
        warnings.append(f"older than {known.field.fresh_days} days: ask again")
    return Line(
        text=entry.value,
        evidence=Evidence(entry.who, entry.known_at, anchor, state),
        label=known.label or section.label,
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
