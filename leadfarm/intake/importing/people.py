"""Contacts of a chunk: matched with those there, new ones made, what files tell of them updated.

An address is a person. Without one, a number or an account finds candidates and the name decides,
because colleagues share a switchboard.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from leadfarm.engine import arrays
from leadfarm.intake.importing import tables
from leadfarm.intake.importing.companies import Account
from leadfarm.intake.importing.overwriting import Overwriting
from leadfarm.intake.importing.record import Record
from leadfarm.intake.sql import statement
from leadfarm.rules.names import person_key

if TYPE_CHECKING:
    from leadfarm.intake.importing.output import Output

# Of a contact: the columns as contacts_there returns them.
ID, EMAIL, PHONE_KEY, ACCOUNT, GIVEN, FAMILY, JOB_TITLE, PHONE, COUNTRY = range(9)
Contact = list[Any]


class Person(NamedTuple):
    """The contact of a row, whether it was there before, and whether the row told more of it."""

    contact: Contact | None
    was_there: bool = False
    told: bool = False


class People:
    """Says for each record which contact it is about."""

    def __init__(self, cursor: Any, over: Overwriting, flying: Mapping[int, Contact]) -> None:
        self.cursor, self.over, self.flying = cursor, over, flying
        self.by_email: dict[str, Contact] = {}
        self.by_name: dict[tuple[str, str], Contact] = {}  # (number or account, folded name)
        self.new: list[Contact] = []
        self.told: dict[int, Contact] = {}

    def resolve(
        self, records: Sequence[Record], accounts: Sequence[Account | None]
    ) -> list[Person]:
        """Return the person of each record; new contacts have their ids."""
        self._load(records, accounts)
        found = [
            self._person(record, account[0] if account else None)
            for record, account in zip(records, accounts, strict=True)
        ]
        ids = tables.reserve(self.cursor, "contact", len(self.new))
        for contact, number in zip(self.new, ids, strict=True):
            contact[ID] = number
        return found

    def latest(self) -> dict[int, Contact]:
        """Return the contacts this chunk made or changed, by id."""
        return {contact[ID]: contact for contact in self.new} | self.told

    def fresh(self) -> list[tuple[int, str]]:
        """Return (id, address or number) of the contacts just made: what a bar may be known by."""
        keys = (EMAIL, PHONE_KEY)
        return [(contact[ID], contact[key]) for contact in self.new for key in keys if contact[key]]

    def _load(self, records: Sequence[Record], accounts: Sequence[Account | None]) -> None:
        nameless = [at for at, record in enumerate(records) if not record.email]
        emails = {record.email for record in records if record.email}
        phones = {key for at in nameless if (key := records[at].phone_key)}
        near = {account[0] for at in nameless if (account := accounts[at]) is not None}
        terms = {
            "workspace": self.over.workspace,
            "emails": arrays.texts(emails),
            "phones": arrays.texts(phones),
            "accounts": arrays.numbers(near),
        }
        self.cursor.execute(statement("contacts_there"), terms)
        there = self.cursor.fetchall()
        flying = {row[ID] for row in there} & self.flying.keys()
        flying |= {
            number
            for number, one in self.flying.items()
            if one[EMAIL] in emails or one[PHONE_KEY] in phones or one[ACCOUNT] in near
        }
        found = [list(row[:9]) for row in there if row[ID] not in flying]
        found += [list(self.flying[number]) for number in flying]
        for contact in sorted(found, key=itemgetter(ID)):
            self._index(contact)

    def _index(self, contact: Contact) -> None:
        if contact[EMAIL]:
            self.by_email.setdefault(contact[EMAIL], contact)
        name = person_key(f"{contact[GIVEN]} {contact[FAMILY]}")
        for key in _keys(contact[PHONE_KEY], contact[ACCOUNT], name):
            self.by_name.setdefault(key, contact)

    def _person(self, record: Record, account: int | None) -> Person:
        if not record.names_a_person:
            return Person(None)
        contact = self.by_email.get(record.email) if record.email else None
        if contact is None and not record.email:
            name = person_key(f"{record.given_name} {record.family_name}")
            keys = _keys(record.phone_key, account, name)
            contact = next((self.by_name[key] for key in keys if key in self.by_name), None)
        if contact is None:
            return Person(self._open(record, account) if self.over.opens else None)
        return Person(contact, was_there=True, told=self._tell(contact, record, account))

    def _open(self, record: Record, account: int | None) -> Contact:
        contact: Contact = [
            *(None, record.email or None, record.phone_key, account, record.given_name),
            *(record.family_name, record.job_title, record.phone, record.country),
        ]
        self.new.append(contact)
        self._index(contact)
        return contact

    def _tell(self, contact: Contact, record: Record, account: int | None) -> bool:
        if not self.over.tells:
            return False
        before = list(contact)
        pick = self.over.pick
        blank = not contact[GIVEN] and not contact[FAMILY]
        if blank or self.over.always("full_name"):
            contact[GIVEN] = record.given_name or contact[GIVEN]
            contact[FAMILY] = record.family_name or contact[FAMILY]
        contact[GIVEN] = pick("given_name", contact[GIVEN], record.given_name)
        contact[FAMILY] = pick("family_name", contact[FAMILY], record.family_name)
        contact[JOB_TITLE] = pick("job_title", contact[JOB_TITLE], record.job_title)
        contact[COUNTRY] = pick("country", contact[COUNTRY], record.country)
        contact[ACCOUNT] = pick("company", contact[ACCOUNT], account)
        phone = pick("phone", contact[PHONE], record.phone)
        if phone != contact[PHONE]:
            contact[PHONE], contact[PHONE_KEY] = phone, record.phone_key
        if contact == before:
            return False
        if contact[ID] is not None:
            self.told[contact[ID]] = contact
        return True

    def hand_over(self, out: "Output") -> None:
        """Add what is new and what was told to what the chunk writes."""
        workspace, now = self.over.workspace, self.over.now
        out.rows["contact"] = [
            (
                *(workspace, c[ID], c[ACCOUNT], c[GIVEN], c[FAMILY], c[JOB_TITLE], c[EMAIL] or ""),
                *(c[EMAIL], c[PHONE], c[PHONE_KEY], c[COUNTRY], "", now),
            )
            for c in self.new
        ]
        out.told["contact"] = [
            (c[ID], *c[GIVEN : PHONE + 1], c[PHONE_KEY], c[COUNTRY], c[ACCOUNT])
            for c in self.told.values()
        ]


def _keys(phone: str | None, account: int | None, name: str) -> list[tuple[str, str]]:
    keys = [("phone " + phone, name)] if phone else []
    if account is not None and name:
        keys.append((f"account {account}", name))
    return keys
