"""Undoing an import as a whole; what people have worked on since is kept, and named."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from leadfarm.access.actions.audit import audit
from leadfarm.access.actors import IMPORT, Actor
from leadfarm.access.models import Member
from leadfarm.access.walls import within
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.codes import ImportState
from leadfarm.intake.importing.remembering import changed_since, restore
from leadfarm.intake.models import ImportedChange, ImportedRow, ImportRun
from leadfarm.intake.sql import statement
from leadfarm.leads.actions import index_words
from leadfarm.leads.actions.profiling import match_standings
from leadfarm.leads.models import Lead

AT_ONCE = 5_000


@dataclass
class Undone:
    """How many leads went, how many records got their values back, and what stays and why.

    `kept` are leads with work since, `left_alone` sentences about values that people changed since.
    """

    removed: int = 0
    restored: int = 0
    kept: dict[int, str] = field(default_factory=dict)
    left_alone: list[str] = field(default_factory=list)


def worked_on(run: ImportRun) -> dict[int, str]:
    """Return the leads of this import that people have worked on since, each with what was done."""
    with connection.cursor() as cursor:
        cursor.execute(statement("worked_on"), _terms(run))
        return {int(lead): str(why) for lead, why in cursor.fetchall()}


def undo_import(run: ImportRun, *, by: Member | None, now: datetime) -> Undone:
    """Take back what the import made: leads, touches, findings, stages, contacts.

    Leads that people have worked on since stay whole and are named. LeadfarmError when the import
    is running or undone already.
    """
    if run.state == ImportState.RUNNING:
        raise LeadfarmError("This import is running.", "Wait until it is done, then undo it.")
    if run.state not in (ImportState.DONE, ImportState.FAILED):
        raise LeadfarmError("There is nothing to undo here.", "Only finished imports are undone.")
    with within(run.workspace_id), connection.cursor() as cursor:
        kept = worked_on(run)
        terms = {**_terms(run), "kept": list(kept), "now": now}
        cursor.execute(statement("undo_leads"), terms)
        undone = Undone(cursor.rowcount, kept=kept)
        _restore(cursor, undone, terms)
        for name in ("undo_history", "undo_contacts", "undo_accounts"):
            cursor.execute(statement(name), terms)
        _find_as_before(run, kept)
        _close(run, undone, by=by, now=now)
    run.refresh_from_db()
    return undone


def _restore(cursor: Any, undone: Undone, terms: dict[str, Any]) -> None:
    """Put leads that stay back where they were, with their owners, amounts and other values."""
    undone.left_alone = changed_since(cursor, terms)
    back = restore(cursor, "standing", terms)
    cursor.execute(statement("undo_tasks"), {**terms, "back": back})
    others = {**terms, "kept": [*terms["kept"], *back]}
    cursor.execute(statement("undo_standings"), others)
    leads = restore(cursor, "lead", terms)
    match_standings(terms["workspace"], leads)
    undone.restored += len(leads)
    for name in ("contact", "account"):
        undone.restored += len(restore(cursor, name, terms))


def _find_as_before(run: ImportRun, kept: dict[int, str]) -> None:
    """Write the search words anew of leads that stay without what the import told of them."""
    rows = ImportedRow.objects.of(run.workspace_id).filter(run_id=run.id)
    told = rows.exclude(lead_id__in=list(kept)).values("lead_id")
    stay = Lead.objects.of(run.workspace_id).filter(id__in=told)
    ids = list(stay.order_by("id").values_list("id", flat=True))
    for first in range(0, len(ids), AT_ONCE):
        some = stay.filter(id__in=ids[first : first + AT_ONCE])
        index_words(*some.select_related("contact", "account"))


def _terms(run: ImportRun) -> dict[str, Any]:
    return {"workspace": run.workspace_id, "run": run.id, "at": run.started_at}


def _close(run: ImportRun, undone: Undone, *, by: Member | None, now: datetime) -> None:
    workspace, kept = run.workspace_id, list(undone.kept.items())
    ImportedChange.objects.of(workspace).filter(run_id=run.id).delete()
    rows = ImportedRow.objects.of(workspace).filter(run_id=run.id)
    rows.exclude(lead_id__in=list(undone.kept)).delete()
    ImportRun.objects.of(workspace).filter(id=run.id).update(
        state=ImportState.UNDONE,
        undone_at=now,
        left_alone=[*(f"Lead {n} stays: {why}." for n, why in kept[:200]), *undone.left_alone],
    )
    told = {"removed": undone.removed, "restored": undone.restored}
    kept_ids = sorted(undone.kept)[:1000]
    hand = Actor.of(by) if by else IMPORT
    audit(workspace, "import.undone", by=hand, now=now, on=run, **told, kept=kept_ids)
