"""leadfarm import: a file of leads or outcomes, with counts and an error file."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leadfarm.engine.errors import LeadfarmError
from leadfarm.project.cli.command import Command, count

if TYPE_CHECKING:
    from leadfarm.access.models import Workspace
    from leadfarm.intake.models import ImportRun

SOME_REJECTED = 3
COUNTS = ("created", "merged", "updated", "unchanged", "rejected", "erased", "flagged")
# What the pages and the guide say for them (docs/glossary.md).
IN_WORDS = {
    "created": "opened",
    "merged": "joined",
    "updated": "told more",
    "unchanged": "nothing new",
    "flagged": "worth a look",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, where to, and how it is read."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="the file, 100 MB at most")
    parser.add_argument(
        "--workspace", required=True, metavar="SLUG", help="into which workspace, as in /w/SLUG/"
    )
    parser.add_argument("--kind", default="leads", choices=("leads", "outcomes"),
        help="leads, or outcomes: stages that known leads reached (leads)",
    )  # fmt: skip
    parser.add_argument(
        "--mapping",
        metavar="NAME",
        help="a saved mapping's name, or a JSON file (guessed from titles and cells)",
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", dest="constants",
        help="a value for every row, as stage=won; may be given again",
    )  # fmt: skip
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook (the first)")
    parser.add_argument(
        "--campaign", metavar="NAME", help="the campaign of every row; made when new"
    )
    parser.add_argument("--source", metavar="NAME", help="the source of every row; made when new")
    _further(parser)


def _further(parser: argparse.ArgumentParser) -> None:
    """What is kept of it, what is said, and how to take one back."""
    parser.add_argument("--save-mapping", metavar="NAME", help="keep the mapping by this name")
    parser.add_argument(
        "--errors", metavar="FILE", help="where faulty rows go (NAME.errors.csv here)"
    )
    parser.add_argument(
        "--undo", type=count, metavar="ID", help="undo this import instead of running one"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help=f"print one JSON object: import, rows, {', '.join(COUNTS)}, errors",
    )


def run(options: argparse.Namespace) -> int:
    """Bring the file in, or undo an import; 3 when some rows were rejected."""
    from leadfarm.project.cli.ground import refuse_older_tables, start_django

    if not options.file and options.undo is None:
        raise LeadfarmError("Name a file to import.", "Or an import to undo: --undo ID.")
    start_django("worker")
    refuse_older_tables()
    from leadfarm.access.models import Workspace

    workspace = Workspace.objects.filter(slug=options.workspace).first()
    if workspace is None:
        raise LeadfarmError(
            f"There is no workspace {options.workspace}.",
            f"Open it: leadfarm init --workspace {options.workspace}",
        )
    now = datetime.now(UTC)
    if options.undo is not None:
        return _undo(workspace, options, now)
    return _import(workspace, options, now)


def _import(workspace: "Workspace", options: argparse.Namespace, now: datetime) -> int:
    from leadfarm.intake.actions import run_import
    from leadfarm.intake.codes import ImportState
    from leadfarm.intake.queries import error_file

    loaded = _load(workspace, options, now)
    shown = sys.stderr.isatty() and not options.json
    run = run_import(loaded, now=now, progress=_progress if shown else None)
    if run.state == ImportState.FAILED:
        raise LeadfarmError(run.failed_because)
    errors = ""
    if run.rejected or run.flagged:
        path = Path(options.errors or f"{Path(options.file).name}.errors.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(error_file(run))
        errors = str(path)
    _say(options, run, errors)
    return SOME_REJECTED if run.rejected else 0


def _load(workspace: "Workspace", options: argparse.Namespace, now: datetime) -> "ImportRun":
    from leadfarm.access.walls import within
    from leadfarm.intake.actions import map_columns, save_mapping, upload
    from leadfarm.intake.codes import ImportKind

    path, kind = Path(options.file), ImportKind.read(options.kind)
    assert kind is not None
    try:
        with path.open("rb") as file, within(workspace):
            blocks = iter(lambda: file.read(2**20), b"")
            run = upload(workspace, path.name, blocks, kind=kind, by=None, now=now)
    except OSError as error:
        raise LeadfarmError(f"{path} cannot be read: {error.strerror}.") from None
    _read_sheet(run, options.sheet, now)
    with within(workspace):
        mapping = map_columns(run, _mapping(workspace, options, run))
        if options.save_mapping:
            save_mapping(workspace, options.save_mapping, mapping, now=now)
    return run


def _read_sheet(run: "ImportRun", wanted: str | None, now: datetime) -> None:
    """Read the first sheet of a workbook, or the one wanted."""
    from leadfarm.access.walls import within
    from leadfarm.intake.actions import choose_sheet, read_workbook

    read_workbook(run, now=now)
    there = (run.mapping.get("options") or {}).get("sheet")
    if wanted and wanted != there and not run.failed_because:
        with within(run.workspace_id):
            choose_sheet(run, wanted)
        read_workbook(run, now=now)
    if run.failed_because:
        raise LeadfarmError(run.failed_because)


def _mapping(
    workspace: "Workspace", options: argparse.Namespace, run: "ImportRun"
) -> dict[str, Any]:
    content = dict(run.mapping)
    if options.mapping:
        content = _named(workspace, options.mapping)
        if content.get("kind", options.kind) != options.kind:
            wrong = f"The mapping {options.mapping} is for {content['kind']}, not {options.kind}."
            raise LeadfarmError(wrong, f"Say --kind {content['kind']}.")
    constants = dict(content.get("constants") or {}) | _constants(options)
    set_here = {name for name in constants if name not in (content.get("constants") or {})}
    columns = content.get("columns") or {}
    kept = {
        title: column
        for title, column in columns.items()
        if (column if isinstance(column, str) else column.get("to")) not in set_here
    }
    return {**content, "columns": kept, "constants": constants}


def _constants(options: argparse.Namespace) -> dict[str, Any]:
    constants = {}
    for text in options.constants:
        name, is_given, value = text.partition("=")
        if not is_given:
            raise LeadfarmError(f"--set {text} has no value.", "Write it like --set stage=won.")
        constants[name.strip().replace("-", "_")] = value
    for name in ("campaign", "source"):
        if getattr(options, name):
            constants[name] = getattr(options, name)
    return constants


def _named(workspace: "Workspace", name: str) -> dict[str, Any]:
    from leadfarm.intake.models import SavedMapping

    path = Path(name)
    if path.suffix == ".json" or path.is_file():
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise LeadfarmError(f"The mapping {name} cannot be read: {error}.") from None
        return dict(content)
    saved = SavedMapping.objects.of(workspace).filter(name=name).first()
    if saved is None:
        there = ", ".join(SavedMapping.objects.of(workspace).values_list("name", flat=True))
        raise LeadfarmError(f"No mapping is called {name}.", f"There are: {there or 'none yet'}.")
    return dict(saved.mapping)


def _undo(workspace: "Workspace", options: argparse.Namespace, now: datetime) -> int:
    from leadfarm.intake.actions import undo_import
    from leadfarm.intake.models import ImportRun

    run = ImportRun.objects.of(workspace).filter(id=options.undo).first()
    if run is None:
        raise LeadfarmError(f"There is no import {options.undo} in {options.workspace}.")
    undone = undo_import(run, by=None, now=now)
    if options.json:
        print(json.dumps({"import": run.id, **asdict(undone)}))
        return 0
    print(f"Import {run.id} ({run.file_name}) is undone: {undone.removed} leads removed.")
    print(f"  restored: {undone.restored} records have their values back")
    for lead, why in undone.kept.items():
        print(f"  kept: lead {lead} ({why})")
    for line in undone.left_alone:
        print(f"  left: {line}")
    return 0


def _progress(run: "ImportRun") -> None:
    print(f"\r{run.done_rows:,} of {run.total:,} rows", end="", file=sys.stderr, flush=True)


def _say(options: argparse.Namespace, run: "ImportRun", errors: str) -> None:
    counts = {name: getattr(run, name) for name in COUNTS}
    if options.json:
        print(json.dumps({"import": run.id, "rows": run.done_rows, **counts, "errors": errors}))
        return
    print(f"Import {run.id}: {run.done_rows:,} rows of {run.file_name}")
    for name, many in counts.items():
        print(f"  {IN_WORDS.get(name, name):<12}{many:>10,}")
    if errors:
        print(f"What was wrong, row by row: {errors}")


COMMAND = Command(
    summary="bring in a file of leads or outcomes",
    description="Read a table (xlsx, ods; CSV with any delimiter and any common encoding), map its"
    " columns and bring its rows in.\nRows that are wrong go to an error file with row, field and"
    " what to do; the others come in.\nThe same file again adds nothing; an interrupted import goes"
    " on by running it again.",
    examples=(
        "leadfarm import fair.csv --workspace norrvik --campaign 'Spring fair'",
        "leadfarm import leads.csv --workspace norrvik --mapping crm --json",
        "leadfarm import deals.csv --workspace norrvik --kind outcomes --set stage=won",
        "leadfarm import --workspace norrvik --undo 12",
    ),
    run=run,
    arguments=arguments,
    exit_codes=((SOME_REJECTED, "done, but some rows were rejected: see the error file"),),
    environment=(("LEADFARM_IMPORT_LIMIT_MB", "the largest file it takes, in MB (100)"),),
)
