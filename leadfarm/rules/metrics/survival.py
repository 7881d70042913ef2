"""Conversion of a cohort whose younger leads are not old enough yet: Kaplan-Meier (D-9).

E. L. Kaplan and P. Meier, JASA 53 (1958); variance after M. Greenwood (1926). Open leads are
censored at their age, never counted as failures.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, inf, log, sqrt

from leadfarm.rules.metrics.intervals import Z95


@dataclass(frozen=True)
class Step:
    """The curve just after `days`: share converted, its standard error, leads at risk before."""

    days: float
    converted: float
    error: float
    at_risk: int

    @property
    def interval(self) -> tuple[float, float]:
        """95 % by the log(-log) transform, which stays within 0 and 1."""
        survival = 1 - self.converted
        if not 0 < survival < 1:
            return (self.converted, self.converted)
        spread = Z95 * self.error / (survival * abs(log(survival)))
        return 1 - survival ** exp(-spread), 1 - survival ** exp(spread)


@dataclass(frozen=True)
class Curve:
    """The steps of a cohort, and how long its oldest open lead has been watched."""

    steps: tuple[Step, ...]
    n: int
    observed_days: float

    def at(self, days: float) -> Step:
        """The curve at an age; beyond `observed_days` it stays flat and proves nothing."""
        past = [step for step in self.steps if step.days <= days]
        return past[-1] if past else Step(days, 0.0, 0.0, self.n)

    def is_observed(self, days: float) -> bool:
        """Whether any lead was watched for that long: if not, the page must not state the share."""
        return self.n > 0 and days <= self.observed_days


@dataclass(frozen=True)
class Watched:
    """One lead: its age when it converted or was last seen, and its age when watching began.

    `since` is above 0 where earlier conversions were not recorded (left truncation): such a lead
    counts as at risk only from that age on.
    """

    days: float
    converted: bool
    since: float = 0.0


def kaplan_meier(event_days: Sequence[float], censored_days: Iterable[float] = ()) -> Curve:
    """The curve of leads that converted after these days and of those still open at these ages.

    A lead that leaves on the day another converts counts as at risk on that day.
    """
    converted = [Watched(days, True) for days in event_days]
    return watched_curve([*converted, *(Watched(days, False) for days in censored_days)])


def watched_curve(leads: Sequence[Watched]) -> Curve:
    """The curve of leads that were watched from different ages on (delayed entry)."""
    events = Counter(lead.days for lead in leads if lead.converted)
    exits = sorted(lead.days for lead in leads)
    entries = sorted(lead.since for lead in leads if lead.since > 0)
    survival, variance, steps = 1.0, 0.0, []
    for days, hits in sorted(events.items()):
        not_yet = len(entries) - bisect_left(entries, days)
        at_risk = len(exits) - bisect_left(exits, days) - not_yet
        survival *= 1 - hits / at_risk
        left = at_risk - hits
        variance = variance + hits / (at_risk * left) if left else inf
        # With nobody left the estimate is 1 and Greenwood's formula has no value.
        error = survival * sqrt(variance) if left else 0.0
        steps.append(Step(days, 1 - survival, error, at_risk))
    return Curve(tuple(steps), len(exits), exits[-1] if exits else 0.0)
