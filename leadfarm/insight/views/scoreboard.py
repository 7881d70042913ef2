"""The scoreboard: opportunities, their cost, how long it takes and what becomes of a cohort."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from leadfarm.access.middleware import InsideRequest
from leadfarm.insight.queries.cohorts import YEAR, Cohort, cohorts, everybody
from leadfarm.insight.queries.origins import origins, total
from leadfarm.insight.queries.period import Period, all_time
from leadfarm.insight.queries.velocity import velocity_of
from leadfarm.rules.metrics.survival import Step
from leadfarm.ui.charts import Line, Point, Series
from leadfarm.ui.words import percent

QUARTERS = 8
LAST_YEAR = timedelta(days=365)
MONTHS = [(0.0, "entry"), *((30.4 * m, f"{m} months") for m in (3, 6, 9, 12))]


def show(request: InsideRequest) -> HttpResponse:
    """Show the last twelve months, and the cohorts of entry."""
    year = Period(request.now - LAST_YEAR, request.now)
    whole = total(origins(request.workspace, year, "source"))
    everyone = everybody(request.workspace, request.now)
    context: dict[str, Any] = {
        "whole": whole,
        "cost_unknown": whole.cost_per_qualified is None,
        "velocity": velocity_of(request.workspace, all_time(request.now)),
        "everyone": everyone,
        "curve": curve_of(everyone),
        "cohorts": cohorts(request.workspace, request.now)[-QUARTERS:],
    }
    return render(request, "insight/scoreboard.html", context)


def curve_of(cohort: Cohort) -> Line | None:
    """Draw the share won by age over twelve months, with its band; None without a win."""
    steps = [step for step in cohort.curve.steps if step.days <= YEAR]
    if not steps:
        return None
    end = min(YEAR, cohort.curve.observed_days)
    points = [Point(x=0, y=0, low=0, high=0), *(_point(step) for step in steps)]
    points.append(_point(steps[-1], end))
    return Line(
        title="Share of leads won, by age",
        series=[Series(label="Won", points=points, step=True)],
        names=MONTHS,
        write=percent,
        right=YEAR,
        observed_until=end if end < YEAR else None,
        x_label="after",
    )


def _point(step: Step, days: float | None = None) -> Point:
    low, high = step.interval
    at = step.days if days is None else days
    return Point(x=at, y=step.converted, low=low, high=high)
