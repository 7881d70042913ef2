"""Programs are made, paused and resumed; leads leave them by hand."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from leadfarm.access.actors import Actor
from leadfarm.access.walls import WalledQuerySet
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions import plan_review, set_next
from leadfarm.leads.models import Lead
from leadfarm.nurture.models import Enrolment, EnrolmentState, Pause, Program, ProgramState
from leadfarm.rules.codes import Side

EMPTY: dict[str, Any] = {
    "name": "",
    "goal": None,
    "nodes": [{"key": "exit", "kind": "exit", "label": "Exit", "reason": "Came to the end"}],
}


def make_program(
    workspace_id: int, name: str, *, now: datetime, draft: dict[str, Any] | None = None
) -> Program:
    """Return a new program with a draft: the one given, or an empty tree."""
    name = name.strip()
    if not name:
        raise LeadfarmError("Give the program a name.")
    if Program.objects.of(workspace_id).filter(name=name).exists():
        raise LeadfarmError(f"A program is called {name!r} already.", "Choose another name.")
    tree = {**(draft or EMPTY), "name": name}
    return Program.objects.create(workspace_id=workspace_id, name=name, draft=tree, made_at=now)


@transaction.atomic
def pause(program: Program, *, now: datetime) -> int:
    """Stop everybody in the program where they are; return how many. What is left to wait stays."""
    mine = Program.objects.of(program.workspace_id).filter(id=program.id)
    if not mine.filter(state=ProgramState.ACTIVE).update(state=ProgramState.PAUSED, paused_at=now):
        raise LeadfarmError("Only an active program can be paused.")
    program.state, program.paused_at = ProgramState.PAUSED, now
    return _of(program, EnrolmentState.ACTIVE).update(state=EnrolmentState.PAUSED)


@transaction.atomic
def resume(program: Program, *, now: datetime) -> int:
    """Let everybody go on; return how many. A wait of three days paused on day two has one left.

    Who rests until a day of their own goes on then.
    """
    locked = Program.objects.of(program.workspace_id).select_for_update().get(id=program.id)
    if locked.paused_at is None:
        raise LeadfarmError("This program is not paused.")
    paused_for = now - locked.paused_at
    Program.objects.of(program.workspace_id).filter(id=program.id).update(
        state=ProgramState.ACTIVE, paused_at=None
    )
    program.state, program.paused_at = ProgramState.ACTIVE, None
    resting = Pause.objects.of(program.workspace_id).filter(over_at=None).values("enrolment_id")
    still = _of(program, EnrolmentState.PAUSED).exclude(id__in=resting)
    return still.update(state=EnrolmentState.ACTIVE, wake_at=F("wake_at") + paused_for)


def _of(program: Program, state: EnrolmentState) -> WalledQuerySet[Enrolment]:
    return Enrolment.objects.of(program.workspace_id).filter(program_id=program.id, state=state)


def leave(enrolment: Enrolment, *, by: Actor, now: datetime) -> None:
    """Take a lead out of a program by hand: marketing looks at it on the next working day.

    The database ends the enrolment as the lead gets another next step.
    """
    lead = Lead.objects.of(enrolment.workspace_id).get(id=enrolment.lead_id)
    owner = lead.marketing_owner_id or by.member_id
    why = f"Taken out of the program {enrolment.program.name}"
    set_next(lead, plan_review(Side.MARKETING, now, why, owner))
