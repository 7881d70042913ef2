"""Conversion of a cohort whose younger leads are not old enough yet: Kaplan-Meier (D-9).

E. L. Kaplan and P. Meier, JASA 53 (1958); variance after M. Greenwood (1926). Open leads are
censored at their age, never counted as failures.
"""

from __future__ import annotations

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


def kaplan_meier(event_days: Sequence[float], censored_days: Iterable[float] = ()) -> Curve:
    """The curve of leads that converted after these days and of those still open at these ages.

    A lead that leaves on the day another converts counts as at risk on that day.
    """
    censored = list(censored_days)
    everyone = [*event_days, *censored]
    survival, variance, steps = 1.0, 0.0, []
    gone, passed = sorted(everyone), 0
    for days, events in sorted(Counter(event_days).items()):
        while gone[passed] < days:
            passed += 1
        at_risk = len(everyone) - passed
        survival *= 1 - events / at_risk
        left = at_risk - events
        variance = variance + events / (at_risk * left) if left else inf
        # With nobody left the estimate is 1 and Greenwood's formula has no value.
        error = survival * sqrt(variance) if left else 0.0
        steps.append(Step(days, 1 - survival, error, at_risk))
    return Curve(tuple(steps), len(everyone), max(everyone, default=0.0))
