"""A dry run: rows are really brought in, looked at, and taken back before anyone sees them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.codes import ImportKind, RowFate
from leadfarm.intake.importing.deciding import decide_rows
from leadfarm.intake.importing.files import table_of
from leadfarm.intake.importing.job import Job
from leadfarm.intake.importing.output import Output
from leadfarm.intake.importing.prepared import prepare
from leadfarm.intake.importing.preparing import Preparing
from leadfarm.intake.importing.record import Record
from leadfarm.intake.importing.writing import write_rows
from leadfarm.intake.mapping import read_mapping
from leadfarm.intake.models import ImportRun
from leadfarm.intake.reading import Row
from leadfarm.leads.actions.following import office_hours

LOOKED_AT = 500
# Small, so that whoever fills in a form meanwhile waits for no more than a moment.
CHUNK = 1_000
EXAMPLES = 4
COLUMNS = 7
REASONS = 40
_QUOTED = re.compile(r"“[^”]*”|\d+")
REJECTED = "Rejected"
# A worker tells of every chunk; silent for so long, it is gone, or busy with something else.
SILENT = timedelta(minutes=2)


@dataclass
class Rehearsal:
    """What would become of the rows: counts, reasons with their first row, examples of each fate.

    A reason is (field, message, rows, first row, whether they come in all the same).
    """

    total: int = 0
    looked_at: int = 0
    is_running: bool = False
    failed_because: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    reasons: list[list[Any]] = field(default_factory=list)
    examples: dict[str, list[list[Any]]] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether every row was looked at."""
        return self.looked_at >= self.total


class Rehearsing:
    """Looks at chunk after chunk. People who come again in a later chunk are known then."""

    def __init__(self, run: ImportRun, now: datetime) -> None:
        table = table_of(run)
        mapping = read_mapping(run.mapping, table.titles, ImportKind(run.kind))
        workspace = Workspace.objects.get(id=run.workspace_id)
        self.job = Job(workspace, run, mapping, office_hours(workspace.id), now)
        self.preparing = Preparing(mapping, table.titles, workspace, now)
        self.rows: Iterator[Row] = table.rows()
        self.found = Rehearsal(table.count(), titles=list(table.titles)[:COLUMNS])
        self.counts: Counter[str] = Counter()
        self.reasons: dict[tuple[str, str], list[Any]] = {}
        self.opened: set[str] = set()

    def look(self, many: int) -> bool:
        """Look at so many rows more; False when there were none. Call it inside the workspace."""
        read = list(islice(self.rows, many))
        prepared = prepare(self.preparing, iter(read), many)
        if prepared is None:
            return False
        with transaction.atomic(), connection.cursor() as cursor:
            decided = decide_rows(cursor, self.job, prepared)
            write_rows(cursor, self.job, decided)
            transaction.set_rollback(True)
        records = {record.row: record for record in decided.prepared.records}
        self._tell(read, decided.out, records)
        return True

    def _tell(self, read: list[Row], out: Output, records: dict[int, Record]) -> None:
        fates = {row: self._fate(RowFate(fate), records[row]) for row, fate, *_ in out.landed}
        for row in read:
            fate = fates.get(row.number)
            self.counts[fate.name.lower() if fate else "rejected"] += 1
            shown = self.found.examples.setdefault(fate.label if fate else REJECTED, [])
            if len(shown) < EXAMPLES:
                shown.append([row.number, [cell[:60] for cell in row.cells[:COLUMNS]]])
        for fault in out.rows["fault"]:
            self._reason(*fault[2:6])
        self.found.looked_at += len(read)
        self.found.counts = dict(self.counts)
        self.found.reasons = sorted(self.reasons.values(), key=lambda one: (one[4], -one[2]))[
            :REASONS
        ]

    def _fate(self, fate: RowFate, record: Record) -> RowFate:
        key = record.external_id or record.email
        if fate is not RowFate.CREATED or not key:
            return fate
        if key in self.opened:
            return RowFate.MERGED
        self.opened.add(key)
        return fate

    def _reason(self, row: int, title: str, message: str, taken: bool) -> None:
        shape = (title, _QUOTED.sub("…", message))
        one = self.reasons.setdefault(shape, [title, message, 0, row, taken])
        one[2] += 1


def has_fallen_silent(run: ImportRun, now: datetime) -> bool:
    """Return whether a dry run is under way of which nobody has heard for a while."""
    is_running = bool((run.rehearsal or {}).get("is_running"))
    return is_running and (run.rehearsed_at is None or run.rehearsed_at < now - SILENT)


def preview(run: ImportRun, *, now: datetime) -> Rehearsal:
    """Return what an import would do with its first rows. Writes nothing that stays.

    Call it inside the workspace; LeadfarmError when file or mapping cannot be used.
    """
    rehearsing = Rehearsing(run, now)
    rehearsing.look(LOOKED_AT)
    return rehearsing.found


def rehearse(run: ImportRun, *, now: datetime, chunk: int = CHUNK) -> Rehearsal:
    """Look at every row and keep what was found with the import; says how far it is meanwhile."""
    try:
        with within(run.workspace_id):
            rehearsing = Rehearsing(run, now)
        going = True
        while going:
            with within(run.workspace_id):
                going = rehearsing.look(chunk)
            rehearsing.found.is_running = going
            _keep(run, rehearsing.found)
    except LeadfarmError as error:
        _keep(run, Rehearsal(failed_because=str(error)))
        return Rehearsal(failed_because=str(error))
    return rehearsing.found


def _keep(run: ImportRun, found: Rehearsal) -> None:
    with within(run.workspace_id):
        rows = ImportRun.objects.of(run.workspace_id).filter(id=run.id)
        rows.update(rehearsal=asdict(found), rehearsed_at=Now())
