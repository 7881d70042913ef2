"""Writing what was decided of a chunk: by set, in one transaction with the cursor that says so."""

from typing import Any

from django.db import connection

from leadfarm.access.walls import within
from leadfarm.consent.actions import bar_known_addresses
from leadfarm.engine import arrays
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.codes import ImportState
from leadfarm.intake.importing import tables
from leadfarm.intake.importing.deciding import Decided
from leadfarm.intake.importing.job import Job
from leadfarm.intake.importing.remembering import change
from leadfarm.intake.sql import statement
from leadfarm.leads.actions.profiling import match_standings
from leadfarm.leads.models import Contact
from leadfarm.leads.routing import write_down

COUNTED = ("created", "merged", "updated", "unchanged", "rejected", "erased", "flagged")


class OvertakenError(LeadfarmError):
    """Another worker runs this import; it goes on there."""


class OutdatedError(LeadfarmError):
    """Somebody has written the same people since this was decided; it is to be decided anew."""


class Writer:
    """Writes chunk after chunk. Knows its own transactions, so as not to take them for others'."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.mine: list[str] = []

    def write(self, decided: Decided, *, heed: bool = True) -> None:
        """Write one chunk. OutdatedError where others were faster, unless it need not `heed` them.

        Unique keys refuse (IntegrityError) what others have made meanwhile, heeded or not.
        """
        with within(self.job.workspace.id), connection.cursor() as cursor:
            if heed and self._is_outdated(cursor, decided):
                raise OutdatedError("Others write the same people just now.", "Try again.")
            write_rows(cursor, self.job, decided)
            transaction = self._count(cursor, decided)
        self.mine.append(transaction)

    def _is_outdated(self, cursor: Any, decided: Decided) -> bool:
        terms = {
            "workspace": self.job.workspace.id,
            "since": decided.since,
            "mine": self.mine,
            **{name: arrays.numbers(ids) for name, ids in decided.known.items()},
        }
        cursor.execute(statement("written_since"), terms)
        return bool(cursor.fetchone()[0])

    def _count(self, cursor: Any, decided: Decided) -> str:
        """Say how far the import is; return the transaction."""
        job, chunk = self.job, decided.prepared
        terms: dict[str, Any] = {name: decided.out.counts[name] for name in COUNTED}
        terms |= {"workspace": job.workspace.id, "run": job.run.id, "from": chunk.after}
        terms |= {"cursor": chunk.last_row, "rows": chunk.rows}
        cursor.execute(statement("count_chunk"), terms | {"running": int(ImportState.RUNNING)})
        found = cursor.fetchone()
        if found is None:
            raise OvertakenError("This import runs elsewhere already.", "Wait until it is done.")
        return str(found[0])


def write_rows(cursor: Any, job: Job, decided: Decided) -> None:
    """Write one chunk, in the transaction that is open; what is pointed to comes first."""
    workspace = job.workspace.id
    for name in tables.NEW:
        if text := decided.new.get(name):
            tables.insert(cursor, name, text)
        if name in ("account", "contact"):
            _change(cursor, job, decided, name)
    if words := decided.new.get("words"):
        tables.add_words(cursor, words, workspace)
    for name in ("lead", "standing"):
        _change(cursor, job, decided, name)
    if decided.out.ended:
        terms = {"workspace": workspace, "leads": decided.out.ended, "now": job.now}
        cursor.execute(statement("cancel_tasks"), terms)
    for given in decided.given:
        write_down(given)
    bar_known_addresses(workspace, decided.fresh)
    if Contact.objects.of(workspace).filter(no_profiling=True).exists():
        match_standings(workspace, list(decided.out.pursuits))


def _change(cursor: Any, job: Job, decided: Decided, name: str) -> None:
    if text := decided.told.get(name):
        change(cursor, name, text, (job.workspace.id, job.run.id))
