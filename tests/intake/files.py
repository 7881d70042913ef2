"""Files for tests: uploaded, mapped and run as a company would."""

from datetime import datetime
from typing import Any

from leadfarm.intake.actions import map_columns, read_workbook, run_import, upload
from leadfarm.intake.codes import ImportKind
from leadfarm.intake.models import ImportFault, ImportRun
from tests.world import World


def bring(
    world: World,
    content: str | bytes,
    mapping: dict[str, Any] | None = None,
    kind: ImportKind = ImportKind.LEADS,
    now: datetime | None = None,
    name: str = "leads.csv",
    chunk: int = 10_000,
) -> ImportRun:
    """Upload, map (guesses, unless told) and run a file; return the finished run."""
    run = put(world, content, mapping, kind, now, name)
    with world.as_worker():
        return run_import(run, now=now or world.now, chunk=chunk)


def put(
    world: World,
    content: str | bytes,
    mapping: dict[str, Any] | None = None,
    kind: ImportKind = ImportKind.LEADS,
    now: datetime | None = None,
    name: str = "leads.csv",
) -> ImportRun:
    """Upload and map a file; return the run, not begun."""
    block = content.encode() if isinstance(content, str) else content
    with world.inside():
        run = upload(world.workspace, name, [block], kind=kind, by=world.mei, now=now or world.now)
    with world.as_worker():
        read_workbook(run, now=now or world.now)
    with world.inside():
        told = (
            dict(run.mapping) if mapping is None else {"columns": run.mapping["columns"]} | mapping
        )
        map_columns(run, told)
    return run


def counts(run: ImportRun) -> dict[str, int]:
    """Return what became of the rows, without the zeros."""
    names = ("created", "merged", "updated", "unchanged", "rejected", "flagged")
    return {name: getattr(run, name) for name in names if getattr(run, name)}


def faults(world: World, run: ImportRun) -> list[tuple[int, str, str]]:
    """Return (row, field, message) of everything wrong."""
    with world.inside():
        found = ImportFault.objects.of(world.workspace).filter(run=run).order_by("row", "id")
        return [(fault.row, fault.field, fault.message) for fault in found]
