"""Which lead each row joins or opens: rules.opening decides, with all of the chunk in sight."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from leadfarm.engine import arrays
from leadfarm.intake.importing import tables
from leadfarm.intake.importing.job import Job
from leadfarm.intake.importing.pursuit import Pursuit
from leadfarm.intake.importing.record import Record
from leadfarm.intake.sql import statement
from leadfarm.rules.codes import Origin
from leadfarm.rules.names import own_number
from leadfarm.rules.opening import Decision, Opening, decide
from leadfarm.rules.stages import OPEN, Stage

LAST_OPEN = max(OPEN)


class Asked(NamedTuple):
    """By what the rows of a chunk may mean a lead."""

    external_ids: set[str]
    contacts: set[int]
    accounts: set[int]
    leads: set[int]

    def means(self, one: Pursuit) -> bool:
        """Whether a row may mean this lead."""
        return (
            one.contact_id in self.contacts
            or one.account_id in self.accounts
            or one.external_id in self.external_ids
            or one.id in self.leads
        )


class Pursuits:
    """The leads a chunk may touch, found by external id, contact and account."""

    def __init__(self, cursor: Any, job: Job, flying: Mapping[int, Pursuit]) -> None:
        self.cursor, self.job, self.flying = cursor, job, flying
        self.by_id: dict[int, Pursuit] = {}
        self.by_external: dict[str, Pursuit] = {}
        self.by_contact: dict[int, list[Pursuit]] = defaultdict(list)
        self.by_account: dict[int, list[Pursuit]] = defaultdict(list)
        self.spare: list[int] = []

    def load(
        self, records: Sequence[Record], contacts: Iterable[int], accounts: Iterable[int],
        leads: Iterable[int],
    ) -> None:  # fmt: skip
        """Fetch every lead that a row of the chunk may join, and numbers for those it may open."""
        asked = Asked(
            {r.external_id for r in records if r.external_id},
            set(contacts),
            set(accounts),
            {*leads, *self._own_ids(records)},
        )
        there = {
            number: one.afterwards() for number, one in self.flying.items() if asked.means(one)
        }
        for pursuit in self._read(asked):
            there.setdefault(pursuit.id, pursuit)
        for _, pursuit in sorted(there.items()):
            self.index(pursuit)
        slug = self.job.workspace.slug
        for record in records:
            number = own_number(slug, record.external_id) if "/" in record.external_id else None
            if number in self.by_id:
                self.by_external[record.external_id] = self.by_id[number]

    def _read(self, asked: "Asked") -> Iterable[Pursuit]:
        terms = {
            "workspace": self.job.workspace.id,
            "external_ids": arrays.texts(asked.external_ids),
            "contacts": arrays.numbers(asked.contacts),
            "accounts": arrays.numbers(asked.accounts),
            "leads": arrays.numbers(asked.leads),
            "last_open_stage": int(LAST_OPEN),
            "captured": int(Origin.CAPTURED),
        }
        self.cursor.execute(statement("leads_there"), terms)
        for row in self.cursor.fetchall():
            # What the chunk before has told of it counts, by whatever the row is found.
            if flying := self.flying.get(row[0]):
                yield flying.afterwards()
                continue
            pursuit = Pursuit(*row)
            pursuit.stage = Stage(pursuit.stage)
            yield pursuit

    def _own_ids(self, records: Sequence[Record]) -> set[int]:
        """Return the leads that rows name by the ids under which they went out."""
        slug = self.job.workspace.slug
        told = {r.external_id for r in records if "/" in r.external_id}
        return {number for one in told if (number := own_number(slug, one)) is not None}

    def index(self, pursuit: Pursuit) -> None:
        """Make the lead known to the rows that follow."""
        self.by_id[pursuit.id] = pursuit
        if pursuit.external_id:
            self.by_external[pursuit.external_id] = pursuit
        if pursuit.contact_id is not None:
            self.by_contact[pursuit.contact_id].append(pursuit)
        if pursuit.account_id is not None:
            self.by_account[pursuit.account_id].append(pursuit)

    def decide(self, record: Record, contact: int | None, account: int | None) -> Decision:
        """Return what the row does: joins which lead, or opens one, and why."""
        known = self.by_external.get(record.external_id) if record.external_id else None
        match = self.job.mapping.match
        if known is not None and match == "email":
            record.external_id = ""  # it is another lead's, and the address decides here
        elif known is not None:
            return Decision(Opening.JOIN, f"Same external id {record.external_id}", known.id)
        elif record.external_id and match == "external_id":
            return Decision(Opening.NEW, f"First of external id {record.external_id}")
        own = self.by_contact.get(contact, []) if contact is not None else []
        near: list[Pursuit] = []
        if account is not None and not record.external_id:
            near = [one for one in self.by_account.get(account, []) if one not in own]
        if not own and not near:
            return Decision(Opening.NEW, "First touch of this contact")
        candidates = [one.candidate(is_colleagues=False) for one in own]
        candidates += [one.candidate(is_colleagues=True) for one in near]
        external_id = record.external_id if match != "email" else ""
        return decide(candidates, need=record.need, external_id=external_id)

    def match_outcome(self, record: Record, contact: int | None) -> Pursuit | None:
        """Return the lead an outcome is about: of this external id, else the contact's newest."""
        if record.external_id:
            return self.by_external.get(record.external_id)
        own = self.by_contact.get(contact, []) if contact is not None else []
        return max(own, key=lambda one: (one.stage in OPEN, one.entered_at, one.id), default=None)

    def number(self, upcoming: int) -> int:
        """Return a number for a new lead; they are fetched in one go."""
        if not self.spare:
            self.spare = tables.reserve(self.cursor, "lead", max(upcoming, 1))[::-1]
        return self.spare.pop()
