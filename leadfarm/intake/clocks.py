"""Retention clocks of intake: files, payloads, and what a merge keeps for its undoing.

What carries a day of its own goes on that day, whatever the workspace has set.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from leadfarm.access.models import Workspace
from leadfarm.consent.clocks import Clock, registry
from leadfarm.intake.actions import forget_files_of, forget_thrown_away
from leadfarm.intake.actions.imports import KEPT_FOR, THROWN_AWAY_FOR
from leadfarm.intake.codes import ImportState, ReceiptState, RecordKind
from leadfarm.intake.importing.files import path_of
from leadfarm.intake.models import ImportRun, Merge, Receipt
from leadfarm.leads.models import PersonalText

BEING_READ = (ImportState.READING, ImportState.WAITING, ImportState.RUNNING)
# A merge of people can be undone as long as an import, where the workspace has set nothing.
UNDONE_WITHIN = KEPT_FOR


def _old_files(workspace: Workspace, before: datetime | None, now: datetime) -> QuerySet[ImportRun]:
    due = Q(file_delete_on__lte=now.date())
    if before:
        due |= Q(uploaded_at__lt=before)
    return ImportRun.objects.of(workspace).filter(due).exclude(state__in=BEING_READ)


def _count_files(workspace: Workspace, before: datetime | None, now: datetime) -> int:
    gone = ImportRun.objects.of(workspace).filter(thrown_away_at__lte=now - THROWN_AWAY_FOR)
    return sum(path_of(run).exists() for run in _old_files(workspace, before, now) | gone)


def _forget_files(workspace: Workspace, before: datetime | None, now: datetime) -> int:
    thrown_away = forget_thrown_away(workspace, now)
    return thrown_away + forget_files_of(workspace, _old_files(workspace, before, now))


def _payloads(
    workspace: Workspace, before: datetime | None, now: datetime, *, captured: bool
) -> QuerySet[PersonalText]:
    rows = PersonalText.objects.of(workspace).filter(kind="payload")
    apart = Receipt.objects.of(workspace).exclude(state=ReceiptState.CAPTURED)
    held = Exists(apart.filter(payload_id=OuterRef("pk")))
    due = Q(delete_on__lte=now.date())
    if before:
        due |= Q(written_at__lt=before)
    return rows.filter(due, ~held if captured else held)


def _payload_clock(label: str, days: str, *, captured: bool) -> Clock:
    def count(workspace: Workspace, before: datetime | None, now: datetime) -> int:
        return _payloads(workspace, before, now, captured=captured).count()

    def clean(workspace: Workspace, before: datetime | None, now: datetime) -> int:
        return (
            _payloads(workspace, before, now, captured=captured)
            .delete()[1]
            .get(PersonalText._meta.label, 0)
        )

    return Clock(label, days, count, clean)


def _old_merges(workspace: Workspace, before: datetime | None, now: datetime) -> QuerySet[Merge]:
    too_old = max(before, now - UNDONE_WITHIN) if before else now - UNDONE_WITHIN
    merges = Merge.objects.of(workspace).filter(kind=RecordKind.CONTACT, merged_at__lt=too_old)
    return merges.exclude(made__has_key=Merge.FOR_GOOD)


def _count_merges(workspace: Workspace, before: datetime | None, now: datetime) -> int:
    return _old_merges(workspace, before, now).count()


def _end_merges(workspace: Workspace, before: datetime | None, now: datetime) -> int:
    """Empty what they replaced: from then on they cannot be undone."""
    due = _old_merges(workspace, before, now)
    return due.update(before={}, made={Merge.FOR_GOOD: True})


def register() -> None:
    """Name the clocks of this room."""
    registry["payloads"] = _payload_clock("Raw payloads", "payload_days", captured=True)
    registry["receipts"] = _payload_clock(
        "Quarantined and refused payloads", "receipt_days", captured=False
    )
    registry["files"] = Clock("Imported files", "file_days", _count_files, _forget_files)
    registry["merges"] = Clock("Merges' replaced values", "file_days", _count_merges, _end_merges)
