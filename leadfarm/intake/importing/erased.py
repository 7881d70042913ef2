"""Rows of people who were erased: rejected with a reason that names nobody, and not kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from leadfarm.consent.addresses import NOT_STORED, erased_among
from leadfarm.consent.models import Erasure
from leadfarm.intake.importing.files import forget_file
from leadfarm.intake.models import ImportFault, ImportRun
from leadfarm.intake.reading import Fault

if TYPE_CHECKING:
    from leadfarm.intake.importing.job import Job
    from leadfarm.intake.importing.prepared import Prepared


def leave_out_erased(job: Job, prepared: Prepared) -> None:
    """Reject the rows of people who were erased; of such a row nothing is kept, not even a fault.

    A number tells only where no address does: a switchboard is many people's.
    """
    if not Erasure.objects.of(job.workspace).exists():
        return
    asked = {record.row: [record.email or record.phone_key or ""] for record in prepared.records}
    for row, raw in prepared.raw.items():
        asked.setdefault(row, [cell for cell in json.loads(raw) if "@" in cell])
    erased = erased_among(job.workspace.id, {one for some in asked.values() for one in some})
    gone = {row for row, some in asked.items() if erased.intersection(some)}
    prepared.erased = len(gone)
    prepared.rejected += sum(record.row in gone for record in prepared.records)
    prepared.records = [record for record in prepared.records if record.row not in gone]
    prepared.faults = [fault for fault in prepared.faults if fault.row not in gone]
    prepared.faults += [Fault(row, "", NOT_STORED) for row in sorted(gone)]
    prepared.raw = {row: raw for row, raw in prepared.raw.items() if row not in gone}


def forget_erased(run: ImportRun) -> None:
    """Delete the file at once where somebody stands in it who was erased."""
    if ImportFault.objects.of(run.workspace_id).filter(run=run, message=NOT_STORED).exists():
        forget_file(run)
