"""Where imported files lie, and how they are opened: in the data folder, readable by us only."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from leadfarm.engine.home import make_folder
from leadfarm.intake.models import ImportRun
from leadfarm.intake.reading import Table, UnreadableFileError, is_workbook, open_table, unfold
from leadfarm.intake.reading.table import refuse_large
from leadfarm.intake.reading.workbook import UNPACKED


def path_of(run: ImportRun) -> Path:
    """Return where the file of this import lies; it may be gone."""
    return Path(settings.MEDIA_ROOT) / "imports" / str(run.workspace_id) / str(run.id)


def keep_file(run: ImportRun, blocks: Iterable[bytes]) -> None:
    """Write the file of an import, at once or not at all; sets its size and digest.

    Raises UnreadableFileError as soon as the file is larger than the limit.
    """
    path = path_of(run)
    make_folder(path.parent)
    draft, digest, size = path.with_suffix(".part"), hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for block in blocks:
                size += len(block)
                refuse_large(size, settings.LEADFARM_IMPORT_LIMIT_MB)
                digest.update(block)
                file.write(block)
        draft.rename(path)
        _sheet_of(run).unlink(missing_ok=True)
    finally:
        draft.unlink(missing_ok=True)
    run.file_size, run.digest = size, digest.hexdigest()


def is_a_workbook(run: ImportRun) -> bool:
    """Whether a sheet must be read first; UnreadableFileError for workbooks of other kinds."""
    return is_workbook(path_of(run))


def read_sheet(run: ImportRun, sheet: str) -> str:
    """Write a sheet of the workbook as a table beside it; sets sheets and digest, returns its name.

    Takes seconds, so it is for a job. UnreadableFileError when it cannot be read.
    """
    path, draft = path_of(run), _sheet_of(run).with_suffix(".draft")
    _there(path)
    try:
        unfolded = unfold(path, draft, sheet, settings.LEADFARM_IMPORT_LIMIT_MB)
        draft.replace(_sheet_of(run))
    finally:
        draft.unlink(missing_ok=True)
    run.sheets = unfolded.sheets
    run.digest = hashlib.sha256(_sheet_of(run).read_bytes()).hexdigest()
    return unfolded.sheet


def table_of(run: ImportRun) -> Table:
    """Return the file of an import as a table, read as its mapping's options say."""
    options, limit = (run.mapping or {}).get("options") or {}, settings.LEADFARM_IMPORT_LIMIT_MB
    rows = {name: int(options.get(name) or 0) for name in ("header_row", "last_row")}
    sheet = _sheet_of(run)
    if sheet.exists():
        most = limit * UNPACKED
        return open_table(sheet, limit_mb=most, encoding="utf-8", delimiter=",", **rows)
    path = path_of(run)
    _there(path)
    return open_table(
        path,
        limit_mb=limit,
        encoding=str(options.get("encoding") or ""),
        delimiter=str(options.get("delimiter") or ""),
        **rows,
    )


def forget_file(run: ImportRun) -> None:
    """Delete the file of an import."""
    path_of(run).unlink(missing_ok=True)
    _sheet_of(run).unlink(missing_ok=True)


def _sheet_of(run: ImportRun) -> Path:
    return path_of(run).with_suffix(".csv")


def _there(path: Path) -> None:
    if not path.exists():
        raise UnreadableFileError(
            "The file is no longer kept.", "Upload it again; rows already in are not doubled."
        )
