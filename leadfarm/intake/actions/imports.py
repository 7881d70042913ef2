"""Files on their way in: uploaded, mapped, and the mappings kept by name."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from leadfarm.access.actions.audit import audit
from leadfarm.access.actors import IMPORT, Actor
from leadfarm.access.models import Member, Workspace
from leadfarm.access.walls import within
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.codes import ImportKind, ImportState
from leadfarm.intake.importing.files import (
    forget_file,
    is_a_workbook,
    keep_file,
    path_of,
    read_sheet,
    table_of,
)
from leadfarm.intake.importing.guessing import begin_mapping, fitted
from leadfarm.intake.mapping import Mapping, read_mapping
from leadfarm.intake.mapping.plan import ABOUT_ROWS
from leadfarm.intake.models import ImportedChange, ImportFault, ImportRun, SavedMapping
from leadfarm.leads.models import Campaign

# How long the file itself is kept: its rows are the raw payloads of the touches it made.
KEPT_FOR = timedelta(days=730)
THROWN_AWAY_FOR = timedelta(hours=1)
BEGUN = ("mapping", "preset", "repairs", "state")


def upload(
    workspace: Workspace,
    name: str,
    blocks: Iterable[bytes],
    *,
    kind: ImportKind,
    by: Member | None,
    now: datetime,
    campaign: Campaign | None = None,
) -> ImportRun:
    """Keep a file and return its import, not yet mapped. UnreadableFileError when it is no table.

    Call it inside the workspace. Nothing stays behind of a file that cannot be read.
    """
    with transaction.atomic():
        run = ImportRun.objects.create(
            workspace=workspace,
            kind=kind,
            file_name=name.replace("\x00", "").rsplit("/", 1)[-1][:200] or "file.csv",
            digest="",
            file_delete_on=(now + KEPT_FOR).date(),
            started_by=by,
            uploaded_at=now,
            campaign=campaign,
        )
        _keep(run, blocks)
        run.save(update_fields=[*BEGUN, "file_size", "digest"])
    return run


def _keep(run: ImportRun, blocks: Iterable[bytes]) -> None:
    """Keep the file; a table is guessed at once, a workbook waits for `read_workbook`."""
    try:
        keep_file(run, blocks)
        if is_a_workbook(run):
            run.state = ImportState.READING
        else:
            run.state = _begun(run)
    except BaseException:
        forget_file(run)
        raise


def choose_sheet(run: ImportRun, sheet: str) -> None:
    """Have another sheet of the workbook read; LeadfarmError when it has none of this name."""
    if sheet not in run.sheets:
        raise LeadfarmError(f"This workbook has no sheet “{sheet[:60]}”.")
    _refuse_begun(run)
    run.mapping, run.state = {"options": {"sheet": sheet}}, ImportState.READING
    run.save(update_fields=["mapping", "state"])


def read_workbook(run: ImportRun, *, now: datetime) -> ImportRun:
    """Read the sheet asked for (else the first) and guess its columns; takes seconds.

    What cannot be read becomes FAILED, with the reason. Call it outside a transaction.
    """
    if run.state != ImportState.READING:
        return run
    wanted = str((run.mapping.get("options") or {}).get("sheet") or "")
    try:
        run.mapping = {"options": {"sheet": read_sheet(run, wanted)}}
        with within(run.workspace_id):
            run.state = _begun(run)
    except LeadfarmError as refusal:
        run.state, run.failed_because = ImportState.FAILED, str(refusal)[:400]
        run.finished_at = now
    with within(run.workspace_id):
        run.save(update_fields=[*BEGUN, "sheets", "digest", "failed_because", "finished_at"])
    return run


def _begun(run: ImportRun) -> ImportState:
    """Begin the mapping; of a repair it is known, and stands."""
    return ImportState.MAPPED if begin_mapping(run) else ImportState.UPLOADED


def lay_out(run: ImportRun, *, by_layout: bool = True, saved: SavedMapping | None = None) -> None:
    """Begin the mapping anew: as the layout of the file says, by its titles alone, or as saved."""
    _refuse_begun(run)
    if saved is None:
        begin_mapping(run, by_layout=by_layout)
    else:
        run.preset, run.mapping = "", fitted(saved.mapping, run, table_of(run).titles)
    run.state = ImportState.UPLOADED
    run.save(update_fields=["mapping", "preset", "repairs", "state"])


def map_columns(run: ImportRun, content: Any) -> Mapping:
    """Give an import its mapping; MappingError says everything that is wrong with it."""
    _refuse_begun(run)
    before, run.mapping = run.mapping, content
    try:
        mapping = read_mapping(content, table_of(run).titles, ImportKind(run.kind))
    except LeadfarmError:
        run.mapping = before
        raise
    run.mapping, run.state, run.failed_because = mapping.as_json(), ImportState.MAPPED, ""
    run.rehearsal = None
    run.save(update_fields=["mapping", "state", "failed_because", "rehearsal"])
    return mapping


def _refuse_begun(run: ImportRun) -> None:
    if run.state == ImportState.READING:
        raise LeadfarmError("The workbook is still being read.", "Wait a moment.")
    if run.state not in (ImportState.UPLOADED, ImportState.MAPPED, ImportState.FAILED):
        raise LeadfarmError("This import has begun; its mapping stays.", "Undo it to begin anew.")


def save_mapping(workspace: Workspace, name: str, mapping: Mapping, *, now: datetime) -> None:
    """Keep a mapping by name; an older one of the name is replaced."""
    kept = mapping.as_json()
    options = {name: kept["options"][name] for name in ABOUT_ROWS if name in kept["options"]}
    SavedMapping.objects.update_or_create(
        workspace=workspace,
        name=name.strip()[:80],
        defaults={"kind": mapping.kind, "mapping": {**kept, "options": options}, "saved_at": now},
    )


@transaction.atomic
def discard(run: ImportRun, *, by: Member | None, now: datetime) -> None:
    """Throw an import away that has not run; for an hour it can be taken out again."""
    idle = ImportRun.objects.of(run.workspace_id).filter(id=run.id, cursor=0, thrown_away_at=None)
    # One that waits for a worker waits no longer, and must be started anew when it is back.
    idle.filter(state=ImportState.WAITING).update(state=ImportState.MAPPED)
    if not idle.exclude(state=ImportState.RUNNING).update(thrown_away_at=now):
        raise LeadfarmError("This import has run.", "Undo it instead.")
    hand = Actor.of(by) if by else IMPORT
    audit(run.workspace_id, "import.discarded", by=hand, now=now, on=run)


def take_out_again(run: ImportRun, *, by: Member, now: datetime) -> None:
    """Put an import that was thrown away back where it stood; LeadfarmError after an hour."""
    thrown = ImportRun.objects.of(run.workspace_id).filter(id=run.id)
    if not thrown.filter(thrown_away_at__gt=now - THROWN_AWAY_FOR).update(thrown_away_at=None):
        raise LeadfarmError("This file is gone for good.", "Upload it again.")
    audit(run.workspace_id, "import.taken_out_again", by=Actor.of(by), now=now, on=run)


def forget_thrown_away(workspace: Workspace, now: datetime) -> int:
    """Delete imports that were thrown away an hour ago, with their files; return how many."""
    over = ImportRun.objects.of(workspace).filter(thrown_away_at__lte=now - THROWN_AWAY_FOR)
    for run in over:
        forget_file(run)
    return over.delete()[1].get(ImportRun._meta.label, 0)


def forget_files_of(workspace: Workspace, runs: QuerySet[ImportRun]) -> int:
    """Delete the files of these imports, their raw rows and what they changed; return how many.

    Counted are the files that were still there.
    """
    ids = runs.values("id")
    faults = ImportFault.objects.of(workspace).filter(run_id__in=ids)
    faults.exclude(raw=None).update(raw=None)
    ImportedChange.objects.of(workspace).filter(run_id__in=ids).delete()
    here = [run for run in runs if path_of(run).exists()]
    for run in here:
        forget_file(run)
    return len(here)
