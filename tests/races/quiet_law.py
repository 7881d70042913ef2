"""Law 6 as a reader of the timeline would check it: no touch too soon, no reason that is wrong."""

from dataclasses import dataclass
from datetime import datetime

from leadfarm.leads.models import Touch
from leadfarm.rules.consent import HeldBecause
from leadfarm.rules.quiet_window import CAP_SPAN, QuietRule
from leadfarm.rules.quiet_window import may_touch as rule_allows


@dataclass(frozen=True)
class Counted:
    """An unsolicited touch: when, since when we know of it, and whether somebody asked first.

    `first` is when its window was taken: earlier where the mail then waited for its server.
    """

    at: datetime
    known: datetime
    asked: bool
    what: str
    first: datetime


def broken(touches: list[Counted], rule: QuietRule) -> list[str]:
    """Return each touch that was asked for and was made inside the window or above the cap."""
    said = []
    for one in touches:
        known = [b for b in touches if b is not one and b.known <= one.known and b.at <= one.at]
        near = [b.what for b in known if one.at - b.at < rule.window]
        week = [b.what for b in known if one.at - b.at < CAP_SPAN]
        if one.asked and (near or len(week) >= rule.cap):
            said.append(f"{one.what} at {one.at:%m-%d %H:%M} after {near or week}")
    return said


def told_the_truth(log: Touch, touches: list[Counted], rule: QuietRule) -> None:
    """The reason on the timeline is the rule's."""
    then = log.happened_at
    before = [one.at for one in touches if one.known <= then >= one.at]
    before += [one.first for one in touches if one.first <= then < one.at]
    answer = rule_allows(then, sorted(before), rule)
    assert not answer.may, f"held back at {then} though free: {before}"
    because = HeldBecause.WEEKLY_CAP if "cap" in answer.reason else HeldBecause.QUIET_WINDOW
    assert log.ref == because, answer.reason
