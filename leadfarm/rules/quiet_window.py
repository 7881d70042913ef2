"""The quiet window (law 6): may this contact be touched now, and if not, when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from leadfarm.rules.coded import Code

CAP_SPAN = timedelta(days=7)


class Nature(Code):
    """Why we touch. Details: never held back."""

    UNSOLICITED = 1, "Unsolicited", False
    CADENCE_STEP = 2, "Step of a running cadence", False
    REPLY = 3, "Reply to what they wrote", True
    ASKED_FOR = 4, "What they just asked for", True
    CONFIRMATION = 5, "Confirmation", True
    CALENDAR = 6, "Calendar answer", True
    HAND_RAISE_CALL = 7, "First call to a hand-raiser", True

    is_never_held: bool


@dataclass(frozen=True)
class QuietRule:
    """A workspace's window, its cap for any seven days, and the cap of steps in one cadence."""

    window: timedelta = timedelta(days=3)
    cap: int = 2
    cadence_cap: int = 8


@dataclass(frozen=True)
class Answer:
    """Whether to go on, the reason to log, and from when on it is free (None when it may)."""

    may: bool
    reason: str
    free_at: datetime | None = None


def may_touch(
    now: datetime,
    touched_at: Sequence[datetime],
    rule: QuietRule,
    nature: Nature = Nature.UNSOLICITED,
    *,
    cadence_steps: int = 0,
    override: str = "",
) -> Answer:
    """Whether a contact with these unsolicited outbound touches behind may be touched at `now`.

    `override` is the reason of a person who was told and goes on; a program has none.
    """
    if nature.is_never_held:
        return Answer(True, f"Not held: {nature.label.lower()}.")
    if nature is Nature.CADENCE_STEP:
        answer = _within_cadence(cadence_steps, rule)
    else:
        answer = _outside_window(now, touched_at, rule)
    if answer.may or not override:
        return answer
    return Answer(True, f"{answer.reason} Sent all the same: {override}")


def next_free_at(touched_at: Sequence[datetime], rule: QuietRule) -> datetime | None:
    """From when on window and cap allow the next unsolicited touch; None when never touched."""
    touches = sorted(touched_at)
    if not touches:
        return None
    by_window = touches[-1] + rule.window
    if len(touches) < rule.cap:
        return by_window
    return max(by_window, touches[-rule.cap] + CAP_SPAN)


def _outside_window(now: datetime, touched_at: Sequence[datetime], rule: QuietRule) -> Answer:
    free_at = next_free_at(touched_at, rule)
    if free_at is None or free_at <= now:
        return Answer(True, "Outside the quiet window.")
    last = max(touched_at)
    if now < last + rule.window:
        reason = f"Held: last touched {last:%Y-%m-%d %H:%M}, quiet for {_spell(rule.window)}."
    else:
        reason = f"Held: {rule.cap} touches in seven days is the cap."
    return Answer(False, reason, free_at)


def _within_cadence(steps: int, rule: QuietRule) -> Answer:
    if steps < rule.cadence_cap:
        return Answer(True, f"Step {steps + 1} of a cadence, which counts as one touch.")
    return Answer(False, f"Held: a cadence has at most {rule.cadence_cap} steps.")


def _spell(span: timedelta) -> str:
    hours = round(span.total_seconds() / 3600)
    count, unit = (hours // 24, "day") if hours >= 24 and hours % 24 == 0 else (hours, "hour")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
