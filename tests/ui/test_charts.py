"""Numbers land where the eye expects them, and the table says the same."""

import pytest

from leadfarm.ui.charts import Bar, Bars, Funnel, Line, Point, Series, Share, Shares, Step, Whisker
from leadfarm.ui.charts.scale import round_top, ticks


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 1), (0.175, 0.2), (3962, 4000), (4001, 5000), (97, 100), (1.1, 1.5)]
)
def test_the_upper_edge_is_the_next_round_number(highest: float, top: float) -> None:
    assert round_top(highest) == pytest.approx(top)


@pytest.mark.parametrize("top", [0.2, 1, 1.5, 2.5, 3, 4, 6, 8, 1000, 4000])
def test_ticks_are_even_and_end_at_the_top(top: float) -> None:
    found = ticks(top)
    assert found[-1] == pytest.approx(top)
    assert 3 <= len(found) <= 5


def _curve(**more: object) -> Line:
    points = [Point(0, 0.0, 0.0, 0.0), Point(90, 0.1, 0.05, 0.2), Point(180, 0.2, 0.1, 0.4)]
    series = Series(label="Now", points=points, step=True)
    return Line(title="t", series=[series], right=360, inset=0, top=1.0, **more)  # type: ignore[arg-type]


def test_a_step_curve_holds_its_value_until_the_next_event() -> None:
    """D-9: a Kaplan-Meier curve is a staircase, never a slope."""
    [(_, path)] = _curve().lines
    assert path == "M0 100L25 100L25 90L50 90L50 80"


def test_a_band_goes_there_above_and_back_below() -> None:
    [band] = _curve().bands
    assert band.startswith("M0 100L25 100L25 80")
    assert band.endswith("Z")


def test_what_is_not_observed_yet_is_shaded_from_its_day_on() -> None:
    chart = _curve(observed_until=180)
    assert (chart.open_from, chart.open_width) == (50.0, 50.0)


def test_the_table_carries_value_and_interval() -> None:
    chart = _curve(write=lambda y: f"{100 * y:.0f} %", names=[(90, "day 90")])
    assert chart.table[1] == ("day 90", ["10 % (5 % to 20 %)"])


@pytest.mark.parametrize(
    ("value", "low", "high", "says"),
    [(0.74, 0.60, 0.84, "met"), (0.93, 0.90, 0.96, "short"), (0.71, 0.53, 0.84, "unmet")],
)
def test_below_target_but_inside_chance_is_not_missed(
    value: float, low: float, high: float, says: str
) -> None:
    target = 0.7 if says == "met" else 0.95
    assert Whisker(value=value, low=low, high=high, target=target).says == says


def test_a_promise_of_at_most_is_judged_the_other_way() -> None:
    fast = Whisker(value=3, low=2, high=5, target=4, ceiling=10, less_is_better=True)
    slow = Whisker(value=8, low=6, high=9, target=4, ceiling=10, less_is_better=True)
    assert (fast.says, slow.says) == ("met", "unmet")


def test_shares_fill_the_line_and_empty_parts_vanish() -> None:
    chart = Shares([Share("Met", 1), Share("Unknown", 0, "unknown"), Share("Unmet", 3, "unmet")])
    assert [(left, width) for _, left, width in chart.pieces] == [(0, 25), (25, 75)]
    assert chart.spoken == "25 % met, 0 % unknown, 75 % unmet"


def test_nothing_at_all_can_be_drawn() -> None:
    assert Shares([]).pieces == []
    assert Funnel([Step(label="Inquiries", n=0)]).rows[0][1] == 0
    empty = Line(title="t", series=[Series(label="s", points=[])])
    assert empty.dot is None
    assert empty.grid


def test_the_open_part_of_a_bar_stands_on_top_of_what_is_final() -> None:
    [bar] = Bars(title="t", bars=[Bar("Nov", 60, open=40)], height=136).drawn
    assert bar.height == pytest.approx(60)
    assert bar.rest_top == pytest.approx(bar.floor - 100)


def test_a_cut_is_marked_with_the_value_it_yields() -> None:
    points = [Point(0, 900), Point(50, 486), Point(100, 10)]
    chart = Line(title="t", series=[Series(label="Delivered", points=points)], right=100, cut=50)
    assert chart.dot is not None
    assert chart.dot.text == "486"
    assert chart.dot.at == chart.cut_at
