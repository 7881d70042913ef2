"""The last touches of a history: what colleagues wrote to each other, and a list for today."""

from datetime import datetime, timedelta
from random import Random

from django.db.models import F

from leadfarm.access.actors import Actor
from leadfarm.access.models import Notification, Workspace
from leadfarm.access.walls import within
from leadfarm.leads.actions import comment, note, pin, reschedule
from leadfarm.leads.models import Comment, Lead, Standing, Task
from leadfarm.rules.codes import TaskKind
from leadfarm.rules.stages import Stage
from leadfarm.simulation.cast import sayings
from leadfarm.simulation.norrvik import ANA, JO, KIRSTEN, MEI, PIOTR, SANNE, TOMAS, Norrvik

SPEAKERS = {"marketing": MEI, "pd": ANA, "sales": TOMAS}
BUSY = (ANA, TOMAS, JO, KIRSTEN, SANNE, PIOTR)
TODAY = (0.4, 1.1, 1.9, 2.8, 3.6, 4.5)  # hours from now, as far as the day is long enough
SINCE_YESTERDAY = timedelta(hours=20)
SOME_DAYS_AGO = (1, 2)


def finish(norrvik: Norrvik, now: datetime) -> None:
    """Add comments, pinned notes and today's lists; once."""
    with within(norrvik.workspace):
        if is_finished(norrvik.workspace):
            return
        _talk_to_each_other(norrvik, now)
        for colleague in BUSY:
            _fill_today(norrvik, norrvik.members[colleague.name].id, now)
        read_what_is_old(norrvik.workspace, now)


def read_what_is_old(workspace: Workspace, now: datetime) -> None:
    """Let everybody have read what they were told: the inbox of a demo begins today."""
    rows = Notification.objects.of(workspace).filter(read_at=None)
    rows.filter(told_at__lt=now - SINCE_YESTERDAY).update(read_at=F("told_at"))


def is_finished(workspace: Workspace) -> bool:
    """Return whether the last touches are there already."""
    with within(workspace):
        return Comment.objects.of(workspace).exists()


def _talk_to_each_other(norrvik: Norrvik, now: datetime) -> None:
    stages = (Stage.NURTURING, Stage.ACCEPTED, Stage.QUALIFIED, Stage.SALES_READY)
    hottest = (
        Standing.objects.of(norrvik.workspace)
        .filter(stage__in=stages, heat__isnull=False)
        .order_by("-heat")
        .select_related("lead")[:12]
    )
    dice = Random("comments")  # noqa: S311
    for number, standing in enumerate(hottest):
        at = now - timedelta(hours=5 + 19 * number)
        side, said = sayings.COMMENTS[number % len(sayings.COMMENTS)]
        author = norrvik.members[SPEAKERS[side].name]
        comment(standing.lead, said, author=author, now=at)
        if number % 2 == 0:
            _pin(standing.lead, dice.choice(sayings.PINNED), norrvik, at)


def _pin(lead: Lead, words: str, norrvik: Norrvik, at: datetime) -> None:
    text = note(lead, words, by=Actor.of(norrvik.members[ANA.name]), now=at)
    pin(lead, text.id)


def _fill_today(norrvik: Norrvik, member_id: int, now: datetime) -> None:
    """Bring the next tasks forward to today, and let a few lie since yesterday: a real list."""
    mine = Task.objects.of(norrvik.workspace).filter(
        owner_id=member_id, done_at=None, cancelled_at=None, due_at__gt=now
    )
    # What was agreed for a day stays on that day: its reason names it.
    mine = mine.exclude(kind=TaskKind.CHECK_IN)
    late = Task.objects.of(norrvik.workspace).filter(
        owner_id=member_id, done_at=None, cancelled_at=None, due_at__lte=now
    )
    coming = list(mine.order_by("due_at", "id")[: len(TODAY) + len(SOME_DAYS_AGO)])
    end = now.replace(hour=21, minute=59, second=0)
    for task, hours in zip(coming, TODAY, strict=False):
        at = (now + timedelta(hours=hours)).replace(second=0, microsecond=0)
        reschedule(task, min(at, end) if now < end else at)
    if late.exists():
        return
    for task, days in zip(coming[len(TODAY) :], SOME_DAYS_AGO, strict=False):
        reschedule(task, max(now - timedelta(days=days), task.made_at + timedelta(hours=1)))
