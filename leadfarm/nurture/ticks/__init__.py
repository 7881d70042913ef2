"""What makes programs move: one tick of a workspace, repeatable and safe beside another."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from leadfarm.nurture.actions.resting import wake_due
from leadfarm.nurture.models import Program, ProgramState
from leadfarm.nurture.ticks import ending, entering, people, sending, streaming, walking
from leadfarm.nurture.ticks.entering import enrol
from leadfarm.nurture.ticks.plans import BATCH, Round, round_of

__all__ = ["Counts", "advance", "enrol", "sweep", "tick", "workspaces_with_programs"]

# A tree has at most 300 steps, and a loop takes time: more rounds than that mean new work.
MOST_ROUNDS = 400


@dataclass
class Counts:
    """What a tick did."""

    entered: int = 0
    answers: int = 0
    tasks: int = 0
    messages: int = 0
    held: int = 0
    moved: int = 0
    ended: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return asdict(self)


def tick(workspace_id: int, now: datetime, *, batch: int = BATCH) -> Counts:
    """Do everything that is due in the workspace's programs at `now`; return what was done.

    Every statement is a transaction of its own: killed between two of them, the next tick goes on
    where this one stopped.
    """
    counts = Counts()
    plan = round_of(workspace_id, now, batch)
    for _ in range(MOST_ROUNDS):
        if not _once(plan, counts):
            break
    return counts


def _once(plan: Round, counts: Counts) -> int:
    """Let in who comes by themselves and go once through it; return how many did something."""
    counts.entered += (entered := entering.arrivals(plan) + entering.due_again(plan))
    return entered + advance(plan, counts)


def advance(plan: Round, counts: Counts, lead_id: int | None = None) -> int:
    """Run each kind of step of this round once; return how many enrolments did something.

    With `lead_id` only this lead's tasks are handed on.
    """
    counts.answers += (answers := people.answers(plan, lead_id))
    plan = plan.looked_up()
    counts.ended += (reached := ending.goals_reached(plan))
    walks: tuple[Callable[[Round], int], ...] = (
        walking.waits,
        walking.listeners,
        walking.branches,
        walking.splits,
        walking.updates,
    )
    moved = sum(walk(plan) for walk in walks) + streaming.moves(plan)
    counts.moved += moved
    sent = sending.messages(plan := plan.looked_up()) + streaming.pieces(plan)
    counts.messages += sent.planned
    counts.held += sent.held
    counts.tasks += (tasks := people.tasks(plan))
    counts.ended += (ended := ending.ends(plan))
    return answers + reached + moved + sent.looked_at + tasks + ended


def sweep(workspace_id: int, now: datetime) -> int:
    """Let in by clause whoever came to meet one without an event, and out of streams those too.

    Rests whose day has come end. Returns how many entered, left, or go on.
    Slower than a tick, so it runs less often.
    """
    plan = round_of(workspace_id, now)
    rested = wake_due(workspace_id, now)
    return rested + entering.by_clause(plan) + streaming.leavers(plan) + ending.strays(plan)


def workspaces_with_programs() -> list[int]:
    """Return the workspaces in which a program runs. The worker's view: it sees them all."""
    running = Program.objects.filter(state=ProgramState.ACTIVE)
    return sorted(running.values_list("workspace_id", flat=True).distinct())
