"""Leads that are there before a bench begins: made once, kept between runs."""

from collections.abc import Iterable

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.intake.actions import run_import, upload
from leadfarm.intake.codes import ImportKind, ImportState
from leadfarm.intake.importing.files import forget_file
from leadfarm.intake.models import ImportRun
from leadfarm.leads.models import Lead
from leadfarm.project.bench import people
from leadfarm.project.bench.ground import NOW, workspace_of

A_FILE = 200_000


def ensure(base: int) -> Workspace:
    """Return a workspace that holds the people 0 to base - 1 as leads, through the import."""
    workspace = workspace_of(str(base))
    with within(workspace):
        there = Lead.objects.of(workspace).count()
    for first in range(there, base, A_FILE):
        bring(workspace, range(first, min(base, first + A_FILE)))
    return workspace


def bring(workspace: Workspace, numbers: range) -> ImportRun:
    """Import these people."""
    run = prepare(workspace, people.table(numbers))
    return run_import(run, now=NOW)


def prepare(workspace: Workspace, blocks: Iterable[bytes]) -> ImportRun:
    """Return an import that is mapped and waits to be run."""
    with within(workspace):
        run = upload(workspace, "bench.csv", blocks, kind=ImportKind.LEADS, by=None, now=NOW)
        run.state = ImportState.MAPPED
        run.save(update_fields=["state"])
    return run


def forget(run: ImportRun) -> None:
    """Take an import out of the list, and its file away."""
    with within(run.workspace_id):
        forget_file(run)
        run.delete()
