"""The draft of a program as a whole: kept, undone, done again, discarded. One change at a time."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from leadfarm.access.actors import Actor
from leadfarm.access.walls import WalledQuerySet
from leadfarm.engine.errors import LeadfarmError
from leadfarm.nurture.models import Edit, Program, ProgramVersion

# How many changes can be undone.
MOST_EDITS = 60


@dataclass(frozen=True)
class Hand:
    """Who changes a draft, and when."""

    by: Actor
    now: datetime


class ChangedDraft(LeadfarmError):
    """Somebody else changed the draft meanwhile; nothing was kept of this change."""


def draft_of(program: Program) -> dict[str, Any]:
    """Return a copy of the tree being edited: the draft, or the version in force."""
    here: dict[str, Any] = {"entry": program.entry, "reentry_days": program.reentry_days}
    if program.draft is not None:
        return {**here, **deepcopy(program.draft)}
    if program.version_id is None:
        return here | {"name": program.name, "goal": None, "nodes": []}
    version = ProgramVersion.objects.of(program.workspace_id).get(id=program.version_id)
    return {**deepcopy(version.tree), **here}


def check_number(program: Program, seen: int) -> None:
    """Raise ChangedDraft unless the draft still is the one of this number."""
    if program.draft_number == seen:
        return
    last = edits_of(program).filter(number__gte=program.edit).order_by("-number").first()
    undone = last is not None and last.number > program.edit
    what = "took a change back" if undone else f"changed it: {last.said}" if last else "changed it"
    who = last.by.name if last and last.by else "Somebody"
    raise ChangedDraft(
        f"This draft is not the one you looked at any more. {who} {what}.",
        "Nothing of yours was kept yet: look at the tree, then do it again.",
    )


@transaction.atomic
def keep(program: Program, tree: dict[str, Any] | None, hand: Hand, said: str, step: str) -> None:
    """Make this tree the draft (None: the version in force); the change can be undone.

    What changes nothing is no change. Raises ChangedDraft where the draft is not the one that was
    read.
    """
    if tree is not None and tree == draft_of(program):
        return
    before, number = program.draft, program.edit + 1
    _put(program, tree, number)
    kept = edits_of(program)
    kept.filter(number__gte=number).delete()
    if not kept.filter(number=number - 1).exists():
        _note(program, number - 1, before, hand, "", "")
    _note(program, number, tree, hand, said, step)
    kept.filter(number__lt=number - MOST_EDITS).delete()


def undo(program: Program) -> Edit:
    """Take the last change of the draft back; return that change."""
    undone = edits_of(program).filter(number=program.edit).first()
    before = edits_of(program).filter(number=program.edit - 1).first()
    if undone is None or before is None:
        raise LeadfarmError("There is no change of this draft left to undo.")
    _put(program, before.tree, before.number)
    return undone


def redo(program: Program) -> Edit:
    """Do again what was undone last; return that change."""
    again = edits_of(program).filter(number=program.edit + 1).first()
    if again is None:
        raise LeadfarmError("There is no change of this draft that was undone.")
    _put(program, again.tree, again.number)
    return again


def discard_draft(program: Program, hand: Hand) -> None:
    """Forget the changes; the version in force is what is edited next. It can be undone."""
    if program.version_id is None:
        raise LeadfarmError("The program has no version yet, so its draft is all there is.")
    if program.draft is None:
        raise LeadfarmError("There is no draft to discard.")
    keep(program, None, hand, "Discarded the draft", "")


def forget_edits(program: Program) -> None:
    """Forget what could be undone: the draft became a version, which never changes."""
    edits_of(program).delete()
    program.draft_number += 1
    _of(program).update(draft_number=F("draft_number") + 1)


def edits_of(program: Program) -> WalledQuerySet[Edit]:
    """Return the changes kept of a program's draft."""
    return Edit.objects.of(program.workspace_id).filter(program_id=program.id)


def _put(program: Program, tree: dict[str, Any] | None, edit: int) -> None:
    """Write the draft, unless it is another one by now."""
    read = _of(program).filter(draft_number=program.draft_number)
    if not read.update(draft=tree, edit=edit, draft_number=F("draft_number") + 1):
        raise ChangedDraft(
            "Somebody changed this draft in the same moment; nothing of yours was kept.",
            "Look at the tree, then do it again.",
        )
    program.draft, program.edit, program.draft_number = tree, edit, program.draft_number + 1


def _of(program: Program) -> WalledQuerySet[Program]:
    return Program.objects.of(program.workspace_id).filter(id=program.id)


def _note(
    program: Program, number: int, tree: dict[str, Any] | None, hand: Hand, said: str, step: str
) -> None:
    Edit.objects.create(
        workspace_id=program.workspace_id,
        program=program,
        number=number,
        tree=tree,
        said=said[:200],
        step=step[:60],
        at=hand.now,
        by_id=hand.by.member_id,
    )
