"""Undoing a merge: what was taken over goes back, and the values return."""

from datetime import datetime
from typing import Any

from django.db import transaction

from leadfarm.access.actions.audit import audit
from leadfarm.access.actors import Actor
from leadfarm.access.models import Member
from leadfarm.consent.models import Pace, Suppression
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.codes import PairState, RecordKind
from leadfarm.intake.merging.joining import split_strangers
from leadfarm.intake.merging.locking import held
from leadfarm.intake.merging.references import free_to_go, named
from leadfarm.intake.merging.taking import find_again, model_of
from leadfarm.intake.models import DuplicatePair, Merge
from leadfarm.leads.models import Contact


@transaction.atomic
def undo_merge(merge: Merge, *, by: Member, now: datetime) -> None:
    """Give back what the merge took over; what came since stays with the survivor.

    The pair is open again. LeadfarmError when it is too old or undone already, or when
    the survivor was merged itself since: the later one is undone first.
    """
    kind = "contact" if merge.kind == RecordKind.CONTACT else "account"
    gone, survivor = getattr(merge, f"{kind}_id"), getattr(merge, f"into_{kind}_id")
    workspace = merge.workspace_id
    held(model_of(merge.kind), workspace, [gone, survivor])
    standing = Merge.objects.of(workspace).filter(id=merge.id, undone_at=None)
    if standing.filter(made__has_key=Merge.FOR_GOOD).exists():
        raise LeadfarmError("This merge stands for good: what it replaced is deleted by now.")
    if not standing.exclude(made__has_key=Merge.FOR_GOOD).update(undone_at=now):
        raise LeadfarmError("This merge is undone already.", "Open the list again.")
    later = {f"{kind}_id": survivor, "undone_at": None}
    if Merge.objects.of(workspace).filter(**later).exists() or _followed(merge, survivor):
        raise LeadfarmError("A later merge stands on this one.", "Undo the later one first.")
    _give_back(merge, gone, survivor)
    if merge.kind == RecordKind.CONTACT:
        split_strangers(workspace, [gone, survivor], by=by, now=now)
    if merge.before:
        model_of(merge.kind).objects.of(workspace).filter(id=survivor).update(**merge.before)
    _undo_strictness(merge, survivor)
    one, other = sorted((gone, survivor))
    DuplicatePair.objects.of(workspace).filter(kind=merge.kind, one=one, other=other).update(
        state=PairState.OPEN, judged_at=None, member=None
    )
    find_again(merge)
    _note(merge, survivor, by, now)


def _followed(merge: Merge, survivor: int) -> bool:
    """Return whether this merge was carried on by a later one of its survivor."""
    column = f"intake.merge.into_{'contact' if merge.kind == RecordKind.CONTACT else 'account'}_id"
    later = Merge.objects.of(merge.workspace_id).filter(undone_at=None, id__gt=merge.id)
    return any(merge.id in each.moved.get(column, ()) for each in later.filter(kind=merge.kind))


def _give_back(merge: Merge, gone: int, survivor: int) -> None:
    for label, ids in merge.moved.items():
        model, column = named(label)
        rows = model._default_manager.filter(workspace_id=merge.workspace_id)
        back = {*free_to_go(rows, column, to=gone, of=survivor)} & {*ids}
        rows.filter(pk__in=back).update(**{column: gone})


def _undo_strictness(merge: Merge, survivor: int) -> None:
    made: dict[str, Any] = merge.made
    bars = Suppression.objects.of(merge.workspace_id).filter(id__in=made.get("bars", ()))
    bars.filter(address_hash="").delete()  # the others the survivor has asked for itself since
    before = made.get("pace")
    if before is None or merge.kind != RecordKind.CONTACT:
        return
    pace = Pace.objects.of(merge.workspace_id).filter(contact=Contact(id=survivor))
    if not before:
        pace.delete()
        return
    pace.update(
        next_free_at=datetime.fromisoformat(before["next_free_at"]),
        recent_at=[datetime.fromisoformat(at) for at in before["recent_at"]],
    )


def _note(merge: Merge, survivor: int, by: Member, now: datetime) -> None:
    on, hand = model_of(merge.kind)(id=survivor), Actor.of(by)
    audit(merge.workspace_id, "duplicate.undone", by=hand, now=now, on=on, merge=merge.id)
