"""A wording as one of our own leads would read it, before it is sent to anybody."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from leadfarm.access.models import Member
from leadfarm.leads.models import Lead
from leadfarm.leads.queries.told import told_of
from leadfarm.outreach.codes import MessageKind, SourceKind
from leadfarm.outreach.delivery.composing import Row, facts_of
from leadfarm.outreach.models import Sender
from leadfarm.outreach.rendering import Wording, compile_body
from leadfarm.outreach.rendering.liquid import bare_names, parse
from leadfarm.rules.mail_advice import advice
from leadfarm.rules.quiet_window import Nature

NOBODY = UUID(int=0)
MOST = 20


@dataclass(frozen=True)
class Seen:
    """Subject and page of a mail to one lead; `empty` names what is not known of it."""

    subject: str
    html: str
    text: str
    empty: tuple[str, ...]


def leads_to_show(workspace_id: int) -> list[Lead]:
    """Return the newest leads whose contact can be written to."""
    leads = Lead.objects.of(workspace_id).filter(contact__email_key__isnull=False)
    return list(leads.select_related("contact", "account").order_by("-id")[:MOST])


def seen_by(
    lead: Lead, sender: Sender, kind: SourceKind, words: tuple[str, str], now: datetime
) -> Seen:
    """Return subject and body as this lead would get them; TemplateFault where they are faulty.

    Reads the lead's contact, account and owner. Links lead nowhere.
    """
    subject, body = words
    compiled = compile_body(kind, body)
    told = told_of(lead.workspace_id, [lead.id], sender.workspace.currency)[lead.id]
    facts = facts_of(_row(lead), sender, "#", told, now)
    facts |= {f"link_{number}": "#" for number in compiled.links}
    rendered = Wording("preview", subject, compiled.html, compiled.text, body).render(facts)
    empty = [name for name in bare_in(subject, body) if not _fact(facts, name)]
    return Seen(rendered.subject, rendered.html, rendered.text, tuple(empty))


def bare_in(subject: str, body: str) -> list[str]:
    """Return the names in a wording that leave a hole where nothing is known."""
    found: list[str] = []
    for where, source in (("Subject", subject), ("Body", body)):
        found += bare_names(parse(source, where=where, html=False), source)
    return list(dict.fromkeys(found))


def advice_on(kind: SourceKind, subject: str, body: str) -> list[str]:
    """Return what had better be changed in a draft without faults."""
    compiled = compile_body(kind, body)
    return advice(subject, compiled.html, compiled.text, [a for a in compiled.links.values() if a])


def _fact(facts: dict[str, object], name: str) -> object:
    value: object = facts
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _row(lead: Lead) -> Row:
    contact, account, owner = lead.contact, lead.account, _owner(lead)
    return Row(
        id=0,
        mail_key=NOBODY,
        kind=int(MessageKind.PROGRAM),
        nature=int(Nature.UNSOLICITED),
        attempts=0,
        version_id=None,
        contact_id=lead.contact_id,
        lead_id=lead.id,
        given_name=contact.given_name if contact else None,
        family_name=contact.family_name if contact else None,
        job_title=contact.job_title if contact else None,
        email=contact.email if contact else None,
        country=contact.country if contact else None,
        account_name=account.name if account else None,
        industry=account.industry if account else None,
        account_country=account.country if account else None,
        title=lead.title,
        need=lead.need,
        owner_name=owner.name if owner else None,
        owner_email=owner.user.email if owner else None,
        words=None,
    )


def _owner(lead: Lead) -> Member | None:
    owner: Member | None = lead.sales_owner or lead.pd_owner or lead.marketing_owner
    return owner
