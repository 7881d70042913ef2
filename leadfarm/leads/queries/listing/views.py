"""The tabs above the list: views everybody has, then saved ones, own and shared."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from leadfarm.access.models import Member
from leadfarm.engine.statements import columns_of, loaded, prepared
from leadfarm.leads.models import SavedView
from leadfarm.rules.clauses import (
    EVERYONE,
    Catalogue,
    Clause,
    EventTest,
    FaultyClause,
    FieldTest,
    Group,
    all_of,
    any_of,
    parse,
)
from leadfarm.rules.stages import SLEEPING, Stage
from leadfarm.rules.touch_kinds import BY_OUR_PEOPLE

COLUMNS = {
    "person": "Contact",
    "stage": "Stage",
    "fit": "Fit",
    "heat": "Heat",
    "move": "Move",
    "next": "Next step",
    "due": "Due",
    "source": "Source",
    "owner": "Owner",
    "entered": "Entered",
    "amount": "Amount",
}
USUAL_COLUMNS = ("person", "stage", "fit", "heat", "move", "next", "due", "source", "owner")
IS_OPEN = FieldTest("stage", "at_most", Stage.QUALIFIED.slug)


@dataclass(frozen=True)
class View:
    """A clause, an order and columns under a name; `saved` where somebody saved it."""

    key: str
    label: str
    clause: Clause
    sort: str = "next"
    columns: tuple[str, ...] = USUAL_COLUMNS
    layout: str = "list"
    saved: SavedView | None = field(default=None, compare=False)
    fault: str = ""


def owned_by(member_id: int) -> Group:
    """Return the condition that this member owns the lead on any side."""
    sides = ("marketing_owner", "pd_owner", "sales_owner")
    return any_of(*(FieldTest(side, "is", str(member_id)) for side in sides))


def usual_views(member: Member) -> list[View]:
    """Return the views that are always there."""
    asleep = tuple(stage.slug for stage in Stage if stage in SLEEPING)
    return [
        View("open", "All open", all_of(IS_OPEN)),
        View("mine", "My leads", all_of(IS_OPEN, owned_by(member.id))),
        View("new", "New inquiries", _at(Stage.INQUIRY), "-entered"),
        View("uncontacted", "Uncontacted", _uncontacted(), "entered"),
        View("nurturing", "Nurturing", _at(Stage.NURTURING), "-heat"),
        View("sales-ready", "Sales-ready", _at(Stage.SALES_READY)),
        View("sleeping", "Sleeping", all_of(FieldTest("stage", "one_of", asleep)), "-heat"),
    ]


def _uncontacted() -> Clause:
    """Return the condition that somebody asked and nobody of ours has called, written or met."""
    never = (EventTest(kind.slug, did=False) for kind in BY_OUR_PEOPLE)
    return all_of(FieldTest("stage", "is", Stage.INQUIRY.slug), *never)


def _at(stage: Stage) -> Clause:
    return all_of(FieldTest("stage", "is", stage.slug))


def saved_views(member: Member, catalogue: Catalogue) -> list[View]:
    """Return the member's own and everybody's shared views, in one query."""
    found = prepared(_saved(), {"workspace": member.workspace_id, "owner": member.id})
    rows = (loaded(SavedView, row, "view") for row in found)
    return [view_of(row, catalogue) for row in rows if row is not None]


@cache
def _saved() -> str:
    return (
        f"SELECT {columns_of(SavedView, 'view')} FROM leads_savedview view"  # noqa: S608 - our own columns
        " WHERE workspace_id = %(workspace)s::integer AND (owner_id = %(owner)s::bigint OR shared)"
        " ORDER BY position, id"
    )


def view_of(row: SavedView, catalogue: Catalogue) -> View:
    """Return a saved view; one whose clause names what is no longer there says so."""
    clause, fault = EVERYONE, ""
    try:
        clause = parse(row.clause, catalogue) if row.clause else EVERYONE
    except FaultyClause as faulty:
        fault = str(faulty)
    columns = tuple(name for name in COLUMNS if name in row.columns) or USUAL_COLUMNS
    return View(f"v{row.id}", row.name, clause, row.sort, columns, row.layout, row, fault)
