"""The lead of a persona: made for a rehearsal, and taken back with it."""

from datetime import datetime
from uuid import uuid4

from leadfarm.access.actors import SCHEDULE, Actor
from leadfarm.access.models import Member
from leadfarm.consent.actions import Proof, agree
from leadfarm.leads.actions import learn
from leadfarm.leads.actions.entering import Entry, Owners, enter_lead
from leadfarm.leads.models import Contact, Lead
from leadfarm.nurture.rehearsal.personas import Persona
from leadfarm.rules.codes import Role, TouchKind
from leadfarm.rules.consent import Purpose

AGREED = Proof(wording_version="rehearsal", source="rehearsal")


def cast(persona: Persona, by: Member, *, now: datetime) -> Lead:
    """Return a new lead who has agreed to every purpose, owned by a member of each side."""
    address = f"{uuid4().hex}@rehearsal.invalid"
    contact = Contact.objects.create(
        workspace_id=by.workspace_id,
        given_name=persona.name,
        email=address,
        email_key=address,
        recorded_at=now,
    )
    for purpose in Purpose:
        agree(contact, purpose, AGREED, happened_at=now, now=now)
    entry = Entry(
        kind=TouchKind.DOWNLOAD, happened_at=now, contact=contact, owners=_owners(by.workspace_id)
    )
    lead = enter_lead(by.workspace_id, entry, by=SCHEDULE, now=now)
    for fact in persona.known:
        learn(lead, fact, by=Actor.of(by), now=now)
    return lead


def _owners(workspace_id: int) -> Owners:
    here = Member.objects.filter(workspace_id=workspace_id, left_at=None, firm_id=None)
    first = {role: id_ for id_, role in here.order_by("-id").values_list("id", "role")}
    return Owners(
        marketing=first.get(Role.MARKETER), pd=first.get(Role.PD), sales=first.get(Role.SALES_REP)
    )
