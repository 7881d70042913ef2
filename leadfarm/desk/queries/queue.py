"""A member's queue: what is overdue, due today and coming, and how far the day has got (UX 1)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from leadfarm.access.models import Member, Workspace
from leadfarm.leads.models import Task

SHOWN = 30


@dataclass(frozen=True)
class Queue:
    """The three parts of the queue, each capped, with its full count, and today's progress."""

    overdue: list[Task]
    due: list[Task]
    upcoming: list[Task]
    overdue_count: int
    due_count: int
    upcoming_count: int
    done: int

    @property
    def to_do(self) -> int:
        """Return how many tasks are left for today."""
        return self.overdue_count + self.due_count

    @property
    def total(self) -> int:
        """Return how many tasks today has had: done and left."""
        return self.done + self.to_do

    def first(self) -> Task | None:
        """Return the task to start with."""
        return next(iter([*self.overdue, *self.due, *self.upcoming]), None)

    def after(self, task_id: int) -> Task | None:
        """Return the task that comes after this one, or the first when it is the last."""
        tasks = [*self.overdue, *self.due, *self.upcoming]
        ids = [task.id for task in tasks]
        if task_id not in ids:
            return self.first()
        rest = tasks[ids.index(task_id) + 1 :]
        return rest[0] if rest else self.first()


def midnight(workspace: Workspace, member: Member, now: datetime) -> datetime:
    """Return the end of today where the member is."""
    zone = ZoneInfo(member.time_zone or workspace.time_zone)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone)


def own_tasks(workspace: Workspace, member: Member, now: datetime) -> QuerySet[Task]:
    """Return the open, unsnoozed tasks of a member, and those their team has not given out."""
    mine = Q(owner_id=member.id)
    if member.team_id is not None:
        mine |= Q(owner_id=None, team_id=member.team_id)
    return Task.objects.of(workspace).filter(
        mine, Q(not_before=None) | Q(not_before__lte=now), done_at=None, cancelled_at=None
    )


def queue_of(workspace: Workspace, member: Member, now: datetime) -> Queue:
    """Return the member's queue in five queries, whatever its length."""
    tasks = own_tasks(workspace, member, now)
    end = midnight(workspace, member, now)
    late, today = Q(due_at__lt=now), Q(due_at__gte=now, due_at__lt=end)
    counts = tasks.aggregate(
        late=Count("id", filter=late),
        today=Count("id", filter=today),
        coming=Count("id", filter=Q(due_at__gte=end)),
    )
    listed = tasks.select_related("lead", "lead__account", "lead__contact").order_by("due_at", "id")
    return Queue(
        overdue=list(listed.filter(late)[:SHOWN]),
        due=list(listed.filter(today)[:SHOWN]),
        upcoming=list(listed.filter(due_at__gte=end)[:SHOWN]),
        overdue_count=counts["late"],
        due_count=counts["today"],
        upcoming_count=counts["coming"],
        done=_done_today(workspace, member, end),
    )


def _done_today(workspace: Workspace, member: Member, end: datetime) -> int:
    start = end - timedelta(days=1)
    done = Task.objects.of(workspace).filter(done_by_id=member.id, done_at__gte=start)
    return done.filter(done_at__lt=end).count()
