"""One human step: does anyone answer, what do they say, what is learned."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import Outcome, complete_task
from leadfarm.leads.models import Lead, Task, Touch
from leadfarm.rules.codes import Disposition, TaskKind
from leadfarm.simulation.cast import Fate, Prospect, sayings
from leadfarm.simulation.learning import learn_from_talk, placed

UNREACHED = (Disposition.NO_ANSWER, Disposition.LEFT_VOICEMAIL, Disposition.GATEKEEPER)
WARM = (Disposition.HELP_NOW, Disposition.MEETING_BOOKED, Disposition.CALLBACK)
UNFIT_WORDS = {
    "student": sayings.STUDENT,
    "competitor": sayings.COMPETITOR,
    "small": sayings.TOO_SMALL,
}


@dataclass(frozen=True)
class Talked:
    """A call as it went."""

    touch: Touch | None
    disposition: Disposition


def talk(task: Task, lead: Lead, prospect: Prospect, *, by: Actor, now: datetime) -> Talked:
    """Close the task as the call went; what was said and learned stands on the record."""
    dice = prospect.dice("talk", task.kind, now.isoformat())
    disposition = answer(prospect, TaskKind(task.kind), now.date(), dice)
    outcome = Outcome(
        disposition=disposition,
        said=words(prospect, disposition, dice),
        agreed_at=agreed(disposition, prospect, now, dice),
        minutes=dice.randint(4, 19) if disposition.connected else 1,
    )
    touch = complete_task(task, outcome, by=by, now=now)
    if disposition.connected and touch is not None:
        learn_from_talk(lead, prospect, touch, by=by, now=now, dice=dice)
    return Talked(touch, disposition)


def answer(prospect: Prospect, kind: TaskKind, today: date, dice: Random) -> Disposition:
    """Return how the call goes, from the truth about the prospect."""
    if dice.random() > prospect.reach:
        lost = prospect.fate is Fate.SILENT and dice.random() < 0.1
        return Disposition.WRONG_NUMBER if lost else dice.choices(UNREACHED, (5, 3, 2))[0]
    if prospect.fate is Fate.UNFIT:
        return Disposition.NOT_INTERESTED
    if prospect.fate in (Fate.STAYS, Fate.SILENT):
        cold = (Disposition.NOT_NOW, Disposition.NOT_INTERESTED, Disposition.DO_NOT_CALL)
        return dice.choices(cold, (80, 17, 3))[0]
    left = prospect.days_left(today)
    if left < -20:
        return Disposition.NOT_INTERESTED
    if left > (200 if kind is TaskKind.GREET else 260):
        return Disposition.NOT_NOW
    return dice.choices(WARM, (80, 12, 8))[0]


def agreed(
    disposition: Disposition, prospect: Prospect, now: datetime, dice: Random
) -> datetime | None:
    """Return the date agreed on, for dispositions that have one."""
    if disposition is Disposition.NOT_NOW:
        left = prospect.days_left(now.date())
        later = min(150, max(30, left - 150)) if left > 0 else 120
        return working(now + timedelta(days=later), dice) if dice.random() < 0.25 else None
    if disposition.needs_date:
        return working(now + timedelta(days=dice.randint(2, 9)), dice)
    return None


def working(at: datetime, dice: Random) -> datetime:
    """Return a time in office hours on that day, or on the Monday after a weekend."""
    if at.weekday() > 4:
        at += timedelta(days=7 - at.weekday())
    minute = dice.choice((0, 0, 15, 30, 30))
    return at.replace(hour=dice.randint(8, 15), minute=minute, second=0, microsecond=0)


def words(prospect: Prospect, disposition: Disposition, dice: Random) -> str:
    """Return what the contact said; empty where nobody answered or nothing is worth keeping."""
    if not disposition.connected:
        return ""
    if prospect.unfit:
        return dice.choice(UNFIT_WORDS[prospect.unfit])
    if disposition in (Disposition.NOT_INTERESTED, Disposition.DO_NOT_CALL):
        return dice.choice(sayings.NOT_INTERESTED)
    if disposition is Disposition.NOT_NOW:
        return placed(dice.choice(sayings.NOT_NOW), prospect, dice)
    return placed(dice.choice(sayings.HELP_NOW), prospect, dice)
