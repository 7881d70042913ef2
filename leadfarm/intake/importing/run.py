"""Running an import: chunk by chunk, each in one transaction with the cursor that says so."""

import gc
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import IntegrityError, OperationalError, connection

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.consent.actions import bar_known_addresses
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.codes import ImportKind, ImportState
from leadfarm.intake.importing.context import Context, Earlier
from leadfarm.intake.importing.erased import forget_erased, leave_out_erased
from leadfarm.intake.importing.files import table_of
from leadfarm.intake.importing.job import Job
from leadfarm.intake.importing.junk import is_suspect, leave_out_junk
from leadfarm.intake.importing.lead_rows import LeadRows
from leadfarm.intake.importing.outcome_rows import OutcomeRows
from leadfarm.intake.importing.output import Output
from leadfarm.intake.importing.preparing import Preparing
from leadfarm.intake.importing.record import Record
from leadfarm.intake.mapping import read_mapping
from leadfarm.intake.models import ImportRun
from leadfarm.intake.notices import tell_of_import
from leadfarm.intake.reading import Fault, Row, Table
from leadfarm.intake.reading.table import printable
from leadfarm.intake.sql import statement
from leadfarm.leads.actions.following import office_hours
from leadfarm.leads.actions.profiling import match_standings
from leadfarm.leads.models import Contact
from leadfarm.leads.routing import PlacesTaken

CHUNK = 10_000
TRIES = 5
Progress = Callable[[ImportRun], None]


class OvertakenError(LeadfarmError):
    """Another worker runs this import; it goes on there."""


@dataclass
class Prepared:
    """A chunk of rows as they were read: records, faults, and the raw cells of faulty rows."""

    last_row: int
    rows: int
    records: list[Record]
    faults: list[Fault]
    raw: dict[int, str]
    rejected: int = 0
    erased: int = 0  # of the rejected: people who were erased
    suspects: set[int] = field(default_factory=set)  # rows that may be junk


def run_import(
    run: ImportRun, *, now: datetime, progress: Progress | None = None, chunk: int = CHUNK
) -> ImportRun:
    """Bring in what is left of the file and return the run with its counts.

    May be called again after any interruption: it goes on behind the last row that is in. A
    finished run is returned as it is; what cannot be run at all becomes FAILED, with the reason.
    """
    if run.is_finished:
        return run
    try:
        table, job = _begin(run, now)
    except LeadfarmError as error:
        _end(run, now, state=ImportState.FAILED, failed_because=str(error)[:400])
        return run
    with _no_search_for_cycles():
        for prepared in _ahead(table, job, chunk):
            _write(job, prepared)
            run.refresh_from_db()
            if progress is not None:
                progress(run)
    _end(run, now, state=ImportState.DONE)
    with within(run.workspace_id):
        forget_erased(run)
    return run


def _end(run: ImportRun, now: datetime, **columns: Any) -> None:
    """Note that it is over, and tell those who wait for it, at once."""
    with within(run.workspace_id):
        _set(run, finished_at=now, **columns)
        tell_of_import(run, now=now)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Spare the search for cyclic garbage: a chunk is many objects, none in a cycle."""
    searches = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searches:
            gc.enable()


def _begin(run: ImportRun, now: datetime) -> tuple[Table, Job]:
    workspace = Workspace.objects.get(id=run.workspace_id)
    table = table_of(run)
    mapping = read_mapping(run.mapping, table.titles, ImportKind(run.kind))
    now = run.started_at or now  # one import has one time, however often it is interrupted
    job = Job(workspace, run, mapping, office_hours(workspace.id), now)
    Preparing(mapping, table.titles, workspace, now)  # what is wrong with it is said before we run
    if run.state != ImportState.RUNNING:
        _set(run, state=ImportState.RUNNING, started_at=now, total=table.count())
    return table, job


def _set(run: ImportRun, **columns: Any) -> None:
    with within(run.workspace_id):
        ImportRun.objects.of(run.workspace_id).filter(id=run.id).update(**columns)
    run.refresh_from_db()


def _ahead(table: Table, job: Job, chunk: int) -> Iterator[Prepared]:
    """Give the chunks; while one is written, the next is read and cleaned."""
    preparing = Preparing(job.mapping, table.titles, job.workspace, job.now)
    rows = table.rows(after=job.run.cursor)
    with ThreadPoolExecutor(1) as helper:
        upcoming = helper.submit(prepare, preparing, rows, chunk)
        while (prepared := upcoming.result()) is not None:
            upcoming = helper.submit(prepare, preparing, rows, chunk)
            yield prepared


def prepare(preparing: Preparing, rows: Iterator[Row], chunk: int) -> Prepared | None:
    """Return the next rows, cleaned; None when there are no more."""
    read = list(islice(rows, chunk))
    if not read:
        return None
    prepared = Prepared(read[-1].number, len(read), [], [], {})
    for row in read:
        record, faults = preparing.record(row)
        if record is not None:
            prepared.records.append(record)
        else:
            prepared.rejected += 1
        if suspect := record is not None and preparing.judges and is_suspect(record):
            prepared.suspects.add(row.number)
        if faults or suspect or preparing.keeps_rows:
            prepared.raw[row.number] = json.dumps([printable(cell) for cell in row.cells])
        prepared.faults.extend(faults)
    return prepared


def _write(job: Job, prepared: Prepared) -> None:
    """Write one chunk; somebody who writes the same people at the same time makes us try again."""
    for left in reversed(range(TRIES)):
        try:
            with within(job.workspace.id), connection.cursor() as cursor:
                _count(cursor, job, prepared, bring_in(cursor, job, prepared))
        except (IntegrityError, OperationalError, PlacesTaken):
            if not left:
                raise
        else:
            return


def bring_in(cursor: Any, job: Job, prepared: Prepared) -> Output:
    """Write one chunk, in the transaction that is open; return what was written."""
    out = Output(cursor, job)
    context = Context(cursor, job, _earlier(job.run))
    context.raw = prepared.raw
    leave_out_erased(job, prepared)
    leave_out_junk(job, prepared)
    out.counts["rejected"] = prepared.rejected
    out.counts["erased"] = prepared.erased
    for fault in prepared.faults:
        out.counts["flagged"] += fault.taken
        out.fault(fault, prepared.raw.get(fault.row))
    if prepared.records:
        kind = OutcomeRows if job.mapping.kind is ImportKind.OUTCOMES else LeadRows
        rows = kind(cursor, job, context, out)
        rows.take(prepared.records)
        out.write()
        context.routing.save()
        bar_known_addresses(job.workspace.id, rows.fresh)
        if Contact.objects.of(job.workspace).filter(no_profiling=True).exists():
            match_standings(job.workspace.id, list(out.pursuits))
    else:
        out.write()
    return out


def _count(cursor: Any, job: Job, prepared: Prepared, out: Output) -> None:
    names = ("created", "merged", "updated", "unchanged", "rejected", "erased", "flagged")
    terms = {name: out.counts[name] for name in names}
    where = {"workspace": job.workspace.id, "run": job.run.id, "from": job.run.cursor}
    here = {"cursor": prepared.last_row, "rows": prepared.rows}
    cursor.execute(
        statement("count_chunk"), terms | where | here | {"running": int(ImportState.RUNNING)}
    )
    if cursor.rowcount != 1:
        raise OvertakenError("This import runs elsewhere already.", "Wait until it is done.")


def _earlier(run: ImportRun) -> Earlier:
    """Return the other imports of the same content, whose rows are in already."""
    same = ImportRun.objects.of(run.workspace_id).filter(digest=run.digest, kind=run.kind)
    there = same.exclude(id=run.id).exclude(state=ImportState.UNDONE).filter(cursor__gt=0)
    found = dict(there.values_list("id", "mapping"))
    return Earlier(list(found), run.mapping in found.values())
