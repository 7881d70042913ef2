"""A preview: the first rows are really brought in, looked at, and taken back before anyone sees."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from leadfarm.access.models import Workspace
from leadfarm.intake.codes import ImportKind, RowFate
from leadfarm.intake.importing.files import table_of
from leadfarm.intake.importing.job import Job
from leadfarm.intake.importing.preparing import Preparing
from leadfarm.intake.importing.run import bring_in, prepare
from leadfarm.intake.mapping import read_mapping
from leadfarm.intake.models import ImportRun
from leadfarm.intake.reading import Fault
from leadfarm.leads.actions.following import office_hours

LOOKED_AT = 500
SHOWN = 20


@dataclass
class Preview:
    """What would become of the first rows: counts, the first of them, and what is wrong."""

    looked_at: int = 0
    is_whole: bool = True
    counts: dict[str, int] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    rows: list[tuple[int, str, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def preview(run: ImportRun, *, now: datetime) -> Preview:
    """Return what an import would do with its first rows. Writes nothing that stays.

    Call it inside the workspace; LeadfarmError when file or mapping cannot be used.
    """
    table = table_of(run)
    mapping = read_mapping(run.mapping, table.titles, ImportKind(run.kind))
    workspace = Workspace.objects.get(id=run.workspace_id)
    job = Job(workspace, run, mapping, office_hours(workspace.id), now)
    rows = table.rows()
    read = list(islice(rows, LOOKED_AT))
    shown = Preview(len(read), next(rows, None) is None, titles=list(table.titles)[:8])
    if not read:
        return shown
    prepared = prepare(Preparing(mapping, table.titles, workspace, now), iter(read), LOOKED_AT)
    assert prepared is not None
    with transaction.atomic(), connection.cursor() as cursor:
        out = bring_in(cursor, job, prepared)
        transaction.set_rollback(True)
    fates = {row: RowFate(fate).label for row, fate, *_ in out.landed}
    shown.counts = dict(out.counts)
    shown.faults = [_fault(row) for row in out.rows["fault"]][:200]
    shown.rows = [
        (row.number, fates.get(row.number, "Rejected"), row.cells[:8]) for row in read[:SHOWN]
    ]
    return shown


def _fault(row: Any) -> Fault:
    return Fault(row[3], row[4], row[5], row[6])
