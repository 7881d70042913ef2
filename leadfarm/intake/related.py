"""What hangs together without being the same: relatives on a record's page, joined leads."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from leadfarm.access.middleware import InsideRequest
from leadfarm.intake.codes import PairState, RecordKind, Relation
from leadfarm.intake.merging import several_open
from leadfarm.intake.models import DuplicatePair, LeadJoin
from leadfarm.leads.models import Account, Contact, Lead

# Said from the record whose page it is: it stands on the left, or on the right.
_SAID: dict[Relation, tuple[str, str]] = {
    Relation.COLLEAGUES: ("Colleague", "Colleague"),
    Relation.HOUSEHOLD: ("Same household", "Same household"),
    Relation.FORMER_EMPLOYER: ("Same person, another employer", "Same person, another employer"),
    Relation.PARENT: ("Owned by this company", "Owner of this company"),
    Relation.DAUGHTER: ("Owner of this company", "Owned by this company"),
    Relation.SISTERS: ("Same group", "Same group"),
}
SHOWN = 20


@dataclass(frozen=True)
class Relative:
    """Another record and how it hangs together with the one whose page it is."""

    name: str
    href: str
    how: str


def related_to(request: InsideRequest, contact: Contact) -> dict[str, Any] | None:
    """Return the people that were said to be related to this one; None without any."""
    return _relatives(request, contact, RecordKind.CONTACT)


def companies_of(request: InsideRequest, account: Account) -> dict[str, Any] | None:
    """Return the companies that were said to be related to this one; None without any."""
    return _relatives(request, account, RecordKind.ACCOUNT)


def joined_on(request: InsideRequest, lead: Lead) -> dict[str, Any] | None:
    """Return what went together with this lead: which it rests for, and which rest for it."""
    joins = LeadJoin.objects.of(request.workspace).filter(
        Q(lead=lead) | Q(into_lead=lead), split_at=None
    )
    rows = list(joins.select_related("lead", "into_lead").order_by("id"))
    if not rows:
        return None
    return {
        "into": [join for join in rows if join.lead_id == lead.id],
        "from": [join for join in rows if join.into_lead_id == lead.id],
    }


def others_open(request: InsideRequest, lead: Lead) -> dict[str, Any] | None:
    """Return the other open leads of this person that could go together with it; None without."""
    if lead.contact_id is None or request.member.firm_id is not None:
        return None
    several = several_open(request.workspace.id, [lead.contact_id])
    if not several or (lead not in (one := several[0]).joining and lead != one.goes_on):
        return None
    return {"one": one, "goes_on_here": lead == one.goes_on}


def _relatives(
    request: InsideRequest, record: Contact | Account, kind: RecordKind
) -> dict[str, Any] | None:
    pairs = DuplicatePair.objects.of(request.workspace).filter(
        Q(one=record.pk) | Q(other=record.pk), kind=kind, state=PairState.RELATED
    )
    rows = list(pairs.order_by("id")[:SHOWN])
    if not rows:
        return None
    model: Any = type(record)
    ids = {pk for pair in rows for pk in (pair.one, pair.other)} - {record.pk}
    there = model.objects.of(request.workspace).in_bulk(ids)
    found = [
        _relative(request, there[pk], pair, kind)
        for pair in rows
        for pk in (pair.one, pair.other)
        if pk in there
    ]
    return {"relatives": found} if found else None


def _relative(
    request: InsideRequest, other: Contact | Account, pair: DuplicatePair, kind: RecordKind
) -> Relative:
    page = kind.slug
    where = {"workspace": request.workspace.slug, f"{page}_id": other.pk}
    how = _SAID[Relation(pair.relation or 0)][0 if pair.other == other.pk else 1]
    return Relative(str(other), reverse(f"leads:{page}", kwargs=where), how)
