"""What an inbound touch leaves on the record, written by one statement (sql/capture.sql)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from leadfarm.access.actors import Actor
from leadfarm.access.models import Workspace
from leadfarm.engine.statements import columns_of, loaded, prepared
from leadfarm.intake.actions.greeting import greeting, judging, owners_for
from leadfarm.intake.sql import statement
from leadfarm.leads.actions import Owners, move, plan_review
from leadfarm.leads.actions.stepping import NextStep
from leadfarm.leads.actions.touching import points_of
from leadfarm.leads.actions.words import words_of
from leadfarm.leads.models import Campaign, Contact, Lead, Source, Standing, Touch
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
class Arrival:
    """Who came in, by what, and for what."""

    workspace: Workspace
    contact: Contact
    kind: TouchKind
    need: str
    source: Source | None
    campaign: Campaign | None
    by: Actor
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


def fresh(arrival: Arrival, previous_id: int | None) -> Draft:
    """Return the lead that is to be opened: an Inquiry where the contact asked something."""
    lead = _lead(arrival, previous_id)
    heat = _heat(arrival, None)
    if not arrival.kind.is_inquiry:
        return Draft(lead, Stage.RAW, heat, judging(arrival.workspace, lead, now=arrival.now))
    step, team_id = greeting(arrival.workspace, lead, arrival.kind, now=arrival.now)
    return Draft(lead, Stage.INQUIRY, heat, step, True, team_id)


def _lead(arrival: Arrival, previous_id: int | None) -> Lead:
    workspace, contact, now = arrival.workspace, arrival.contact, arrival.now
    company = contact.account.name if contact.account else contact.name
    asked = arrival.need or arrival.kind.label.lower()
    owners = _owners(arrival, previous_id)
    return Lead(
        workspace_id=workspace.id,
        contact=contact,
        account=contact.account,
        title=f"{company}: {asked}"[:200],
        need=arrival.need[:300],
        source=arrival.source,
        campaign=arrival.campaign,
        previous_lead_id=previous_id,
        marketing_owner_id=owners.marketing,
        pd_owner_id=owners.pd,
        sales_owner_id=owners.sales,
        entered_at=now,
        known_at=now,
        recorded_at=now,
    )


def joining(arrival: Arrival, lead_id: int, decision: Decision) -> Draft:
    """Return what changes about a lead that is there; what sleeps or was raw becomes an Inquiry.

    It is greeted unless there is something better to do already: a task, a program, or no move.
    """
    workspace, kind, now = arrival.workspace, arrival.kind, arrival.now
    standing = _held(workspace, lead_id)
    lead, stage, next_kind = standing.lead, Stage(standing.stage), standing.next_kind
    if kind.is_inquiry and stage in (Stage.RAW, Stage.DORMANT):
        review = plan_review(Side.PD, now, decision.reason, lead.pd_owner_id)
        move(lead, to=Stage.INQUIRY, by=arrival.by, because=kind.label, now=now, next_step=review)
        stage, next_kind = Stage.INQUIRY, NextKind.REVIEW
    step, team_id = None, None
    if kind.is_inquiry and stage in OPEN and next_kind == NextKind.REVIEW:
        step, team_id = greeting(workspace, lead, kind, now=now)
    joins = decision.opening is Opening.JOIN_GROUP
    heat = _heat(arrival, standing.heat)
    return Draft(lead, stage, heat, step, step is not None, team_id, joins)


def _held(workspace: Workspace, lead_id: int) -> Standing:
    """Return the standing with its lead and source, locked until the transaction ends."""
    (row,) = prepared(HELD, {"workspace": workspace.id, "lead": lead_id})
    standing, lead = loaded(Standing, row, "standing"), loaded(Lead, row, "lead")
    assert standing is not None, "every lead has a standing"
    assert lead is not None
    lead.source, standing.lead = loaded(Source, row, "source"), lead
    return standing


def write(arrival: Arrival, draft: Draft, words: dict[str, Any]) -> tuple[Lead, Touch, int]:
    """Write all of it; return the lead, the touch, and the number of the payload's text.

    `words` are said and payload, and the form, its consent wording and the opening.
    """
    terms = {**_of_arrival(arrival), **_of_lead(draft.lead), **_of_step(draft), **words}
    terms["need"] = arrival.need[:300]
    (made,) = prepared(statement("capture"), terms)
    lead = draft.lead
    lead.id, lead._state.adding, lead._state.db = made["lead_id"], False, "default"
    lead.need = lead.need or terms["need"]
    touch = Touch(
        id=made["touch_id"],
        workspace_id=arrival.workspace.id,
        kind=arrival.kind,
        by_machine=arrival.by_machine,
        lead_id=lead.id,
        contact_id=arrival.contact.id,
        happened_at=arrival.now,
        known_at=arrival.now,
        recorded_at=arrival.now,
        member_id=arrival.by.member_id,
        campaign_id=terms["campaign"],
        heat_after=None if arrival.by_machine else draft.heat,
    )
    return lead, touch, int(made["payload_id"])


def _of_arrival(arrival: Arrival) -> dict[str, Any]:
    return {
        "workspace": arrival.workspace.id,
        "contact": arrival.contact.id,
        "campaign": arrival.campaign.id if arrival.campaign else None,
        "kind": int(arrival.kind),
        "by_machine": arrival.by_machine,
        "because": arrival.kind.label,
        "actor": arrival.by.kind,
        "member": arrival.by.member_id,
        "now": arrival.now,
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


def _heat(arrival: Arrival, before: float | None) -> float | None:
    """Return the heat after it; one half-life per workspace."""
    if arrival.by_machine:
        return before
    half_life = timedelta(days=arrival.workspace.half_life_days)
    return heats.add(before, points_of(arrival.kind, None), arrival.now, half_life)


def _owners(arrival: Arrival, previous_id: int | None) -> Owners:
    if previous_id is not None:
        before = Lead.objects.of(arrival.workspace).get(id=previous_id)
        if before.sales_owner_id is not None:
            return Owners(before.marketing_owner_id, before.pd_owner_id, before.sales_owner_id)
    return owners_for(arrival.workspace, arrival.contact.id)
