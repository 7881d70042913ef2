"""Parts of a running program that cannot be asked any more, and who waits there."""

from collections import Counter
from dataclasses import dataclass

from leadfarm.nurture.clauses import can_be_asked
from leadfarm.nurture.models import LIVE, Enrolment, Program, ProgramVersion
from leadfarm.nurture.ticks.plans import goal_of, steps_of


@dataclass(frozen=True)
class Stuck:
    """A step, the goal or the entry with a condition that cannot be asked; `here` leads wait."""

    label: str
    key: str = ""
    here: int = 0


def stuck_in(program: Program) -> list[Stuck]:
    """Return what is stuck in any version that somebody may be on; [] where all can be asked.

    One query more where a step is stuck.
    """
    versions = ProgramVersion.objects.of(program.workspace_id).filter(program_id=program.id)
    numbers = list(versions.values_list("id", flat=True))
    steps = [step for number in numbers for step in steps_of(program.workspace_id, number)]
    stuck = [step for step in steps if step.is_stuck]
    found = []
    if stuck:
        there = Enrolment.objects.of(program.workspace_id).filter(
            node_id__in=[step.id for step in stuck], state__in=LIVE
        )
        here = Counter(there.values_list("node_id", flat=True))
        found = [Stuck(step.label, step.key, here[step.id]) for step in stuck]
        found = [one for one in found if one.here]
    goals = [goal_of(program.workspace_id, number)[1] for number in numbers]
    if any(goal and not can_be_asked(goal) for goal in goals):
        found.append(Stuck("The goal of the program"))
    if program.entry and not can_be_asked(program.entry):
        found.append(Stuck("Who comes in by themselves"))
    return found
