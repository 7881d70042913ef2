"""What an inbound touch leaves on the record, written by one statement (sql/capture.sql)."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from leadfarm.access.actors import Actor
from leadfarm.access.models import Workspace
from leadfarm.access.notices import telling
from leadfarm.engine.statements import columns_of, loaded, prepared
from leadfarm.intake.actions.greeting import greeting, judging
from leadfarm.intake.actions.owning import Owned, find_owners
from leadfarm.intake.sql import statement
from leadfarm.leads.actions import move, plan_review
from leadfarm.leads.actions.stepping import NextStep
from leadfarm.leads.actions.touching import points_of
from leadfarm.leads.actions.words import words_of
from leadfarm.leads.models import Campaign, Contact, Lead, Source, Standing, Task, Touch
from leadfarm.rules import heat as heats
from leadfarm.rules.codes import NextKind, Origin, Side, TaskKind, TouchKind
from leadfarm.rules.opening import Decision, Opening
from leadfarm.rules.stages import OPEN, Stage

HELD = f"""
SELECT {columns_of(Standing, "standing")}, {columns_of(Lead, "lead")},
       {columns_of(Source, "source")}
  FROM leads_standing standing
  JOIN leads_lead lead
    ON lead.workspace_id = standing.workspace_id AND lead.id = standing.lead_id
  LEFT JOIN leads_source source
    ON source.workspace_id = lead.workspace_id AND source.id = lead.source_id
 WHERE standing.workspace_id = %(workspace)s::integer AND standing.lead_id = %(lead)s::bigint
   FOR UPDATE OF standing
"""  # noqa: S608 (columns of our own models)


@dataclass(frozen=True)
class Caller:
    """Who came in, by what, and for what; when it happened, and since when it is known."""

    workspace: Workspace
    contact: Contact
    kind: TouchKind
    need: str
    external_id: str
    source: Source | None
    campaign: Campaign | None
    by: Actor
    happened_at: datetime
    known_at: datetime
    now: datetime

    @property
    def by_machine(self) -> bool:
        """Whether nobody did anything: the name stood in a list."""
        return self.kind is TouchKind.LIST_ENTRY


@dataclass(frozen=True)
class Draft:
    """The lead it is about (without a number: to be opened), and what changes about it.

    `step` is the next step where there is a new one; with `greets`, a task is made for it.
    """

    lead: Lead
    stage: Stage
    heat: float | None
    step: NextStep | None = None
    greets: bool = False
    team_id: int | None = None
    joins_group: bool = False
    owned: Owned = field(default_factory=Owned)


def fresh(caller: Caller, previous_id: int | None) -> Draft:
    """Return the lead that is to be opened: an Inquiry where the contact asked something."""
    told = {
        "source": caller.source.id if caller.source else None,
        "campaign": caller.campaign.id if caller.campaign else None,
        "need": caller.need,
    }
    owned = find_owners(caller.workspace, caller.contact, told, previous_id, now=caller.now)
    lead, heat = _lead(caller, previous_id, owned), _heat(caller, None)
    if not caller.kind.is_inquiry:
        step = judging(caller.workspace, lead, now=caller.now)
        return Draft(lead, Stage.RAW, heat, step, owned=owned)
    step, team_id = greeting(caller.workspace, lead, caller.kind, owned.people, now=caller.now)
    return Draft(lead, Stage.INQUIRY, heat, step, True, team_id, owned=owned)


def _lead(caller: Caller, previous_id: int | None, owned: Owned) -> Lead:
    workspace, contact = caller.workspace, caller.contact
    company = contact.account.name if contact.account else contact.name
    asked = caller.need or caller.kind.label.lower()
    return Lead(
        workspace_id=workspace.id,
        contact=contact,
        account=contact.account,
        external_id=caller.external_id or None,
        title=f"{company}: {asked}"[:200],
        need=caller.need[:300],
        source=caller.source,
        campaign=caller.campaign,
        previous_lead_id=previous_id,
        marketing_owner_id=owned.of(Side.MARKETING),
        pd_owner_id=owned.of(Side.PD),
        sales_owner_id=owned.of(Side.SALES),
        firm_id=owned.firm,
        entered_at=caller.happened_at,
        known_at=caller.known_at,
        recorded_at=caller.now,
    )


def joining(caller: Caller, lead_id: int, decision: Decision) -> Draft:
    """Return what changes about a lead that is there; what sleeps or was raw becomes an Inquiry.

    It is greeted unless there is something better to do already: a task, a program, or no move. A
    raised hand goes before all of them but a greeting that is due no later.
    """
    workspace, kind, now = caller.workspace, caller.kind, caller.now
    standing = _held(workspace, lead_id)
    lead, stage, next_kind = standing.lead, Stage(standing.stage), standing.next_kind
    if kind.is_inquiry and stage in (Stage.RAW, Stage.DORMANT):
        review = plan_review(Side.PD, now, decision.reason, lead.pd_owner_id)
        move(lead, to=Stage.INQUIRY, by=caller.by, because=kind.label, now=now, next_step=review)
        stage, next_kind = Stage.INQUIRY, NextKind.REVIEW
    step, team_id = None, None
    asks = kind.is_inquiry or kind is TouchKind.MAIL_REPLIED
    if asks and stage in OPEN and (next_kind == NextKind.REVIEW or kind.is_hand_raise):
        step, team_id = greeting(workspace, lead, kind, None, now=now)
        if next_kind == NextKind.TASK and not _makes_way(standing, step, now):
            step, team_id = None, None
    joins = decision.opening is Opening.JOIN_GROUP
    heat = _heat(caller, standing.heat)
    return Draft(lead, stage, heat, step, step is not None, team_id, joins)


def _makes_way(standing: Standing, step: NextStep, now: datetime) -> bool:
    """Return whether the task a lead waits for gives way to the call of a raised hand.

    Another greeting stays where it is due no later, and is replaced where it is. Whatever else was
    planned stays on its owner's list, also when it is late: it is not what was asked for now.
    """
    waiting = Task.objects.of(standing.workspace_id).filter(id=standing.task_id or 0)
    greets = waiting.filter(kind=TaskKind.GREET, done_at=None, enrolment_id=None)
    if greets.filter(due_at__lte=step.at).exists():
        return False
    greets.update(cancelled_at=now)
    return True


def _held(workspace: Workspace, lead_id: int) -> Standing:
    """Return the standing with its lead and source, locked until the transaction ends."""
    (row,) = prepared(HELD, {"workspace": workspace.id, "lead": lead_id})
    standing, lead = loaded(Standing, row, "standing"), loaded(Lead, row, "lead")
    assert standing is not None, "every lead has a standing"
    assert lead is not None
    lead.source, standing.lead = loaded(Source, row, "source"), lead
    return standing


def write(caller: Caller, draft: Draft, words: dict[str, Any]) -> tuple[Lead, Touch, int]:
    """Write all of it; return the lead, the touch, and the number of the receipt.

    `words` are what was said, and what its receipt tells: payload, door, key, form, opening.
    """
    terms = {**_of_arrival(caller), **_of_lead(draft.lead), **_of_step(draft), **words}
    terms["need"] = caller.need[:300]
    terms["reasons"] = json.dumps(draft.owned.reasons())
    terms["told"] = _told(draft, caller.by)
    (made,) = prepared(capturing(), terms)
    lead = draft.lead
    lead.id, lead._state.adding, lead._state.db = made["lead_id"], False, "default"
    lead.need = lead.need or terms["need"]
    touch = Touch(
        id=made["touch_id"],
        workspace_id=caller.workspace.id,
        kind=caller.kind,
        by_machine=caller.by_machine,
        lead_id=lead.id,
        contact_id=caller.contact.id,
        happened_at=caller.happened_at,
        known_at=caller.known_at,
        recorded_at=caller.now,
        member_id=caller.by.member_id,
        campaign_id=terms["campaign"],
        heat_after=None if caller.by_machine else draft.heat,
    )
    return lead, touch, int(made["receipt_id"])


@cache
def capturing() -> str:
    """Return the statement that captures, and tells new owners that the lead is theirs."""
    return statement("capture").replace("{telling}", telling("owning"))


def _told(draft: Draft, by: Actor) -> list[int]:
    """Return who is told that a new lead is theirs: PD and sales, but for whoever greets it."""
    owners = {draft.lead.pd_owner_id, draft.lead.sales_owner_id}
    greets = draft.step.owner_id if draft.step and draft.greets else None
    return sorted(one for one in owners - {greets, by.member_id} if one is not None)


def _of_arrival(caller: Caller) -> dict[str, Any]:
    return {
        "workspace": caller.workspace.id,
        "contact": caller.contact.id,
        "campaign": caller.campaign.id if caller.campaign else None,
        "external_id": caller.external_id or None,
        "kind": int(caller.kind),
        "by_machine": caller.by_machine,
        "because": caller.kind.label,
        "actor": caller.by.kind,
        "member": caller.by.member_id,
        "happened": caller.happened_at,
        "known": caller.known_at,
        "now": caller.now,
    }


def _of_lead(lead: Lead) -> dict[str, Any]:
    is_new = lead.id is None
    return {
        "lead": lead.id,
        "account": lead.account_id,
        "title": lead.title,
        "source": lead.source_id,
        "origin": int(Origin.CAPTURED),
        "previous": lead.previous_lead_id,
        "marketing": lead.marketing_owner_id,
        "pd": lead.pd_owner_id,
        "sales": lead.sales_owner_id,
        "firm": lead.firm_id,
        "words": list(words_of(lead)) if is_new else [],
    }


def _of_step(draft: Draft) -> dict[str, Any]:
    step = draft.step
    return {
        "stage": int(draft.stage),
        "heat": draft.heat,
        "task_kind": int(TaskKind.GREET) if draft.greets else None,
        "team": draft.team_id,
        "side": int(step.side) if step else None,
        "next_owner": step.owner_id if step else None,
        "next_at": step.at if step else None,
        "why": step.why[:200] if step else "",
        "joins_group": draft.joins_group,
    }


def _heat(caller: Caller, before: float | None) -> float | None:
    """Return the heat after it; one half-life per workspace."""
    if caller.by_machine or caller.contact.no_profiling:
        return None if caller.contact.no_profiling else before
    half_life = timedelta(days=caller.workspace.half_life_days)
    return heats.add(before, points_of(caller.kind, None), caller.happened_at, half_life)
