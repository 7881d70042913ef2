"""Short-term, long-term or none: what potential a lead has, derived whenever it is read (S1-5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from leadfarm.rules.codes import Judgement

# Until a workspace has won enough to know its own median cycle.
ASSUMED_CYCLE = timedelta(days=90)
CYCLES_AHEAD = 2


@dataclass(frozen=True)
class Judged:
    """A judgement (None: not judged yet) and the sentence that explains it."""

    judgement: Judgement | None
    reason: str


def judge(
    today: date,
    *,
    buying_date: date | None,
    no_potential: bool = False,
    median_cycle: timedelta = ASSUMED_CYCLE,
) -> Judged:
    """Short-term when the buying date lies within twice the own median cycle from today."""
    if no_potential:
        return Judged(Judgement.NONE, "No potential was found.")
    if buying_date is None:
        return Judged(None, "Not judged yet: no buying date is known.")
    horizon = today + CYCLES_AHEAD * median_cycle
    span = f"two median cycles of {median_cycle.days} days"
    if buying_date < today:
        return Judged(Judgement.SHORT_TERM, f"Buying date {buying_date} has passed: ask again.")
    if buying_date <= horizon:
        return Judged(Judgement.SHORT_TERM, f"Buying date {buying_date} is within {span}.")
    return Judged(Judgement.LONG_TERM, f"Buying date {buying_date} is beyond {span}.")


def first_judgement(
    history: Iterable[tuple[datetime, Judgement | None]],
) -> tuple[datetime, Judgement] | None:
    """The earliest judgement by the time it was known; None when there was none (D-11)."""
    made = [(known_at, judgement) for known_at, judgement in history if judgement is not None]
    return min(made, key=lambda entry: entry[0], default=None)
