"""Cohorts by Kaplan-Meier with their observation window (D-9, law 10)."""

from datetime import timedelta

import pytest

from leadfarm.insight.queries.cohorts import cohorts, everybody
from leadfarm.rules.metrics.survival import Watched, watched_curve
from leadfarm.rules.stages import Stage
from tests.insight.test_origins import reaches
from tests.world import World

ENTERED_BEFORE = 500


def enters(world: World, number: int, age: int, won_after: int | None) -> None:
    at = world.now - timedelta(days=age)
    lead = world.captures(f"Lead {number}", at=at)
    if won_after is not None:
        reaches(world, lead, Stage.WON, won_after)


def test_d_9_the_published_oracle_comes_out_of_the_database(inside: World) -> None:
    for number, days in enumerate((30, 90, 90, 200)):
        enters(inside, number, ENTERED_BEFORE, days)
    for number, age in enumerate((60, 120, 150, 365, 365, 365)):
        enters(inside, 10 + number, age, None)
    inside.captures("Somebody new")  # the workspace is live: its leads are watched until now
    whole = everybody(inside.workspace, inside.now)
    shares = [whole.curve.at(day).converted for day in (30, 90, 200)]
    assert shares == pytest.approx([0.1, 0.325, 0.49375])


def test_d_9_leads_watched_from_later_on_are_no_failures_before() -> None:
    """Left truncation: a lead whose early wins were not recorded counts from then on only."""
    late = [Watched(300, False, since=100) for _ in range(50)]
    curve = watched_curve([Watched(30, True), Watched(200, False), *late])
    assert curve.at(30).at_risk == 2
    assert curve.at(30).converted == pytest.approx(0.5)


def test_law_10_an_imported_history_shows_its_window_not_an_improvement(inside: World) -> None:
    """Wins were logged only from day 150 of the older cohort on: it says so."""
    for number in range(20):
        enters(inside, number, 500, 160 if number < 4 else None)
        enters(inside, 100 + number, 200, 20 if number < 4 else None)
    older, younger = cohorts(inside.workspace, inside.now)
    assert older.entered_before == 20
    assert "20 of 20 entered before" in older.window
    assert younger.entered_before == 0
    assert not younger.is_observed
