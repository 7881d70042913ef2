"""A company's months in minutes: one day after the other, on a clock of its own."""

import heapq
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from leadfarm.leads.models import Lead, Standing, Task
from leadfarm.rules.codes import NextKind, TaskKind, TouchKind
from leadfarm.rules.stages import OPEN
from leadfarm.simulation.cast import Prospect
from leadfarm.simulation.desk import work_review, work_task
from leadfarm.simulation.inbound import enter, show_up, visits
from leadfarm.simulation.machine import can_send, next_due, tick
from leadfarm.simulation.norrvik import Norrvik

# When the people of the company get to their lists, in hours of the day in UTC.
ROUNDS = (8.25, 13.0)
MINUTES_A_TASK = 6


@dataclass
class Life:
    """A company and the prospects it meets."""

    norrvik: Norrvik
    prospects: list[Prospect]
    seed: int
    until: datetime
    program_begins: datetime
    by_lead: dict[int, Prospect] = field(default_factory=dict)
    people: dict[int, Prospect] = field(default_factory=dict)
    # What the contacts will do by themselves: when, the lead's number, what, its id.
    coming: list[tuple[datetime, int, TouchKind, int]] = field(default_factory=list)
    entered: int = 0
    done: int = 0

    @cached_property
    def sends(self) -> bool:
        """Return whether the company's messages go anywhere."""
        return can_send(self.norrvik.workspace)

    @property
    def workspace_id(self) -> int:
        """Return the workspace it happens in."""
        return self.norrvik.workspace.id


def live(life: Life, start: datetime, until: datetime) -> None:
    """Let it happen from `start` to `until`: from each half day with anything due to the next.

    Call it inside the workspace.
    """
    at = start.replace(hour=0, minute=0, second=0, microsecond=0)
    while (at := _next_round(life, at)) < until:
        _arrivals(life, at)
        if at >= life.program_begins:
            tick(life.norrvik.workspace, at, sends=life.sends)
        if at.weekday() < 5:
            work_round(life, at, until)
    _arrivals(life, until)
    if life.by_lead:
        tick(life.norrvik.workspace, until, sends=life.sends)


def _next_round(life: Life, after: datetime) -> datetime:
    """Return the next half day after this instant with anything due; the end when there is none."""
    awaited = [next_due(life.norrvik.workspace, life.by_lead, after, sends=life.sends)]
    if life.entered < len(life.prospects):
        awaited.append(life.prospects[life.entered].enters_at)
    if life.coming:
        awaited.append(life.coming[0][0])
    instants = [one for one in awaited if one is not None]
    return _round_at(max(after, min(instants)), after) if instants else life.until


def _round_at(instant: datetime, after: datetime) -> datetime:
    """Return the first round at or after the instant; later than `after` in any case."""
    day = instant.replace(hour=0, minute=0, second=0, microsecond=0)
    rounds = (day + timedelta(days=days, hours=hour) for days in (0, 1) for hour in ROUNDS)
    return next(one for one in rounds if one >= instant and one > after)


def _arrivals(life: Life, limit: datetime) -> None:
    """Let in who comes before this instant, and let the others do what they do by themselves."""
    while life.entered < len(life.prospects):
        prospect = life.prospects[life.entered]
        if prospect.enters_at >= limit:
            break
        lead = enter(life.norrvik, prospect)
        # A colleague's lead that they join stays what it is in truth.
        life.by_lead.setdefault(lead.id, prospect)
        life.people[prospect.number] = prospect
        life.entered += 1
        for at, kind in visits(prospect, life.until):
            heapq.heappush(life.coming, (at, prospect.number, kind, lead.id))
    while life.coming and life.coming[0][0] < limit:
        at, number, kind, lead_id = heapq.heappop(life.coming)
        show_up(lead_of(life, lead_id), life.people[number], kind, at)


def work_round(life: Life, at: datetime, until: datetime) -> None:
    """Let everybody work their list once: tasks that are due, and leads to look at again."""
    clock = at
    for task in _due_tasks(life, at):
        prospect = life.by_lead.get(task.lead_id)
        moment = max(clock, _agreed(task, at))
        if prospect is None or moment >= until:
            continue
        if _gets_done(life, task, prospect, at):
            work_task(life.norrvik, task, prospect, moment)
            life.done += 1
            clock += timedelta(minutes=MINUTES_A_TASK)
    for standing in _due_reviews(life, at):
        prospect = life.by_lead.get(standing.lead_id)
        if prospect is not None and clock < until:
            work_review(life.norrvik, standing, prospect, clock)
            clock += timedelta(minutes=2)


def _agreed(task: Task, at: datetime) -> datetime:
    """Return when it may be done: a call agreed for three o'clock is made at three."""
    return max(at, task.due_at) if task.kind == TaskKind.CALL and task.attempt == 1 else at


def _due_tasks(life: Life, at: datetime) -> list[Task]:
    end = at.replace(hour=23, minute=0)
    mine = Task.objects.of(life.workspace_id).filter(
        lead_id__in=life.by_lead, done_at=None, cancelled_at=None
    )
    found = [
        task
        for task in mine.order_by("due_at")
        if (task.due_at <= end or task.kind in (TaskKind.GREET, TaskKind.REVIEW))
        and (task.not_before is None or task.not_before <= at)
    ]
    return sorted(found, key=lambda t: (t.due_at, life.by_lead[t.lead_id].number, t.kind))


def _due_reviews(life: Life, at: datetime) -> list[Standing]:
    end = at.replace(hour=23, minute=0)
    mine = Standing.objects.of(life.workspace_id).filter(
        lead_id__in=life.by_lead, next_kind=NextKind.REVIEW, next_at__lte=end, stage__in=OPEN
    )
    return sorted(mine, key=lambda s: (s.next_at, life.by_lead[s.lead_id].number))


def _gets_done(life: Life, task: Task, prospect: Prospect, at: datetime) -> bool:
    dice = prospect.dice("pace", task.kind, task.attempt, at.isoformat())
    return dice.random() < life.norrvik.pace(task.owner_id)


def lead_of(life: Life, lead_id: int) -> Lead:
    """Return the lead as it is now."""
    return Lead.objects.of(life.workspace_id).select_related("contact").get(id=lead_id)
