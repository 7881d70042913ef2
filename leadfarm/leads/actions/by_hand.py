"""A lead entered by hand: matched like any other, so that one person stays one contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.access.models import Workspace
from leadfarm.leads.actions.entering import Entry, Owners, enter_lead
from leadfarm.leads.actions.touching import record_touch
from leadfarm.leads.models import Account, Contact, GroupMember, Lead, Source, Standing
from leadfarm.rules.codes import Side, TouchKind
from leadfarm.rules.names import company_domain, company_key, normal_email, normal_phone
from leadfarm.rules.opening import Candidate, Opening, decide
from leadfarm.rules.stages import Stage


@dataclass(frozen=True)
class Written:
    """What somebody wrote down about a lead."""

    given_name: str = ""
    family_name: str = ""
    job_title: str = ""
    email: str = ""
    phone: str = ""
    company: str = ""
    title: str = ""
    need: str = ""
    source: Source | None = None
    kind: TouchKind = TouchKind.CONTACT_US


@dataclass(frozen=True)
class Entered:
    """The lead, whether it is new, and why."""

    lead: Lead
    is_new: bool
    reason: str


@transaction.atomic
def enter_by_hand(
    workspace: Workspace, written: Written, owner: tuple[Side, int], *, by: Actor, now: datetime
) -> Entered:
    """Enter a lead, or find the one that is there already for the same need.

    The writer becomes its owner on the side given. Nothing is overwritten on a known contact.
    """
    account = _account(workspace, written, now)
    contact = _contact(workspace, written, account, now)
    account = account or (contact.account if contact else None)
    decision = decide(_candidates(workspace.id, contact, account), need=written.need)
    if decision.opening is not Opening.NEW and decision.lead_id is not None:
        lead = Lead.objects.of(workspace).get(id=decision.lead_id)
        if decision.opening is Opening.JOIN_GROUP and contact is not None:
            GroupMember.objects.get_or_create(
                workspace_id=workspace.id, lead=lead, contact=contact, defaults={"added_at": now}
            )
        who = contact.id if contact else None
        record_touch(lead, written.kind, happened_at=now, now=now, actor=by, contact_id=who)
        return Entered(lead, False, decision.reason)
    before = decision.previous_id or 0
    previous = Lead.objects.of(workspace).filter(id=before).first()
    entry = _entry(written, contact, account, previous, owner, now)
    return Entered(enter_lead(workspace.id, entry, by=by, now=now), True, decision.reason)


def _entry(
    written: Written,
    contact: Contact | None,
    account: Account | None,
    previous: Lead | None,
    owner: tuple[Side, int],
    now: datetime,
) -> Entry:
    sides = {Side.MARKETING: "marketing", Side.PD: "pd", Side.SALES: "sales"}
    return Entry(
        kind=written.kind,
        happened_at=now,
        contact=contact,
        account=account,
        title=written.title,
        need=written.need,
        source=written.source,
        owners=Owners(**{sides[owner[0]]: owner[1]}),
        previous=previous,
    )


def _account(workspace: Workspace, written: Written, now: datetime) -> Account | None:
    """Return the company by its domain, else by its name; made when it is new."""
    domain = company_domain(written.email) if written.email else None
    key = company_key(written.company)
    known = Account.objects.of(workspace)
    found = known.filter(domain=domain).first() if domain else None
    if found is None and key:
        found = known.filter(name_key=key).order_by("id").first()
    name = written.company.strip() or domain or ""
    if found is not None or not name:
        return found
    made, _ = Account.objects.get_or_create(
        workspace_id=workspace.id,
        domain=domain,
        name_key=key or company_key(name),
        defaults={"name": name[:200], "recorded_at": now},
    )
    return made


def _contact(
    workspace: Workspace, written: Written, account: Account | None, now: datetime
) -> Contact | None:
    """Return the person by the e-mail address; made when it is new, with what was written."""
    email = normal_email(written.email) if written.email else None
    phone = normal_phone(written.phone, workspace.country) if written.phone else None
    values = {
        "account": account,
        "given_name": written.given_name[:100],
        "family_name": written.family_name[:100],
        "job_title": written.job_title[:160],
        "email": written.email.strip()[:254],
        "phone": written.phone[:40],
        "phone_key": phone,
        "recorded_at": now,
    }
    if email:
        found, _ = Contact.objects.select_related("account").get_or_create(
            workspace_id=workspace.id, email_key=email, defaults=values
        )
        return found
    if not (written.given_name or written.family_name or phone):
        return None
    return Contact.objects.create(workspace_id=workspace.id, **values)


def _candidates(
    workspace_id: int, contact: Contact | None, account: Account | None
) -> list[Candidate]:
    own = {"lead__contact_id": contact.id} if contact else None
    there = {"lead__account_id": account.id} if account else None
    found: dict[int, Candidate] = {}
    for which, is_colleagues in ((own, False), (there, True)):
        if which is None:
            continue
        rows = Standing.objects.of(workspace_id).filter(**which).select_related("lead")
        for row in rows.order_by("-lead__entered_at")[:100]:
            lead = row.lead
            found.setdefault(
                lead.id,
                Candidate(
                    id=lead.id,
                    stage=Stage(row.stage),
                    opened_at=lead.entered_at,
                    need=lead.need,
                    external_id=lead.external_id or "",
                    is_colleagues=is_colleagues,
                ),
            )
    return list(found.values())
