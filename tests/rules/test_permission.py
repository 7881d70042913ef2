"""Consent runs out where the law says so, and every answer carries its reason (D, law)."""

from datetime import UTC, datetime, timedelta

import pytest

from leadfarm.rules.consent import Basis, Channel, Purpose, SuppressionReason, runs_out
from leadfarm.rules.permission import Bar, Ground, permission

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("basis", "since", "until"),
    [
        (Basis.IMPLIED_INQUIRY, datetime(2025, 8, 31, 9, tzinfo=UTC), (2026, 2, 28)),
        (Basis.IMPLIED_INQUIRY, datetime(2026, 1, 15, tzinfo=UTC), (2026, 7, 15)),
        (Basis.IMPLIED_PURCHASE, datetime(2024, 2, 29, tzinfo=UTC), (2026, 2, 28)),
        (Basis.EXPRESS, NOW, None),
        (Basis.DOUBLE_OPT_IN, NOW, None),
    ],
)
def test_implied_consent_runs_out_by_the_calendar(
    basis: Basis, since: datetime, until: tuple[int, int, int] | None
) -> None:
    end = runs_out(basis, since)
    assert (end and (end.year, end.month, end.day)) == until
    assert end is None or end.time() == since.time()


def asked(purpose: Purpose = Purpose.NEWSLETTER, **told: object) -> tuple[bool, str]:
    usual = {"now": NOW, "needs_consent": True, "has_address": True}
    answer = permission(purpose, **{**usual, **told})  # type: ignore[arg-type]
    return answer.allowed, answer.why


def test_each_answer_says_why() -> None:
    express = Ground(Basis.EXPRESS, NOW - DAY)
    over = Ground(Basis.IMPLIED_INQUIRY, NOW - 300 * DAY, NOW - DAY)
    implied = Ground(Basis.IMPLIED_INQUIRY, NOW - DAY, NOW + DAY)
    gone = Ground(Basis.EXPRESS, NOW - 2 * DAY, None, NOW - DAY / 2)
    assert asked(grounds=[express, implied, over]) == (True, "Express consent")
    assert asked(grounds=[over]) == (
        False,
        "Consent has run out: implied by an inquiry (six months)",
    )
    assert asked(grounds=[over, gone]) == (False, "Consent was withdrawn")
    assert asked() == (False, "Consent is needed, and none was given")
    assert asked(needs_consent=False) == (True, "Legitimate interest")
    assert asked(has_address=False, grounds=[express]) == (False, "No address is known")
    unsubscribed = Bar(SuppressionReason.UNSUBSCRIBED, NOW - DAY)
    assert asked(bars=[unsubscribed], grounds=[express]) == (False, "Unsubscribed")
    assert asked(Purpose.SERVICE, needs_consent=False, bars=[unsubscribed])[0]
    erased = Bar(SuppressionReason.ERASED, NOW - DAY, Channel.ALL)
    assert not asked(Purpose.SERVICE, needs_consent=False, bars=[erased])[0]
    for beside in (
        Bar(SuppressionReason.DO_NOT_CALL, NOW, Channel.PHONE),
        Bar(SuppressionReason.UNSUBSCRIBED, NOW, purpose=Purpose.EVENTS),
    ):
        assert asked(bars=[beside], grounds=[express])[0]
