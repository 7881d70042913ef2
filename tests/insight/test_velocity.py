"""The slowest stage is named, and what is not known about it is said (S0-12, S1-12)."""

from leadfarm.insight.queries.velocity import Pace, Velocity
from leadfarm.rules.metrics.figures import middle
from leadfarm.rules.stages import Stage


def _pace(stage: Stage, days: float, leads: int) -> Pace:
    found = middle([days] * leads)
    assert found is not None
    return Pace(stage, found)


def test_s0_12_a_longer_stage_with_few_leads_is_named_beside_the_bottleneck() -> None:
    inquiry, nurturing = _pace(Stage.INQUIRY, 1.8, 40), _pace(Stage.NURTURING, 183, 6)
    found = Velocity([inquiry, nurturing], None, None)
    assert (found.bottleneck, found.unproven) == (inquiry, [nurturing])


def test_s0_12_enough_leads_leave_no_doubt() -> None:
    inquiry, nurturing = _pace(Stage.INQUIRY, 1.8, 6), _pace(Stage.NURTURING, 183, 40)
    found = Velocity([inquiry, nurturing], None, None)
    assert (found.bottleneck, found.unproven) == (nurturing, [])
