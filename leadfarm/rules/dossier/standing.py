"""What stands, what is stale, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from leadfarm.rules.codes import Confidence
from leadfarm.rules.dossier.catalogue import DossierField
from leadfarm.rules.dossier.frames import Key

# Two sources that disagree within this time contradict each other; later, things have changed.
CONFLICT_WINDOW = timedelta(days=90)
SAME_AMOUNT = Decimal("0.10")
SAME_DATE = timedelta(days=31)
# The source of an entry that says of another one that it stands.
CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Said:
    """One entry as the rules see it. `origin` tells sources apart: a touch, a form, a file.

    `settles`: somebody looked at what stood and confirmed this.
    """

    value: Decimal | date | int | str | None
    known_at: datetime
    confidence: Confidence
    origin: str
    withdrawn: bool = False
    settles: bool = False


def is_stale(field: DossierField, known_at: datetime, now: datetime) -> bool:
    """Return whether an entry is older than its field stays fresh."""
    return now - known_at > field.fresh_for


def contradicted_by(thread: Sequence[Said]) -> int | None:
    """Return the place of the earlier entry that the newest one contradicts, or None.

    `thread` is newest first. Two entries contradict each other when two sources told materially
    different things within 90 days and the newer is not the surer of the two. A surer word
    settles it, and so does confirming one of them or taking the newer one back.
    """
    if not thread or thread[0].withdrawn or thread[0].settles:
        return None
    newest = thread[0]
    for place, earlier in enumerate(thread[1:], 1):
        if earlier.withdrawn or newest.known_at - earlier.known_at > CONFLICT_WINDOW:
            return None
        if not differs(newest.value, earlier.value):
            continue
        if newest.confidence > earlier.confidence:
            return None
        if newest.origin != earlier.origin:
            return place
    return None


def differs(one: object, other: object) -> bool:
    """Return whether two values of one field differ in substance.

    Sums by more than 10 %, days by more than 31, choices at all. Words are never said to
    differ: two sentences may tell the same.
    """
    if isinstance(one, date) and isinstance(other, date):
        return abs(one - other) > SAME_DATE
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) > SAME_AMOUNT * max(abs(one), abs(other))
    return isinstance(one, int) and isinstance(other, int) and one != other


def keys_of(entries: Iterable[tuple[DossierField, int | None]]) -> set[Key]:
    """Return what these standing entries answer: their field, and for choices their code too."""
    keys: set[Key] = set()
    for field, code in entries:
        keys.add(Key(field.section, field.name))
        if code is not None:
            keys.add(Key(field.section, field.name, code))
    return keys
