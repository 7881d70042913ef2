"""The ten dispositions: what one human touch came to, and what each alone sets going (S2-18)."""

from __future__ import annotations

from leadfarm.rules.coded import Code
from leadfarm.rules.touch_kinds import TouchKind


class Side(Code):
    """Whose move it is: who acts next. Ownership stays shared."""

    MARKETING = 1, "Marketing"
    PD = 2, "Prospect development"
    SALES = 3, "Sales"
    PROSPECT = 4, "Prospect"


class Follow(Code):
    """What follows a disposition."""

    FAST_TRACK = 1, "Fast track: a Qualify task for today"
    NURTURE = 2, "Nurture: messages for a set period, then a check-in"
    REVIEW = 3, "Review: disqualify with a reason, or recycle"
    TASK_ON_DATE = 4, "The same task on the date agreed"
    MEETING = 5, "The meeting on its date"
    RETRY = 6, "Another attempt of this touch cycle"
    RESEARCH = 7, "Research: find the right number or person"
    NO_CALLS = 8, "No more calls; mail stays possible"


class DateNeed(Code):
    """Whether a disposition carries a date."""

    NONE = 0, "No date"
    MAY = 1, "A date, when known"
    MUST = 2, "A date"


class Disposition(Code):
    """One row: number, label, key, connected, move (None: it stays), what follows, date."""

    HELP_NOW = 1, "Connected – help now", "1", True, Side.SALES, Follow.FAST_TRACK, DateNeed.NONE
    NOT_NOW = 2, "Connected – not now", "2", True, Side.MARKETING, Follow.NURTURE, DateNeed.MAY
    NOT_INTERESTED = (
        *(3, "Connected – not interested", "3"),
        *(True, Side.PD, Follow.REVIEW, DateNeed.NONE),
    )
    CALLBACK = 4, "Callback", "4", True, None, Follow.TASK_ON_DATE, DateNeed.MUST
    MEETING_BOOKED = 5, "Meeting booked", "5", True, None, Follow.MEETING, DateNeed.MUST
    LEFT_VOICEMAIL = 6, "Left voicemail", "6", False, None, Follow.RETRY, DateNeed.NONE
    NO_ANSWER = 7, "No answer", "7", False, None, Follow.RETRY, DateNeed.NONE
    GATEKEEPER = 8, "Gatekeeper", "8", False, None, Follow.RETRY, DateNeed.NONE
    WRONG_NUMBER = (
        *(9, "Wrong number or left company", "9"),
        *(False, Side.PD, Follow.RESEARCH, DateNeed.NONE),
    )
    DO_NOT_CALL = 10, "Do not call", "0", True, Side.MARKETING, Follow.NO_CALLS, DateNeed.NONE

    key: str
    connected: bool
    move: Side | None
    follow: Follow
    date_need: DateNeed

    @property
    def needs_date(self) -> bool:
        """Whether it cannot be recorded without a date."""
        return self.date_need is DateNeed.MUST


def was_two_way(kind: TouchKind, disposition: Disposition | None) -> bool:
    """Whether both sides spoke: by the kind of touch, or by what a call of ours came to (S2-12)."""
    if kind.counts_as_two_way:
        return True
    return kind is TouchKind.CALL and disposition is not None and disposition.connected
