"""One line of the dossier as somebody types it: `b 40k`, `t Q3`, `c uses Kolmar`, `n spares late`.

The first letter is the section; what follows goes to the field it fits, with the words as typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from leadfarm.rules.codes import Confidence, FindingSection
from leadfarm.rules.dossier.amounts import read_amount
from leadfarm.rules.dossier.catalogue import DEFAULT, DossierField, Shape, field_of
from leadfarm.rules.dossier.codes import BudgetStatus, Position
from leadfarm.rules.dossier.dates import read_date
from leadfarm.rules.names import fold

S = FindingSection
# One key each, by the word people would say: company, money, when, who, event, need, hot, rival.
SECTION_KEYS = {
    S.PROFILE: "p", S.BUDGET: "b", S.TIMELINE: "t", S.PEOPLE: "w", S.EVENT: "e",
    S.PAIN_POINT: "n", S.HOT_BUTTON: "h", S.COMPETITION: "c",
}  # fmt: skip
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Read:
    """What a line tells: the field it fills, its value, the words as typed, and how sure.

    `remark` says what could not be taken as it stood; "" where nothing needs saying.
    """

    field: DossierField
    words: str
    number: Decimal | None = None
    day: date | None = None
    code: int | None = None
    confidence: Confidence = Confidence.HIGH
    remark: str = ""


def split_line(line: str) -> tuple[FindingSection | None, str]:
    """Return the section a line begins with, by its key or name, and the rest."""
    head, _, rest = line.strip().partition(" ")
    head = head.rstrip(":").casefold()
    for section, key in SECTION_KEYS.items():
        if head and rest.strip() and head in (key, section.slug, section.label.casefold()):
            return section, rest.strip()
    return None, line.strip()


def read_words(
    section: FindingSection, words: str, *, today: date, currency: str, name: str | None = None
) -> Read:
    """Return what the words tell of a section, or of one field of it where `name` is given."""
    words = " ".join(words.replace("\x00", "").split())[:LONGEST]
    if name is not None:
        return _as_field(field_of(section, name), words, today, currency)
    if section is S.BUDGET:
        return _budget(words, today, currency)
    if section is S.TIMELINE:
        found = _as_field(field_of(section, "decision"), words, today, currency)
        return found if found.day else Read(field_of(section, ""), words)
    if section is S.COMPETITION:
        return _competition(words)
    return Read(field_of(section, DEFAULT.get(section, "")), words)


def _budget(words: str, today: date, currency: str) -> Read:
    found = _as_field(field_of(S.BUDGET, "amount"), words, today, currency)
    if found.number is not None or found.remark:
        return found
    status = _status(words)
    if status is not None:
        return Read(field_of(S.BUDGET, "status"), words, code=int(status))
    return Read(field_of(S.BUDGET, ""), words)


STATUS_WORDS = (
    (BudgetStatus.FROZEN, r"frozen|freeze|eingefroren|gestoppt|gele\b"),
    (BudgetStatus.NONE, r"^(?:no|kein|pas de)\b.*budget|no budget|no money|kein budget"),
    (BudgetStatus.APPROVED, r"approved|released|freigegeben|genehmigt|approuve|signed off"),
    (BudgetStatus.ASKED_FOR, r"asked for|requested|beantragt|applied for|demande"),
    (BudgetStatus.WANTED, r"planned|wanted|geplant|prevu"),
)


def _status(words: str) -> BudgetStatus | None:
    said = fold(words)
    if re.search(r"\b(not|nicht|isn't|pas)\b", said):
        return None
    return next((status for status, known in STATUS_WORDS if re.search(known, said)), None)


def _competition(words: str) -> Read:
    said = fold(words)
    if position := Position.read(words):
        return Read(field_of(S.COMPETITION, "position"), words, code=int(position))
    today = re.match(r"(?:they )?(?:use|uses|using|nutzen|nutzt|today|has|have)\b[: ]*", said)
    if today and len(words) > today.end() and len(said) == len(words):
        return Read(field_of(S.COMPETITION, "today"), words[today.end() :].strip())
    return Read(field_of(S.COMPETITION, "vendor"), words)


def _as_field(field: DossierField, words: str, today: date, currency: str) -> Read:
    if field.shape is Shape.DATE:
        day = read_date(words, today)
        return (
            Read(field, words, day=day.day, confidence=day.confidence)
            if day
            else Read(field, words, remark="No date was found in it: kept as words.")
        )
    if field.shape is Shape.CHOICE and field.choices is not None:
        code = field.choices.read(words)
        return Read(field, words, code=int(code) if code is not None else None)
    if field.shape in (Shape.AMOUNT, Shape.NUMBER):
        return _measure(field, words, currency)
    return Read(field, words)


def _measure(field: DossierField, words: str, currency: str) -> Read:
    found = read_amount(words)
    if found is None:
        return Read(field, words)
    if found.currency not in ("", currency):
        remark = f"Another currency than {currency}: kept in words, and compared with nothing."
        return Read(field, words, remark=remark)
    sure = Confidence.MEDIUM if found.rough else Confidence.HIGH
    return Read(field, words, number=found.value, confidence=sure)


GUESSES = (
    (S.BUDGET, r"budget|afford|price|cost us|spend|invest|kosten|preis|€|\beur\b|\bk\b"),
    (S.TIMELINE, r"\bq[1-4]\b|deadline|by the end|decide|decision|until|entscheid|bis ende|when"),
    (S.COMPETITION, r"competitor|vendor|alternative|quote from|offer from|anbieter|angebot von"),
    (S.PEOPLE, r"\bceo\b|\bcfo\b|boss|director|manager|colleague|board|approve|chef|leiter|team"),
    (S.EVENT, r"merger|acqui|new (plant|site|law|hire)|audit|relocat|expan|regulation|moved"),
    (S.PAIN_POINT, r"problem|fail|delay|late|slow|manual|error|issue|broken|trouble|downtime|need"),
    (S.HOT_BUTTON, r"important|matters|priority|care about|wichtig|must have|love|hate"),
    (S.PROFILE, r"employees|we (make|build|produce|sell)|founded|sites|mitarbeiter|headquarter"),
)


def guess_section(words: str) -> FindingSection:
    """Return the section these words most likely belong to; pain where nothing tells."""
    said = fold(words)
    counts = {section: len(re.findall(pattern, said)) for section, pattern in GUESSES}
    if read_amount(words):
        counts[S.BUDGET] += 1
    best = max(counts, key=lambda section: counts[section])
    return best if counts[best] else S.PAIN_POINT
