"""The people of the company at their lists: each task by its kind."""

from datetime import datetime, timedelta

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member
from leadfarm.leads.actions import Outcome, complete_task, make_task, name_need
from leadfarm.leads.models import Lead, Standing, Task
from leadfarm.rules.codes import NextKind, Side, TaskKind
from leadfarm.rules.stages import Stage
from leadfarm.simulation import judging, sales
from leadfarm.simulation.cast import Fate, Prospect
from leadfarm.simulation.cast.trades import NEEDS
from leadfarm.simulation.norrvik import Norrvik
from leadfarm.simulation.talk import Talked, talk

SILENT_KINDS = frozenset({TaskKind.RESEARCH, TaskKind.MAIL})


def work_task(norrvik: Norrvik, task: Task, prospect: Prospect, now: datetime) -> None:
    """Do one task as its owner would, and what follows from it."""
    lead = Lead.objects.of(norrvik.workspace).get(id=task.lead_id)
    stage = stage_of(lead)
    member = doer(norrvik, task, lead)
    if task.kind == TaskKind.REVIEW:
        if stage is Stage.SALES_READY:
            sales.answer_delivery(norrvik, lead, prospect, by=member, now=now)
        else:
            judging.judge(task, lead, prospect, stage, by=Actor.of(member), now=now)
        return
    if task.kind in SILENT_KINDS:
        _quietly(task, lead, prospect, by=Actor.of(member), now=now)
        return
    if stage is Stage.QUALIFIED and sales.is_decided(lead, prospect, by=member, now=now):
        return
    talked = talk(task, lead, prospect, by=Actor.of(member), now=now)
    _after(lead, prospect, talked, stage, member, now + timedelta(minutes=1))


def doer(norrvik: Norrvik, task: Task, lead: Lead) -> Member:
    """Return who does it: the owner; for a team's task, the lead's own prospect developer."""
    return norrvik.member(task.owner_id or lead.pd_owner_id or lead.sales_owner_id or 0)


def stage_of(lead: Lead) -> Stage:
    """Return the stage of a lead now."""
    return Stage(Standing.objects.of(lead.workspace_id).get(lead_id=lead.id).stage)


def _after(
    lead: Lead, prospect: Prospect, talked: Talked, stage: Stage, member: Member, now: datetime
) -> None:
    """Do what a good colleague does after the call: name the need, deliver, qualify."""
    if not talked.disposition.connected or prospect.unfit:
        return
    if not lead.need and prospect.fate is not Fate.SILENT and talked.touch is not None:
        need = prospect.dice("need").choice(NEEDS).format(prospect.machine)
        name_need(lead, need, by=Actor.of(member), now=now, touch=talked.touch)
    if stage in (Stage.INQUIRY, Stage.NURTURING):
        judging.try_delivery(lead, talked.disposition, by=Actor.of(member), now=now)
    elif stage is Stage.ACCEPTED:
        sales.decide_after_first_talk(lead, prospect, by=Actor.of(member), now=now)
    elif stage is Stage.QUALIFIED:
        sales.keep_going(lead, prospect, by=Actor.of(member), now=now)


def _quietly(task: Task, lead: Lead, prospect: Prospect, *, by: Actor, now: datetime) -> None:
    """Close a task that needs no talk. After research comes a call, or a review."""
    said = "Switchboard gave the right number." if task.kind == TaskKind.RESEARCH else ""
    complete_task(task, Outcome(said=said), by=by, now=now)
    if task.kind != TaskKind.RESEARCH:
        return
    kind = TaskKind.REVIEW if prospect.fate is Fate.SILENT else TaskKind.CALL
    why = "No number found that answers" if kind is TaskKind.REVIEW else "Right number found"
    soon = now + timedelta(hours=20)
    make_task(lead, kind, side=Side.PD, why=why, due_at=soon, now=now, owner_id=lead.pd_owner_id)


def work_review(norrvik: Norrvik, standing: Standing, prospect: Prospect, now: datetime) -> None:
    """Look at a lead whose review date has come: greet the new, check in with the old."""
    lead = Lead.objects.of(norrvik.workspace).get(id=standing.lead_id)
    if standing.next_kind != NextKind.REVIEW:
        return
    is_new = standing.stage in (Stage.RAW, Stage.INQUIRY)
    kind = TaskKind.GREET if is_new else TaskKind.CHECK_IN
    why = "New inquiry: can we help now?" if is_new else "Messages are out: ask what was useful"
    if standing.stage > Stage.NURTURING:
        kind, why = TaskKind.CALL, "Agree on the next step with them"
    side = Side.SALES if standing.stage > Stage.NURTURING or is_new else Side.PD
    owner = lead.sales_owner_id if side is Side.SALES else lead.pd_owner_id
    due = now + timedelta(hours=3)
    make_task(lead, kind, side=side, why=why, due_at=due, now=now, owner_id=owner)
