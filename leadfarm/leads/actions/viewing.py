"""Saved views of the list: kept, changed, taken away and brought back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError, transaction

from leadfarm.access.models import Member
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import SavedView

MOST_VIEWS = 40


@dataclass(frozen=True)
class Kept:
    """What a view keeps: the JSON of its clause (None: every lead), an order, columns, a layout."""

    name: str
    shared: bool = False
    clause: Any = None
    columns: Sequence[str] = ()
    sort: str = ""
    layout: str = "list"


def save_view(member: Member, kept: Kept) -> SavedView:
    """Save a view under a name; LeadfarmError where the member has one of that name."""
    own = SavedView.objects.of(member.workspace_id).filter(owner_id=member.id)
    if own.count() >= MOST_VIEWS:
        raise LeadfarmError(f"You have {MOST_VIEWS} views already. Delete one first.")
    view = SavedView(workspace_id=member.workspace_id, owner_id=member.id)
    return _write(view, kept)


def change_view(view: SavedView, kept: Kept) -> SavedView:
    """Give a view another name and what it keeps now."""
    return _write(view, kept)


def delete_view(view: SavedView) -> Kept:
    """Take a view away; return what brings it back."""
    kept = kept_of(view)
    view.delete()
    return kept


def kept_of(view: SavedView) -> Kept:
    """Return what a view keeps."""
    return Kept(**{name: getattr(view, name) for name in asdict(Kept(""))})


def _write(view: SavedView, kept: Kept) -> SavedView:
    if not kept.name.strip():
        raise LeadfarmError("Give the view a name.")
    for name, value in asdict(kept).items():
        setattr(view, name, value)
    view.name, view.columns = kept.name.strip()[:60], list(kept.columns)
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as taken:
        raise LeadfarmError(
            f"You have a view called {view.name} already.", "Pick another name."
        ) from taken
    return view
