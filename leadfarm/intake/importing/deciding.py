"""What becomes of a chunk of rows: decided on a snapshot of the database, written by another hand.

While one chunk is written, the next is decided. It sees the one before whole or not at all; where
not, that one's flight tells what it makes and changes.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction

from leadfarm.access.walls import within
from leadfarm.intake.codes import ImportKind, ImportState
from leadfarm.intake.importing import copytext
from leadfarm.intake.importing.context import Context, Earlier
from leadfarm.intake.importing.erased import leave_out_erased
from leadfarm.intake.importing.flight import GROUND, Flight
from leadfarm.intake.importing.job import Job
from leadfarm.intake.importing.junk import leave_out_junk
from leadfarm.intake.importing.lead_rows import LeadRows
from leadfarm.intake.importing.outcome_rows import OutcomeRows
from leadfarm.intake.importing.output import Output
from leadfarm.intake.importing.prepared import Prepared
from leadfarm.intake.models import ImportRun
from leadfarm.leads.routing import Terms

SINCE = """
SELECT run.cursor, pg_snapshot_xmin(pg_current_snapshot())::xid::text FROM intake_importrun run
 WHERE run.workspace_id = %s AND run.id = %s
"""


@dataclass(frozen=True)
class Decided:
    """All that is written of one chunk, ready to be copied, and what it was decided on.

    `since`: rows written by this transaction or a later one were not seen. "": all were.
    """

    prepared: Prepared
    out: Output
    new: dict[str, str]
    told: dict[str, str]
    fresh: list[tuple[int, str]]  # contacts made, with address or number
    known: dict[str, Collection[int]]  # contacts, leads and accounts that were there
    given: list[Terms]
    flight: Flight
    since: str = ""


def decide(job: Job, prepared: Prepared, flight: Flight = GROUND) -> Decided:
    """Return what a chunk writes; `flight` is that of the chunk before, which may be on its way."""
    where = [job.workspace.id, job.run.id]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with within(job.workspace.id):
            cursor.execute(SINCE, where)
            at, since = cursor.fetchone()
            is_landed = at >= prepared.after
            decided = decide_rows(cursor, job, prepared, GROUND if is_landed else flight)
    return replace(decided, since=since)


def decide_rows(cursor: Any, job: Job, prepared: Prepared, flight: Flight = GROUND) -> Decided:
    """Return what a chunk writes, decided in the transaction that is open."""
    prepared = prepared.copy()
    leave_out_erased(job, prepared)
    leave_out_junk(job, prepared)
    out = _begun(Output(cursor, job), prepared)
    context = Context(cursor, job, _earlier(job.run), flight)
    context.raw = prepared.raw
    kind = OutcomeRows if job.mapping.kind is ImportKind.OUTCOMES else LeadRows
    rows = kind(cursor, job, context, out)
    if prepared.records:
        rows.take(prepared.records)
    out.finish()
    return Decided(
        prepared,
        out,
        {name: copytext.block(those) for name, those in out.rows.items() if those},
        {name: copytext.block(those) for name, those in out.told.items() if those},
        rows.fresh(),
        rows.known(),
        context.routing.terms(),
        rows.flight(),
    )


def _begun(out: Output, prepared: Prepared) -> Output:
    """Add what is known before anything is decided: rows that stay out, and remarks."""
    out.counts["rejected"], out.counts["erased"] = prepared.rejected, prepared.erased
    for fault in prepared.faults:
        out.counts["flagged"] += fault.taken
        out.fault(fault, prepared.raw.get(fault.row))
    return out


def _earlier(run: ImportRun) -> Earlier:
    """Return the other imports of the same content, whose rows are in already."""
    same = ImportRun.objects.of(run.workspace_id).filter(digest=run.digest, kind=run.kind)
    there = same.exclude(id=run.id).exclude(state=ImportState.UNDONE).filter(cursor__gt=0)
    found = dict(there.values_list("id", "mapping"))
    return Earlier(list(found), run.mapping in found.values())
