"""Whom something written down is about: the company and the person, found or made."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from leadfarm.access.models import Workspace
from leadfarm.leads.models import Account, Campaign, Contact, Source
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.names import company_domain, company_key, normal_email, normal_phone, person_key

# A switchboard has hundreds of people behind it, not thousands.
AT_MOST = 1_000


@dataclass(frozen=True)
class Written:
    """What somebody wrote down about a lead."""

    given_name: str = ""
    family_name: str = ""
    job_title: str = ""
    email: str = ""
    phone: str = ""
    company: str = ""
    external_id: str = ""
    title: str = ""
    need: str = ""
    source: Source | None = None
    campaign: Campaign | None = None
    kind: TouchKind = TouchKind.CONTACT_US

    def person(self) -> str:
        """Return what names the person, in one line; "" where nothing does."""
        told = (self.given_name, self.family_name, self.email, self.phone)
        return " ".join(word.strip() for word in told if word.strip())


def who_is_known(workspace: Workspace, written: Written) -> tuple[Contact | None, Account | None]:
    """Return the person and the company as far as they are there; nothing is made."""
    account = _known_account(workspace, written)
    contact = _known_contact(workspace, written, account)
    return contact, account or (contact.account if contact else None)


def make_or_find(
    workspace: Workspace, written: Written, now: datetime
) -> tuple[Contact | None, Account | None]:
    """Return the person and the company, made where they are new, with what was written."""
    account = _known_account(workspace, written) or _make_account(workspace, written, now)
    contact = _known_contact(workspace, written, account)
    contact = contact or _make_contact(workspace, written, account, now)
    return contact, account or (contact.account if contact else None)


def _known_account(workspace: Workspace, written: Written) -> Account | None:
    """Return the company by its domain, else by its name."""
    domain = company_domain(written.email) if written.email else None
    key = company_key(written.company)
    known = Account.objects.of(workspace)
    found = known.filter(domain=domain).first() if domain else None
    if found is None and key:
        found = known.filter(name_key=key).order_by("id").first()
    return found


def _make_account(workspace: Workspace, written: Written, now: datetime) -> Account | None:
    domain = company_domain(written.email) if written.email else None
    name = written.company.strip() or domain or ""
    if not name:
        return None
    made, _ = Account.objects.get_or_create(
        workspace_id=workspace.id,
        domain=domain,
        name_key=company_key(written.company) or company_key(name),
        defaults={"name": name[:200], "recorded_at": now},
    )
    return made


def _known_contact(
    workspace: Workspace, written: Written, account: Account | None
) -> Contact | None:
    """Return the person by the address; without one by number, else company, and name."""
    known = Contact.objects.of(workspace).select_related("account").order_by("id")
    if email := _email(written):
        return known.filter(email_key=email).first()
    name = person_key(f"{written.given_name} {written.family_name}")
    phone = _phone(workspace, written)
    if phone and (found := _named(known.filter(phone_key=phone), name)):
        return found
    return _named(known.filter(account=account), name) if account and name else None


def _named(candidates: QuerySet[Contact], name: str) -> Contact | None:
    there = candidates[:AT_MOST]
    return next((c for c in there if person_key(f"{c.given_name} {c.family_name}") == name), None)


def _make_contact(
    workspace: Workspace, written: Written, account: Account | None, now: datetime
) -> Contact | None:
    email, phone = _email(written), _phone(workspace, written)
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
        return Contact.objects.select_related("account").get_or_create(
            workspace_id=workspace.id, email_key=email, defaults=values
        )[0]
    if not (written.given_name or written.family_name or phone):
        return None
    return Contact.objects.create(workspace_id=workspace.id, **values)


def _email(written: Written) -> str | None:
    return normal_email(written.email) if written.email else None


def _phone(workspace: Workspace, written: Written) -> str | None:
    return normal_phone(written.phone, workspace.country) if written.phone else None
