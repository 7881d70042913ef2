"""Capturing: somebody comes in by themselves and finds the right record, or opens it (S1-4)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction

from leadfarm.access.actors import FORM, Actor
from leadfarm.access.models import Workspace
from leadfarm.consent.actions import bar_or_refuse
from leadfarm.consent.addresses import refuse_erased
from leadfarm.engine.statements import prepared
from leadfarm.intake.actions.arriving import Caller, fresh, joining, write
from leadfarm.intake.actions.keeping import delete_on, storable
from leadfarm.intake.actions.recognising import recognised
from leadfarm.intake.arrival import Arrival, Sent
from leadfarm.intake.codes import Door, ReceiptState
from leadfarm.intake.models import Receipt
from leadfarm.intake.sql import statement
from leadfarm.leads.actions.profiling import match_standings
from leadfarm.leads.models import Account, Contact, Lead, Touch
from leadfarm.rules.matching import MatchBy
from leadfarm.rules.names import company_domain, company_key, normal_phone
from leadfarm.rules.opening import Candidate, Decision, Opening, decide
from leadfarm.rules.stages import OPEN, Stage

M = TypeVar("M", bound=models.Model)
OF_ACCOUNT = ("name", "domain", "country", "industry", "employees")
BY_FORM = Arrival(Door.FORM, "")


@dataclass(frozen=True)
class Captured:
    """What came of it."""

    lead: Lead
    contact: Contact
    touch: Touch
    opening: Opening
    receipt: Receipt


@transaction.atomic(savepoint=False)
def capture(
    workspace: Workspace,
    sent: Sent,
    arrival: Arrival = BY_FORM,
    *,
    now: datetime,
    by: Actor = FORM,
    waiting: Receipt | None = None,
) -> Captured:
    """Match or make the contact, join or open a lead, keep touch and receipt, plan the greeting.

    All of it in one transaction: once it is answered it is durable. The same person any number of
    times at once is one contact and one lead; ErasedPersonError for who was erased. `waiting` is
    the receipt of what came earlier and is captured now, as of then. Doors call `receive`.
    """
    contact, matched = _people(workspace, sent, now)
    _heed_the_past(contact, sent, matched)
    decision = _decision(workspace, contact, sent)
    caller = _caller(workspace, contact, sent, by, waiting.received_at if waiting else now, now)
    if decision.lead_id is None:
        draft = fresh(caller, decision.previous_id)
    else:
        draft = joining(caller, decision.lead_id, decision)
    receipt = waiting or Receipt(workspace=workspace, received_at=now)
    _fill(receipt, sent, arrival, decision.opening, matched)
    words = {"said": sent.said.strip(), **_of_receipt(receipt, storable(arrival.payload))}
    lead, touch, receipt.id = write(caller, draft, words)
    if contact.no_profiling:
        match_standings(workspace.id, [lead.id])
    receipt.lead, receipt.contact, receipt.touch = lead, contact, touch
    return Captured(lead, contact, touch, decision.opening, receipt)


def _heed_the_past(contact: Contact, sent: Sent, matched: MatchBy | None) -> None:
    """Refuse who was erased; carry over what bars an address that comes back."""
    if matched is None:
        bar_or_refuse(contact, sent.email)
    elif matched is not MatchBy.EMAIL:
        refuse_erased(contact.workspace_id, sent.email, contact.phone_key)


def _caller(
    workspace: Workspace,
    contact: Contact,
    sent: Sent,
    by: Actor,
    received_at: datetime,
    now: datetime,
) -> Caller:
    return Caller(
        workspace,
        contact,
        sent.kind,
        sent.need,
        sent.external_id,
        sent.source,
        sent.campaign,
        by,
        happened_at=min(sent.happened_at or received_at, received_at),
        known_at=received_at,
        now=now,
    )


def _fill(
    receipt: Receipt, sent: Sent, arrival: Arrival, opening: Opening, matched: MatchBy | None
) -> None:
    receipt.door, receipt.key, receipt.form = arrival.door, arrival.key or None, arrival.form
    receipt.endpoint, receipt.mailbox = arrival.endpoint, arrival.mailbox
    receipt.state, receipt.reasons = ReceiptState.CAPTURED, []
    receipt.opening, receipt.matched_by = opening, matched
    receipt.consent_wording = sent.consent.wording if sent.consent else ""


def _of_receipt(receipt: Receipt, payload: str) -> dict[str, Any]:
    return {
        "receipt": receipt.id,
        "door": int(receipt.door),
        "key": receipt.key,
        "form": receipt.form_id,
        "endpoint": receipt.endpoint_id,
        "mailbox": receipt.mailbox_id,
        "received": receipt.received_at,
        "matched_by": receipt.matched_by,
        "opening": receipt.opening,
        "wording": receipt.consent_wording,
        "payload": payload,
        "delete_on": delete_on(ReceiptState.CAPTURED, receipt.received_at),
    }


def _people(workspace: Workspace, sent: Sent, now: datetime) -> tuple[Contact, MatchBy | None]:
    """Return the contact, locked, and the key that found it: None where nobody was there."""
    known = recognised(workspace, sent) if sent.external_id or not sent.email else None
    terms = _of_person(workspace, sent, now)
    if known is None:
        (row,) = prepared(statement("capture_people"), terms)
    else:
        (row,) = prepared(statement("capture_known"), {**terms, "contact": known[0]})
    row |= _followed(workspace, row)
    is_fresh = bool(row.pop("is_fresh"))
    home = {name: row.pop(f"account_{name}") for name in OF_ACCOUNT}
    contact = _loaded(Contact, row)
    if contact.account_id is not None:
        home = {"id": contact.account_id, "workspace_id": workspace.id, **home}
        contact.account = _loaded(Account, home)
    return contact, known[1] if known else None if is_fresh else MatchBy.EMAIL


def _of_person(workspace: Workspace, sent: Sent, now: datetime) -> dict[str, Any]:
    domain = company_domain(sent.email)
    return {
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


def _decision(workspace: Workspace, contact: Contact, sent: Sent) -> Decision:
    """Return what it joins or opens: the lead it answers, else as rules.opening decides."""
    candidates = _candidates(workspace, contact)
    if sent.answers_lead_id is not None:
        own = [one for one in candidates if one.id == sent.answers_lead_id]
        is_own = bool(own) and not own[0].is_colleagues
        opening = Opening.JOIN if is_own else Opening.JOIN_GROUP
        return Decision(opening, "It answers our mail about this lead", sent.answers_lead_id)
    return decide(candidates, need=sent.need, external_id=sent.external_id)


def _candidates(workspace: Workspace, contact: Contact) -> list[Candidate]:
    terms = {
        "workspace": workspace.id,
        "contact": contact.id,
        "account": contact.account_id,
        "last_open_stage": int(max(OPEN)),
    }
    rows = prepared(statement("leads_of_contact"), terms)
    return [Candidate(**{**row, "stage": Stage(row["stage"])}) for row in rows]
