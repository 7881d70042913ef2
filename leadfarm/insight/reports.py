"""Every report by name, as plain data: what `leadfarm report NAME --json` prints."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.insight.queries import cohorts, origins, velocity
from leadfarm.insight.queries.period import Period
from leadfarm.rules.metrics.figures import Quantile

Data = list[dict[str, Any]] | dict[str, Any]


@dataclass(frozen=True)
class Report:
    """A report: what it says, and the function that answers it."""

    name: str
    says: str
    answer: Callable[[Workspace, Period, datetime], Data]


def _origin(one: origins.Origin, by: str) -> dict[str, Any]:
    won = one.won_rate
    return {
        by: one.name,
        "leads": one.leads,
        "contacted": one.contacted,
        "contact_rate": one.contact_rate.value,
        "qualified": one.qualified,
        "accepted": one.accepted,
        "won": one.won,
        "won_rate": won.value,
        "interval": [won.low, won.high],
        "cost": _number(one.cost),
        "cost_per_qualified": _number(one.cost_per_qualified),
        "won_amount": _number(one.won_amount),
        "median_days_to_win": one.median_days_to_win,
        "too_few_to_tell": won.is_too_few,
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def sources(workspace: Workspace, period: Period, _now: datetime) -> Data:
    """Return one object per source; a blank source is ""."""
    return [_origin(one, "source") for one in origins.origins(workspace, period, "source")]


def campaigns(workspace: Workspace, period: Period, _now: datetime) -> Data:
    """Return one object per campaign; leads without one stand under ""."""
    return [_origin(one, "campaign") for one in origins.origins(workspace, period, "campaign")]


def cohort_table(workspace: Workspace, _period: Period, now: datetime) -> Data:
    """Return one object per quarter of entry, with the share won at 12 months (D-9)."""
    return [_cohort(one) for one in cohorts.cohorts(workspace, now)]


def _cohort(one: cohorts.Cohort) -> dict[str, Any]:
    year = one.at_year
    return {
        "cohort": one.label,
        "leads": one.n,
        "won": one.won,
        "won_at_12_months": year.converted if one.is_observed else None,
        "interval": list(year.interval) if one.is_observed else None,
        "wins_recorded_since": one.recorded.since.isoformat() if one.recorded.since else None,
        "wins_recorded_until": one.recorded.until.isoformat(),
        "entered_before_recording": one.entered_before,
        "watched_to_day": int(one.curve.observed_days),
    }


def pace(workspace: Workspace, period: Period, _now: datetime) -> Data:
    """Return the median days per stage and to the order, and the bottleneck."""
    found = velocity.velocity_of(workspace, period)
    bottleneck = found.bottleneck
    return {
        "days_to_win": _quantile(found.to_win),
        "days_to_win_p90": _quantile(found.to_win_p90),
        "stages": [{"stage": one.stage.label, **_quantile(one.days)} for one in found.stages],
        "bottleneck": bottleneck.stage.label if bottleneck else None,
    }


def _quantile(one: Quantile | None) -> dict[str, Any]:
    if one is None:
        return {"days": None, "n": 0, "interval": None}
    return {"days": one.value, "n": one.n, "interval": [one.low, one.high]}


REPORTS = {
    report.name: report
    for report in (
        Report("sources", "what came of each source, and what a qualified lead cost", sources),
        Report("campaigns", "the same for each campaign", campaigns),
        Report("cohorts", "share won within 12 months by quarter of entry", cohort_table),
        Report("velocity", "days per stage and to the order, and the bottleneck", pace),
    )
}
