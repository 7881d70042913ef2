"""From a ledger row to a signed mail: facts, wording, links, headers."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.sealing import unseal
from leadfarm.leads.enclosing import calendar_in
from leadfarm.leads.queries.told import told_of
from leadfarm.outreach import addresses
from leadfarm.outreach.codes import INSIDE, MessageKind
from leadfarm.outreach.delivery import mime
from leadfarm.outreach.delivery.colleagues import worded
from leadfarm.outreach.delivery.dkim import Signer
from leadfarm.outreach.models import Link, Sender, TemplateVersion
from leadfarm.outreach.rendering import Rendered, Wording
from leadfarm.rules.quiet_window import Nature

LOAD = """
SELECT message.id, message.mail_key, message.kind, message.nature, message.attempts,
       message.template_version_id, message.contact_id, message.lead_id,
       contact.given_name, contact.family_name, contact.job_title, contact.email,
       contact.country, account.name, account.industry, account.country,
       lead.title, lead.need, coalesce(own.name, owner.name),
       coalesce(own_account.email, owner_account.email), words.body,
       message.deferred_since
  FROM outreach_message message
  LEFT JOIN leads_contact contact
    ON contact.workspace_id = message.workspace_id AND contact.id = message.contact_id
  LEFT JOIN leads_lead lead
    ON lead.workspace_id = message.workspace_id AND lead.id = message.lead_id
  LEFT JOIN leads_account account
    ON account.workspace_id = message.workspace_id AND account.id = lead.account_id
  LEFT JOIN access_member own
    ON own.workspace_id = message.workspace_id AND own.id = message.member_id
  LEFT JOIN access_user own_account ON own_account.id = own.user_id
  LEFT JOIN access_member owner ON owner.workspace_id = message.workspace_id
   AND owner.id = coalesce(lead.sales_owner_id, lead.pd_owner_id, lead.marketing_owner_id)
  LEFT JOIN access_user owner_account ON owner_account.id = owner.user_id
  LEFT JOIN leads_personaltext words
    ON words.workspace_id = message.workspace_id AND words.id = message.text_id
 WHERE message.workspace_id = %(workspace)s AND message.lease = %(lease)s
 ORDER BY message.id
"""


OF_A_CONTACT = ("given_name", "family_name", "job_title", "email", "country")


class Row(NamedTuple):
    """What composing needs to know of one message."""

    id: int
    mail_key: UUID
    kind: int
    nature: int
    attempts: int
    version_id: int | None
    contact_id: int | None
    lead_id: int | None
    given_name: str | None
    family_name: str | None
    job_title: str | None
    email: str | None
    country: str | None
    account_name: str | None
    industry: str | None
    account_country: str | None
    title: str | None
    need: str | None
    owner_name: str | None
    owner_email: str | None
    words: str | None
    deferred_since: datetime | None = None

    @property
    def domain(self) -> str:
        """Return the domain it goes to; empty for our own people."""
        return "" if self.kind in INSIDE else (self.email or "").rpartition("@")[2].lower()

    @property
    def name(self) -> str:
        """Return the contact's name as people say it."""
        return f"{self.given_name or ''} {self.family_name or ''}".strip()


@dataclass(frozen=True)
class Composed:
    """A mail ready to be handed over, and what a mailbox shows of it."""

    mail: mime.Mail
    rendered: Rendered
    headers: str


@dataclass
class Composer:
    """Composes mails of one workspace; keeps its wordings parsed between batches."""

    workspace_id: int
    sender: Sender
    base: str = field(default_factory=addresses.base)
    _wordings: dict[int, tuple[Wording, list[int]] | LeadfarmError] = field(default_factory=dict)
    _signer: Signer | None = None
    _told: dict[int, Rendered] = field(default_factory=dict)
    _calendars: dict[int, str] = field(default_factory=dict)
    _dossiers: dict[int, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the signing key and the currency once."""
        sender = self.sender
        self._currency = sender.workspace.currency
        if sender.dkim_key_sealed:
            key = unseal(sender.dkim_key_sealed)
            self._signer = Signer(sender.domain, sender.dkim_selector, key)

    def load(self, lease: int) -> list[Row]:
        """Return the messages of a lease, in the order in which they are sent.

        Their wordings are read too: composing itself asks the database nothing.
        """
        with connection.cursor() as cursor:
            cursor.execute(LOAD, {"workspace": self.workspace_id, "lease": lease})
            rows = [Row(*values) for values in cursor.fetchall()]
        self._told = worded(self.workspace_id, [row.id for row in rows if _is_told(row)], self.base)
        self._calendars = {
            row.id: calendar_in(self.workspace_id, row.words) for row in rows if row.words
        }
        for version_id in {row.version_id for row in rows} - {None, *self._wordings}:
            self._wordings[version_id or 0] = self._read(version_id or 0)
        self._dossiers = self._told_of(rows)
        return rows

    def _read(self, version_id: int) -> tuple[Wording, list[int]] | LeadfarmError:
        """Return a wording, or what is wrong with it: it must not stop the mails of others."""
        try:
            return self._wording(version_id)
        except LeadfarmError as fault:
            return fault

    def _told_of(self, rows: list[Row]) -> dict[int, dict[str, str]]:
        """Return the dossiers of the leads whose message speaks of them."""
        known = {n: kept[0] for n, kept in self._wordings.items() if isinstance(kept, tuple)}
        asking = {n for n, wording in known.items() if wording.speaks_of("dossier")}
        leads = {row.lead_id for row in rows if row.version_id in asking and row.lead_id}
        return told_of(self.workspace_id, leads, self._currency) if leads else {}

    def compose(self, row: Row, now: datetime) -> Composed:
        """Return the mail; raise LeadfarmError where template or address make it impossible."""
        recipient = row.owner_email if row.kind in INSIDE else row.email
        to = mime.checked_address(recipient or "")
        way_out = addresses.unsubscribe(self.workspace_id, row.id, self.base)
        rendered = self._words(row, way_out, now)
        headers = self._headers(row, to, rendered.subject, way_out, now)
        parts = mime.Parts(
            headers, rendered.text, rendered.html, f"=_{row.mail_key.hex}", rendered.calendar
        )
        more, body = mime.body_of(parts)
        headers += more
        head = b"".join(mime.header_line(name, value) for name, value in headers)
        signature = self._signer.header(headers, body) if self._signer else b""
        data = b"".join([signature, head, b"\r\n", body])
        mail = mime.Mail(self.sender.from_address, to, data)
        return Composed(mail, rendered, (signature + head).decode("ascii"))

    def _headers(
        self, row: Row, to: str, subject: str, way_out: str, now: datetime
    ) -> list[tuple[str, str]]:
        sender, by_hand = self.sender, row.kind == MessageKind.BY_HAND
        from_name = row.owner_name if by_hand and row.owner_name else sender.from_name
        reply_to = row.owner_email if by_hand and row.owner_email else sender.reply_to
        headers = [
            ("From", mime.mailbox(from_name, sender.from_address)),
            ("To", mime.mailbox(row.name, to)),
            ("Subject", mime.phrase(subject)),
            ("Date", mime.date_header(now)),
            ("Message-ID", f"<{row.mail_key}@{sender.domain}>"),
            ("MIME-Version", "1.0"),
        ]
        if reply_to:
            headers.append(("Reply-To", f"<{mime.checked_address(reply_to)}>"))
        if row.contact_id is not None:
            headers.append(("List-Unsubscribe", f"<{way_out}>"))
            headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
        return headers

    def _words(self, row: Row, way_out: str, now: datetime) -> Rendered:
        if _is_told(row):
            return self._to_colleague(row)
        if row.version_id is None:
            return self._written(row, way_out)
        known = self._wordings[row.version_id]
        if isinstance(known, LeadfarmError):
            raise known
        wording, numbers = known
        facts = facts_of(row, self.sender, way_out, self._dossiers.get(row.lead_id or 0), now)
        for number in numbers:
            link = addresses.click(self.workspace_id, row.id, number, self.base)
            facts[f"link_{number}"] = link
        return wording.render(facts)

    def _to_colleague(self, row: Row) -> Rendered:
        if row.id not in self._told:
            raise LeadfarmError("What this mail was to tell is gone.")
        return self._told[row.id]

    def _written(self, row: Row, way_out: str) -> Rendered:
        """Return what a person wrote: the first line is the subject; a way out where one is due."""
        if not row.words:
            raise LeadfarmError("The words of this message were deleted.", "Write it again.")
        subject, _, text = row.words.partition("\n")
        if row.nature == Nature.UNSOLICITED:
            text = f"{text.rstrip()}\n\n--\n{self.sender.postal_address}\nNo more mail: {way_out}\n"
        calendar = self._calendars.get(row.id, "")
        return Rendered(subject.strip(), "", text.lstrip("\n"), calendar)

    def _wording(self, version_id: int) -> tuple[Wording, list[int]]:
        versions = TemplateVersion.objects.of(self.workspace_id).select_related("template")
        found = versions.get(id=version_id)
        wording = Wording(found.template.name, found.subject, found.html, found.text, found.body)
        links = Link.objects.of(self.workspace_id).filter(version_id=version_id)
        return wording, list(links.values_list("number", flat=True))


def _is_told(row: Row) -> bool:
    return row.kind == MessageKind.TO_COLLEAGUE


def facts_of(
    row: Row, sender: Sender, way_out: str, dossier: dict[str, str] | None, now: datetime
) -> dict[str, Any]:
    """Return what a template can say to the recipient of this row; links are added by number.

    What is not known is nil: an empty text would be true to {% if contact.given_name %}.
    """
    return {
        "contact": {"name": row.name or None}
        | {name: getattr(row, name) or None for name in OF_A_CONTACT},
        "account": {
            "name": row.account_name or None,
            "industry": row.industry or None,
            "country": row.account_country or None,
        },
        "lead": {"title": row.title or None, "need": row.need or None},
        "dossier": {name: said or None for name, said in (dossier or {}).items()},
        "owner": {"name": row.owner_name or None, "email": row.owner_email or None},
        "sender": {"name": sender.from_name, "email": sender.from_address},
        "today": f"{now:%-d %B %Y}",
        "postal_address": sender.postal_address,
        "unsubscribe_url": way_out,
        "preferences_url": way_out,
    }
