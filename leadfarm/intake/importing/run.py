"""Running an import: chunk by chunk, each in one transaction with the cursor that says so."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.codes import ImportKind, ImportState
from leadfarm.intake.importing.ahead import bring_in_all
from leadfarm.intake.importing.erased import forget_erased
from leadfarm.intake.importing.files import table_of
from leadfarm.intake.importing.job import Job
from leadfarm.intake.importing.preparing import Preparing
from leadfarm.intake.mapping import read_mapping
from leadfarm.intake.models import ImportRun
from leadfarm.intake.notices import tell_of_import
from leadfarm.intake.reading import Table
from leadfarm.leads.actions.following import office_hours

# Small enough that a file has several, one being decided while another is written.
CHUNK = 5_000
Progress = Callable[[ImportRun], None]


class ThrownAwayError(LeadfarmError):
    """The import was thrown away before it began."""


def run_import(
    run: ImportRun, *, now: datetime, progress: Progress | None = None, chunk: int = CHUNK
) -> ImportRun:
    """Bring in what is left of the file and return the run with its counts.

    May be called again after any interruption: it goes on behind the last row that is in. A
    finished run, or one thrown away, is returned as it is; what cannot be run at all becomes
    FAILED, with the reason.
    """
    if run.is_finished or run.thrown_away_at:
        return run
    try:
        table, job = _begin(run, now)
    except ThrownAwayError:
        return run
    except LeadfarmError as error:
        _end(run, now, state=ImportState.FAILED, failed_because=str(error)[:400])
        return run
    with _no_search_for_cycles():
        for _ in bring_in_all(table, job, chunk):
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
        _start(run, now, table.count())
    return table, job


def _start(run: ImportRun, now: datetime, total: int) -> None:
    """Begin, unless somebody has thrown it away while its rows were counted."""
    with within(run.workspace_id):
        here = ImportRun.objects.of(run.workspace_id).filter(id=run.id, thrown_away_at=None)
        started = here.update(state=ImportState.RUNNING, started_at=now, total=total)
    if not started:
        raise ThrownAwayError(f"{run.file_name} was thrown away.")
    run.refresh_from_db()


def _set(run: ImportRun, **columns: Any) -> None:
    with within(run.workspace_id):
        ImportRun.objects.of(run.workspace_id).filter(id=run.id).update(**columns)
    run.refresh_from_db()
