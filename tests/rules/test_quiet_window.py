"""Law 6 as a pure decision."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadfarm.rules.quiet_window import Nature, QuietRule, may_touch, next_free_at

RULE = QuietRule(window=timedelta(days=3), cap=2)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_s2_16_an_unsolicited_touch_inside_the_window_is_held_with_the_reason():
    answer = may_touch(NOW, [NOW - DAY], RULE)
    assert not answer.may
    assert answer.free_at == NOW + 2 * DAY
    assert answer.reason == "Held: last touched 2026-03-09 09:00, quiet for 3 days."


def test_s2_16_the_cap_holds_for_any_seven_days():
    answer = may_touch(NOW, [NOW - 6 * DAY, NOW - 3 * DAY], RULE)
    assert not answer.may
    assert "cap" in answer.reason
    assert answer.free_at == NOW + DAY
    assert may_touch(NOW + DAY, [NOW - 6 * DAY, NOW - 3 * DAY], RULE).may


def test_the_window_ends_on_the_instant():
    assert may_touch(NOW, [NOW - 3 * DAY], RULE).may
    assert not may_touch(NOW, [NOW - 3 * DAY + timedelta(seconds=1)], RULE).may
    assert may_touch(NOW, [], RULE).may


@pytest.mark.parametrize("nature", [one for one in Nature if one.is_never_held])
def test_law_6_what_they_asked_for_is_never_held(nature):
    assert may_touch(NOW, [NOW], RULE, nature).may


def test_law_6_only_unsolicited_touches_and_cadence_steps_can_be_held():
    held = {one for one in Nature if not one.is_never_held}
    assert held == {Nature.UNSOLICITED, Nature.CADENCE_STEP}


def test_law_6_a_cadence_has_a_cap_of_its_own():
    step = Nature.CADENCE_STEP
    assert may_touch(NOW, [NOW], RULE, step, cadence_steps=7).may
    assert not may_touch(NOW, [NOW], RULE, step, cadence_steps=8).may


def test_law_6_a_person_may_override_with_a_reason():
    answer = may_touch(NOW, [NOW], RULE, override="She asked for it in the hall.")
    assert answer.may
    assert "She asked for it" in answer.reason


@given(st.lists(st.integers(min_value=1, max_value=500), max_size=60), st.integers(1, 4))
def test_s2_16_no_stream_of_wishes_breaks_window_or_cap(hours, cap):
    rule = QuietRule(window=timedelta(hours=20), cap=cap)
    at, sent = NOW, []
    for gap in hours:
        at += timedelta(hours=gap / 10)
        answer = may_touch(at, sent, rule)
        if answer.may:
            sent.append(at)
        else:
            assert answer.free_at is not None
            assert answer.free_at > at
            assert may_touch(answer.free_at, sent, rule).may
    for earlier, later in pairwise(sent):
        assert later - earlier >= rule.window
    for start, beyond in zip(sent, sent[cap:], strict=False):
        assert beyond - start >= 7 * DAY
    assert (next_free_at(sent, rule) is None) == (not sent)
