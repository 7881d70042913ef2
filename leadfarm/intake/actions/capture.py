"""Capturing: somebody comes in by themselves and finds the right record, or opens it (S1-4)."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction

from leadfarm.access.actors import FORM, Actor
from leadfarm.access.models import Workspace
from leadfarm.consent.actions import bar_known_addresses
from leadfarm.engine.statements import prepared
from leadfarm.intake.actions.arriving import Arrival, fresh, joining, write
from leadfarm.intake.sql import statement
from leadfarm.leads.models import Account, Campaign, Contact, Lead, Source, Touch
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.names import company_domain, company_key, normal_phone
from leadfarm.rules.opening import Candidate, Opening, decide
from leadfarm.rules.stages import OPEN, Stage

M = TypeVar("M", bound=models.Model)


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
    # The form it came through, and the words of consent where the box was ticked.
    form_id: int | None = None
    agreed_to: str = ""


@dataclass(frozen=True)
class Captured:
    """What came of it."""

    lead: Lead
    contact: Contact
    touch: Touch
    opening: Opening
    payload_id: int


@transaction.atomic(savepoint=False)
def capture(workspace: Workspace, sent: Sent, *, now: datetime, by: Actor = FORM) -> Captured:
    """Match or make the contact, join or open a lead, keep touch and payload, plan the greeting.

    All of it in one transaction: once it is answered it is durable. The same person any number of
    times at once is one contact and one lead. Call it inside the workspace.
    """
    contact, is_fresh = _people(workspace, sent, now)
    if is_fresh:
        addresses = (contact.email_key, contact.phone_key)
        bar_known_addresses(workspace.id, [(contact.id, one) for one in addresses if one])
    decision = decide(_candidates(workspace, contact), need=sent.need)
    arrival = Arrival(workspace, contact, sent.kind, sent.need, sent.source, sent.campaign, by, now)
    if decision.lead_id is None:
        draft = fresh(arrival, decision.previous_id)
    else:
        draft = joining(arrival, decision.lead_id, decision)
    words: dict[str, Any] = {
        "said": sent.said.strip(),
        "payload": json.dumps(sent.payload, ensure_ascii=False),
        "form": sent.form_id,
        "wording": sent.agreed_to,
        "opening": int(decision.opening),
    }
    lead, touch, payload_id = write(arrival, draft, words)
    return Captured(lead, contact, touch, decision.opening, payload_id)


def _people(workspace: Workspace, sent: Sent, now: datetime) -> tuple[Contact, bool]:
    domain = company_domain(sent.email)
    terms = {
        "workspace": workspace.id,
        "name": (sent.company or domain or "")[:200],
        "name_key": company_key(sent.company)[:200],
        "domain": domain,
        "given_name": sent.given_name[:100],
        "family_name": sent.family_name[:100],
        "job_title": sent.job_title[:160],
        "email": sent.email,
        "phone": sent.phone[:40],
        "phone_key": normal_phone(sent.phone, sent.country or workspace.country),
        "country": sent.country,
        "now": now,
    }
    (row,) = prepared(statement("capture_people"), terms)
    row |= _followed(workspace, row)
    is_fresh = bool(row.pop("is_fresh"))
    home = {"name": row.pop("account_name"), "domain": row.pop("account_domain")}
    contact = _loaded(Contact, row)
    if contact.account_id is not None:
        home = {"id": contact.account_id, "workspace_id": workspace.id, **home}
        contact.account = _loaded(Account, home)
    return contact, is_fresh


def _followed(workspace: Workspace, row: dict[str, Any]) -> dict[str, Any]:
    """Return the survivor's columns where the contact or its account was merged into another.

    A statement of its own: the one before may have waited for the very merge, and would not see it.
    """
    terms = {"workspace": workspace.id, "contact": row["id"], "account": row["account_id"]}
    found = prepared(statement("capture_survivor"), terms)
    return found[0] if found else {}


def _loaded(model: type[M], row: dict[str, Any]) -> M:
    """Return the row as its model; columns that were not asked for are read when they are."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in row]
    return model.from_db("default", names, [row[name] for name in names])


def _candidates(workspace: Workspace, contact: Contact) -> list[Candidate]:
    terms = {
        "workspace": workspace.id,
        "contact": contact.id,
        "account": contact.account_id,
        "last_open_stage": int(max(OPEN)),
    }
    rows = prepared(statement("leads_of_contact"), terms)
    return [Candidate(**{**row, "stage": Stage(row["stage"])}) for row in rows]
