"""Rows of a file of outcomes: each tells what became of a lead that is there."""

from collections.abc import Collection, Sequence
from typing import Any

from leadfarm.intake.codes import RowFate
from leadfarm.intake.importing import outcomes
from leadfarm.intake.importing.checking import before_first_contact
from leadfarm.intake.importing.context import Context
from leadfarm.intake.importing.flight import Flight
from leadfarm.intake.importing.job import Job
from leadfarm.intake.importing.output import Output
from leadfarm.intake.importing.overwriting import Overwriting
from leadfarm.intake.importing.pursuit import Pursuit
from leadfarm.intake.importing.pursuits import Pursuits
from leadfarm.intake.importing.record import Record
from leadfarm.intake.reading import Fault
from leadfarm.intake.sql import statement


class OutcomeRows:
    """Takes the records of one chunk, in their order. It opens no leads and makes no contacts."""

    def __init__(self, cursor: Any, job: Job, context: Context, out: Output) -> None:
        self.cursor, self.job, self.context, self.out = cursor, job, context, out
        self.over = Overwriting.of(job)
        self.pursuits = Pursuits(cursor, job, context.flight.pursuits)

    def take(self, records: Sequence[Record]) -> None:
        """Decide for every record and collect what is to be written."""
        contacts = self._contacts(records)
        self.pursuits.load(records, contacts.values(), [], [])
        self.context.load_history(list(self.pursuits.by_id), [])
        self.context.reach(self.pursuits.by_id.values())
        for record in records:
            pursuit = self.pursuits.match_outcome(record, contacts.get(record.email))
            if pursuit is None:
                self._reject(record, *_unknown(record, self.job))
            elif refused := outcomes.refusal(pursuit, record.stage or pursuit.stage):
                self._reject(record, self._title("stage"), refused)
            else:
                self._row(pursuit, record)

    def flight(self) -> Flight:
        """Return what the next chunk must know while this one is being written."""
        routing, told = self.context.routing, self.context.told
        return Flight(pursuits=self.out.pursuits, findings=told, routing=routing)

    def fresh(self) -> list[tuple[int, str]]:
        """Return the contacts made: none."""
        return []

    def known(self) -> dict[str, Collection[int]]:
        """Return the leads that are told of; of contacts and accounts nothing is told."""
        return {"contacts": (), "leads": list(self.out.pursuits), "accounts": ()}

    def _contacts(self, records: Sequence[Record]) -> dict[str, int]:
        emails = list({record.email for record in records if record.email})
        if not emails:
            return {}
        terms = {"workspace": self.job.workspace.id, "emails": emails}
        self.cursor.execute(statement("contacts_there"), {**terms, "phones": [], "accounts": []})
        return {row[1]: row[0] for row in self.cursor.fetchall()}

    def _row(self, pursuit: Pursuit, record: Record) -> None:
        self.out.pursuits.setdefault(pursuit.id, pursuit)
        told = self._tell(pursuit, record)
        entered, at = pursuit.entered_at, record.stage_at
        changes = outcomes.apply(pursuit, record, self.job)
        for change in changes:
            self.out.change(change)
        if entered is not None and at is not None and at < entered:
            title = self._title("stage_at")
            remark = before_first_contact(record.row, title, record, entered)
            self.context.flag(self.out, remark)
        fresh = self.context.add_findings(self.out, pursuit, record, None)
        fate = RowFate.UPDATED if changes or told or fresh else RowFate.UNCHANGED
        self.out.landed.append((record.row, fate, pursuit.id, None))

    def _tell(self, pursuit: Pursuit, record: Record) -> bool:
        before = (pursuit.amount, pursuit.close_on)
        pursuit.amount = self.over.pick("amount", pursuit.amount, record.amount)
        pursuit.close_on = self.over.pick("close_on", pursuit.close_on, record.close_on)
        owned = self.context.own(pursuit, record, self.over)
        told = owned or before != (pursuit.amount, pursuit.close_on)
        pursuit.is_told = pursuit.is_told or told
        return told

    def _reject(self, record: Record, title: str, message: str) -> None:
        self.out.counts["rejected"] += 1
        self.out.fault(Fault(record.row, title, message), self.context.raw.get(record.row))

    def _title(self, target: str) -> str:
        column = self.job.mapping.column(target)
        return column.title if column else ""


def _unknown(record: Record, job: Job) -> tuple[str, str]:
    target, value = ("external_id", record.external_id) if record.external_id else (
        "email", record.email
    )  # fmt: skip
    column = job.mapping.column(target)
    wrong = f"No lead has “{value[:60]}”. Import its leads first, or correct the cell."
    return (column.title if column else ""), wrong
