"""An account or a contact with everything that hangs on it, as far as this member sees it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from leadfarm.access.models import Workspace
from leadfarm.leads.models import Account, Contact, GroupMember, Lead
from leadfarm.leads.moved import merged_into, survivors_of

MOST = 200


def find_account(workspace: Workspace, account_id: int) -> Account:
    """Return the account; Http404 where this member sees none."""
    found = Account.objects.of(workspace).filter(id=account_id).first()
    if found is None:
        raise Http404("No such company.")
    return found


def find_contact(workspace: Workspace, contact_id: int) -> Contact:
    """Return the contact with its account; Http404 where this member sees none."""
    found = Contact.objects.of(workspace).filter(id=contact_id).select_related("account").first()
    if found is None:
        raise Http404("No such person.")
    return found


def people_around(lead: Lead) -> QuerySet[Contact]:
    """Return who may play a part in a lead: those of its company, its group, its first contact."""
    known = Contact.objects.of(lead.workspace_id)
    group = GroupMember.objects.of(lead.workspace_id).filter(lead_id=lead.id)
    # Ways that an index serves each by itself; one condition with OR would read all contacts.
    ways: list[QuerySet[Any, Any]] = [group.values("contact_id")]
    if lead.contact_id is not None:
        ways.append(known.filter(id=lead.contact_id).values("id"))
    if lead.account_id is not None:
        ways.append(known.filter(account_id=lead.account_id).values("id"))
    ids = list(known.filter(id__in=ways[0].union(*ways[1:])).values_list("id", flat=True))
    people = known.filter(id__in=set(ids) - set(survivors_of(lead.workspace_id, Contact, ids)))
    return people.order_by("family_name", "given_name", "id")


def leads_of_account(account: Account) -> list[int]:
    """Return the numbers of the company's leads, newest first."""
    leads = Lead.objects.of(account.workspace_id).filter(account_id=account.id)
    return list(leads.order_by("-entered_at", "-id").values_list("id", flat=True)[:MOST])


def leads_of_contact(contact: Contact) -> list[int]:
    """Return the leads the person is first contact or in the buying group of, newest first."""
    groups = GroupMember.objects.of(contact.workspace_id).filter(contact_id=contact.id)
    leads = Lead.objects.of(contact.workspace_id).filter(
        Q(contact_id=contact.id) | Q(id__in=list(groups.values_list("lead_id", flat=True)))
    )
    return list(leads.order_by("-entered_at", "-id").values_list("id", flat=True)[:MOST])


def all_of_person(contact: Contact) -> tuple[list[int], list[str]]:
    """Return the numbers under which a person stands in the history, theirs first, and the
    addresses they are known by beside their own: of the records that were merged into this one.
    """
    gone = merged_into(contact.workspace_id, Contact, contact.id)
    there = Contact.objects.of(contact.workspace_id).filter(id__in=gone).exclude(email="")
    known = there.order_by("id").values_list("email", flat=True) if gone else []
    return [contact.id, *gone], [email for email in known if email != contact.email]
