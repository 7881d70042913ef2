"""Work that takes longer than a page: thin jobs, safe to repeat."""

from contextlib import suppress
from datetime import UTC, datetime

from procrastinate.contrib.django import app


@app.task(queue="imports", name="bring_in")
def bring_in(workspace_id: int, run_id: int) -> None:
    """Run an import; after a crash the next try goes on behind the last row that is in."""
    from leadfarm.intake.importing.run import run_import
    from leadfarm.intake.importing.writing import OvertakenError
    from leadfarm.intake.models import ImportRun

    run = ImportRun.objects.of(workspace_id).get(id=run_id)
    with suppress(OvertakenError):  # it was started twice and goes on elsewhere
        run_import(run, now=datetime.now(UTC))


@app.task(queue="imports", name="rehearse")
def rehearse(workspace_id: int, run_id: int) -> None:
    """Look at what every row of an import would do; nothing of it stays."""
    from leadfarm.intake.importing.rehearsing import rehearse as look
    from leadfarm.intake.models import ImportRun

    look(ImportRun.objects.of(workspace_id).get(id=run_id), now=datetime.now(UTC))


@app.task(queue="imports", name="read_workbook")
def read_workbook(workspace_id: int, run_id: int) -> None:
    """Unfold the sheet of a workbook that was uploaded."""
    from leadfarm.intake.actions import read_workbook as read
    from leadfarm.intake.models import ImportRun

    read(ImportRun.objects.of(workspace_id).get(id=run_id), now=datetime.now(UTC))


@app.task(queue="imports", name="look_for_duplicates")
def look_for_duplicates(workspace_id: int) -> None:
    """Look through one workspace for contacts and accounts that may be the same."""
    from leadfarm.access.models import Workspace
    from leadfarm.intake.duplicates.scanning import scan

    scan(Workspace.objects.get(id=workspace_id), now=datetime.now(UTC))
