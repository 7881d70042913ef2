"""Programs go out as files and come in again, with names for what has numbers in a workspace."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leadfarm.access.models import Member, Workspace
from leadfarm.leads.queries.catalogue import OWNERS, fields_of
from leadfarm.nurture.actions.drafts import Hand, draft_of, keep
from leadfarm.nurture.actions.publishing import check
from leadfarm.nurture.models import Program
from leadfarm.rules.clauses import Catalogue
from leadfarm.rules.programs import Fault
from leadfarm.rules.programs import Program as Tree
from leadfarm.rules.programs.filing import file_of, read_file, renamed

CHOSEN = ("source", "campaign")
# Ids as a draft keeps them, with their names.
Named = Sequence[tuple[str | int, str]]


@dataclass(frozen=True)
class Reading:
    """What a file holds, as this workspace sees it.

    `raw` is the draft it would become, None where it cannot be read; `faults` says why, and what
    is still missing here before it could be published.
    """

    raw: dict[str, Any] | None
    tree: Tree
    faults: list[Fault]


def program_file(program: Program, workspace: Workspace) -> str:
    """Return the text of a file with the program as it is edited now."""
    names = {field: dict(table) for field, table in _named(workspace).items()}
    return file_of({**draft_of(program), "name": program.name}, names)


def read_program(workspace: Workspace, text: str) -> Reading:
    """Return what the text of a file would become in this workspace; nothing is kept."""
    told, found = read_file(text)
    if told is None:
        return Reading(None, Tree("", None, ()), found)
    ids = {field: _ids(table) for field, table in _named(workspace).items()}
    gone: list[tuple[str, str]] = []
    raw = renamed(told, ids, lambda field, name: gone.append((field, name)))
    tree, faults = check(workspace.id, raw)
    absent = [
        Fault("program", f"There is no {field.replace('_', ' ')} called {name!r} here.", "Choose.")
        for field, name in dict.fromkeys(gone)
    ]
    return Reading(raw, tree, [*absent, *faults])


def take_over(program: Program, raw: dict[str, Any], hand: Hand) -> None:
    """Make what a file held the draft of a program; undo brings back what was there."""
    keep(program, {**raw, "name": program.name}, hand, "Took a program over from a file", "")


def _named(workspace: Workspace) -> dict[str, Named]:
    """Return what each field that is said by an id may say here: ids with their names."""
    catalogue = fields_of(workspace)
    tables: dict[str, Named] = {name: _choices(catalogue, name) for name in (*CHOSEN, *OWNERS)}
    here = Member.objects.filter(workspace_id=workspace.id, left_at=None)
    return {**tables, "owner": list(here.values_list("id", "name"))}


def _choices(catalogue: Catalogue, name: str) -> Named:
    return [(choice.key, choice.label) for choice in catalogue.fields[name].choices or ()]


def _ids(table: Named) -> dict[str, str | int]:
    """Return the id of each name that only one has."""
    often = Counter(name for _id, name in table)
    return {name: id_ for id_, name in table if often[name] == 1}
