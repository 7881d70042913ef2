"""Merging: one record takes over what hangs on another, and remembers how to give it back."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from leadfarm.access.actions.audit import audit
from leadfarm.access.actors import SCHEDULE, Actor
from leadfarm.access.models import Member
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.codes import PairState, RecordKind
from leadfarm.intake.merging.following import Record
from leadfarm.intake.merging.locking import held
from leadfarm.intake.merging.references import free_to_go, label_of, references_to
from leadfarm.intake.merging.strictness import keep_the_stricter
from leadfarm.intake.models import DuplicatePair, Merge
from leadfarm.leads.actions.profiling import match_standings
from leadfarm.leads.actions.words import index_words
from leadfarm.leads.models import Account, Contact, Lead

# What a person may choose from either side. The address is no choice: it is who the survivor is,
# and the other's stays its own, so that what comes to it finds the survivor.
FIELDS: dict[RecordKind, tuple[str, ...]] = {
    RecordKind.CONTACT: (
        "given_name", "family_name", "job_title", "phone", "country", "account_id",
    ),
    RecordKind.ACCOUNT: ("name", "country", "industry", "employees"),
}  # fmt: skip
_ALONG = {"phone": "phone_key", "name": "name_key"}


@dataclass(frozen=True)
class Choice:
    """Which record stays, which goes into it, and which of its values the survivor takes over."""

    kind: RecordKind
    survivor_id: int
    gone_id: int
    take: frozenset[str] = field(default_factory=frozenset)


@transaction.atomic
def merge(
    workspace_id: int, choice: Choice, *, by: Member | None, now: datetime,
    probability: float | None = None,
) -> Merge:  # fmt: skip
    """Let the survivor take over leads, texts, bars and what else points to the other.

    Touches stay as they were written and so remember whose they were. Blanks of the survivor are
    filled. LeadfarmError when one of the two is merged already or no longer there.
    """
    survivor, gone = _both(workspace_id, choice)
    _refuse_merged(workspace_id, choice)
    made = Merge(
        workspace_id=workspace_id, kind=choice.kind, probability=probability, member=by,
        merged_at=now, **_ends(choice),
    )  # fmt: skip
    made.before = _take_values(survivor, gone, choice)
    made.moved = _point_to(
        survivor, gone, Contact if choice.kind == RecordKind.CONTACT else Account
    )
    made.moved |= _let_follow(workspace_id, choice)
    if isinstance(survivor, Contact) and isinstance(gone, Contact):
        made.made = keep_the_stricter(survivor, gone, now=now)
    made.save()
    _judge(workspace_id, choice, by=by, now=now)
    find_again(made)
    _note(made, choice)
    return made


def model_of(kind: int) -> type[Record]:
    """Return what a pair or a merge of this kind is about."""
    return Contact if kind == RecordKind.CONTACT else Account


def _both(workspace_id: int, choice: Choice) -> tuple[Record, Record]:
    """Return both, locked."""
    ids = [choice.survivor_id, choice.gone_id]
    found = held(model_of(choice.kind), workspace_id, ids)
    if len(found) != 2:
        raise LeadfarmError("One of the two is no longer there.", "Open the list again.")
    survivor, gone = found[choice.survivor_id], found[choice.gone_id]
    addresses = [getattr(each, "email_key", None) for each in (survivor, gone)]
    if addresses[1] and not addresses[0]:
        raise LeadfarmError("The record with the address stays.", "Choose the other to survive.")
    return survivor, gone


def _refuse_merged(workspace_id: int, choice: Choice) -> None:
    ids = [choice.survivor_id, choice.gone_id]
    side = "contact_id__in" if choice.kind == RecordKind.CONTACT else "account_id__in"
    if Merge.objects.of(workspace_id).filter(undone_at=None, **{side: ids}).exists():
        raise LeadfarmError("One of the two was merged just now.", "Open the list again.")


def _ends(choice: Choice) -> dict[str, int]:
    kind = "contact" if choice.kind == RecordKind.CONTACT else "account"
    return {f"{kind}_id": choice.gone_id, f"into_{kind}_id": choice.survivor_id}


def _take_values(survivor: Record, gone: Record, choice: Choice) -> dict[str, Any]:
    before: dict[str, Any] = {}
    for name in FIELDS[choice.kind]:
        mine, theirs = getattr(survivor, name), getattr(gone, name)
        if theirs in (None, "") or theirs == mine or (name not in choice.take and mine):
            continue
        for column in dict.fromkeys((name, _ALONG.get(name, name))):
            before[column] = getattr(survivor, column)
            setattr(survivor, column, getattr(gone, column))
    if before:
        survivor.save(update_fields=list(before))
    return before


def _point_to(survivor: Record, gone: Record, target: type[Record]) -> dict[str, list[int]]:
    moved: dict[str, list[int]] = {}
    for model, column in references_to(target):
        rows = model._default_manager.filter(workspace_id=survivor.workspace_id)
        ids = free_to_go(rows, column, to=survivor.pk, of=gone.pk)
        if ids:
            rows.filter(pk__in=ids).update(**{column: survivor.pk})
            moved[label_of(model, column)] = ids
    return moved


def _let_follow(workspace_id: int, choice: Choice) -> dict[str, list[int]]:
    """Those merged into the one that goes now follow it, so that one step finds the survivor."""
    column = "into_contact_id" if choice.kind == RecordKind.CONTACT else "into_account_id"
    earlier = Merge.objects.of(workspace_id).filter(undone_at=None, **{column: choice.gone_id})
    ids = list(earlier.values_list("id", flat=True))
    Merge.objects.of(workspace_id).filter(id__in=ids).update(**{column: choice.survivor_id})
    return {label_of(Merge, column): ids} if ids else {}


def _judge(workspace_id: int, choice: Choice, *, by: Member | None, now: datetime) -> None:
    one, other = sorted((choice.survivor_id, choice.gone_id))
    DuplicatePair.objects.of(workspace_id).filter(kind=choice.kind, one=one, other=other).update(
        state=PairState.MERGED, judged_at=now, member=by
    )


def find_again(made: Merge) -> None:
    """Let leads that changed hands be found by their names, and the survivor's by what it took."""
    leads = Lead.objects.of(made.workspace_id)
    names = [f"leads.lead.{column}" for column in ("contact_id", "account_id")]
    found = Q(id__in={pk for name in names for pk in made.moved.get(name, ())})
    if made.before:
        column = "contact_id" if made.kind == RecordKind.CONTACT else "account_id"
        found |= Q(**{column: getattr(made, f"into_{column}")})
    index_words(*leads.filter(found).select_related("contact", "account"))
    match_standings(made.workspace_id, list(leads.filter(found).values_list("id", flat=True)))


def _note(made: Merge, choice: Choice) -> None:
    by = Actor.of(made.member) if made.member else SCHEDULE
    on = model_of(choice.kind)(id=choice.survivor_id)
    told = {"gone": choice.gone_id, "merge": made.id, "took": sorted(choice.take)}
    audit(made.workspace_id, "duplicate.merged", by=by, now=made.merged_at, on=on, **told)
