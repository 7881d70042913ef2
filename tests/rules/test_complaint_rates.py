"""A rate of complaints needs a number of them, not one unlucky mail."""

import pytest

from leadfarm.rules.complaint_rates import ComplaintLevel, complaint_level

FINE, WARN, STOP = ComplaintLevel.FINE, ComplaintLevel.WARN, ComplaintLevel.STOP


@pytest.mark.parametrize(
    ("complaints", "sent", "level"),
    [
        (0, 0, FINE), (1, 1, FINE), (1, 10, FINE), (2, 10, WARN), (2, 2_000, WARN),
        (2, 2_001, FINE), (3, 1_000, STOP), (3, 1_001, WARN), (30, 10_000, STOP), (3, 0, FINE),
    ],
)  # fmt: skip
def test_warned_of_at_a_thousandth_and_stopped_at_three(
    complaints: int, sent: int, level: ComplaintLevel
):
    assert complaint_level(complaints, sent) is level
