"""Capturing: somebody comes in by themselves and finds the right record, or opens it (S1-4)."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from leadfarm.access.actors import FORM, Actor
from leadfarm.access.models import Workspace
from leadfarm.consent.actions import bar_known_addresses
from leadfarm.intake.actions.greeting import greet, owners_for
from leadfarm.intake.sql import statement
from leadfarm.leads.actions import Entry, Owners, enter_lead, move, plan_review, record_touch
from leadfarm.leads.actions.touching import keep_text
from leadfarm.leads.models import Campaign, Contact, GroupMember, Lead, Source, Standing, Touch
from leadfarm.rules.codes import Side, TouchKind
from leadfarm.rules.names import company_domain, company_key, normal_phone
from leadfarm.rules.opening import Candidate, Decision, Opening, decide
from leadfarm.rules.stages import OPEN, Stage


@dataclass(frozen=True)
class Sent:
    """What somebody sent; the address is in normal form, `payload` is all of it as it came."""

    email: str
    kind: TouchKind
    given_name: str = ""
    family_name: str = ""
    phone: str = ""
    job_title: str = ""
    company: str = ""
    country: str = ""
    need: str = ""
    said: str = ""
    source: Source | None = None
    campaign: Campaign | None = None
    payload: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Captured:
    """What came of it."""

    lead: Lead
    contact: Contact
    touch: Touch
    opening: Opening
    payload_id: int


@transaction.atomic
def capture(workspace: Workspace, sent: Sent, *, now: datetime, by: Actor = FORM) -> Captured:
    """Match or make the contact, join or open a lead, keep touch and payload, plan the greeting.

    All of it in one transaction: once it is answered it is durable. The same person any number of
    times at once is one contact and one lead. Call it inside the workspace.
    """
    account_id = _account(workspace, sent, now)
    contact, is_fresh = _contact(workspace, sent, account_id, now)
    if is_fresh:
        bar_known_addresses(workspace.id, [(contact.id, sent.email)])
    decision = decide(_candidates(workspace, contact), need=sent.need)
    if decision.lead_id is None:
        lead = _open(workspace, sent, contact, decision, by=by, now=now)
        touch = Touch.objects.of(workspace).filter(lead=lead).latest("id")
    else:
        lead = Lead.objects.of(workspace).get(id=decision.lead_id)
        touch = _join(lead, sent, contact, decision, by=by, now=now)
    text = keep_text(touch, "payload", json.dumps(sent.payload, ensure_ascii=False), now=now)
    greet(workspace, lead, sent.kind, now=now)
    return Captured(lead, contact, touch, decision.opening, text.id)


def _account(workspace: Workspace, sent: Sent, now: datetime) -> int | None:
    domain = company_domain(sent.email)
    if domain is None:
        return None
    terms = {
        "workspace": workspace.id,
        "name": (sent.company or domain)[:200],
        "name_key": company_key(sent.company)[:200],
        "domain": domain,
        "country": sent.country,
        "now": now,
    }
    return int(_one("upsert_account", terms)[0])


def _contact(
    workspace: Workspace, sent: Sent, account_id: int | None, now: datetime
) -> tuple[Contact, bool]:
    terms = {
        "workspace": workspace.id,
        "account": account_id,
        "given_name": sent.given_name[:100],
        "family_name": sent.family_name[:100],
        "job_title": sent.job_title[:160],
        "email": sent.email,
        "phone": sent.phone[:40],
        "phone_key": normal_phone(sent.phone, sent.country or workspace.country),
        "country": sent.country,
        "now": now,
    }
    number, is_fresh = _one("upsert_contact", terms)
    return Contact.objects.of(workspace).select_related("account").get(id=number), bool(is_fresh)


def _candidates(workspace: Workspace, contact: Contact) -> list[Candidate]:
    terms = {
        "workspace": workspace.id,
        "contact": contact.id,
        "account": contact.account_id,
        "last_open_stage": int(max(OPEN)),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("leads_of_contact"), terms)
        return [Candidate(row[0], Stage(row[1]), *row[2:]) for row in cursor.fetchall()]


def _open(
    workspace: Workspace, sent: Sent, contact: Contact, decision: Decision, *, by: Actor,
    now: datetime,
) -> Lead:  # fmt: skip
    previous = None
    if decision.previous_id is not None:
        previous = Lead.objects.of(workspace).get(id=decision.previous_id)
    company = contact.account.name if contact.account else contact.name
    entry = Entry(
        kind=sent.kind,
        happened_at=now,
        contact=contact,
        account=contact.account,
        title=f"{company}: {sent.need or sent.kind.label.lower()}",
        need=sent.need,
        source=sent.source,
        campaign=sent.campaign,
        owners=_owners(workspace, previous, contact),
        previous=previous,
        said=sent.said,
    )
    return enter_lead(workspace.id, entry, by=by, now=now)


def _owners(workspace: Workspace, previous: Lead | None, contact: Contact) -> Owners:
    if previous is not None and previous.sales_owner_id is not None:
        return Owners(previous.marketing_owner_id, previous.pd_owner_id, previous.sales_owner_id)
    return owners_for(workspace, contact.id)


def _join(
    lead: Lead, sent: Sent, contact: Contact, decision: Decision, *, by: Actor, now: datetime
) -> Touch:
    campaign_id = sent.campaign.id if sent.campaign else None
    touch = record_touch(
        lead, sent.kind, happened_at=now, now=now, actor=by, contact_id=contact.id,
        campaign_id=campaign_id, by_machine=False, said=sent.said,
    )  # fmt: skip
    if decision.opening is Opening.JOIN_GROUP:
        GroupMember.objects.get_or_create(
            workspace_id=lead.workspace_id,
            lead=lead,
            contact=contact,
            defaults={"added_at": now},
        )
    if sent.need and not lead.need:
        lead.need = sent.need[:300]
        lead.save(update_fields=["need"])
    stage = Standing.objects.of(lead.workspace_id).get(lead_id=lead.id).stage
    if sent.kind.is_inquiry and stage in (Stage.RAW, Stage.DORMANT):
        step = plan_review(Side.PD, now, decision.reason, lead.pd_owner_id)
        move(lead, to=Stage.INQUIRY, by=by, because=sent.kind.label, now=now, next_step=step)
    return touch


def _one(name: str, terms: dict[str, Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement(name), terms)
        row: tuple[Any, ...] = cursor.fetchone()
        return row
