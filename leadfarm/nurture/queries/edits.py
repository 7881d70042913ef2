"""What can be undone and done again in the draft of a program."""

from dataclasses import dataclass

from leadfarm.nurture.models import Edit, Program


@dataclass(frozen=True)
class Around:
    """The change that undo takes back, and the one that redo does again; empty for none."""

    undo: str = ""
    redo: str = ""


def around(program: Program) -> Around:
    """Return what lies before and behind the draft, in one query."""
    near = (program.edit - 1, program.edit, program.edit + 1)
    found = Edit.objects.of(program.workspace_id).filter(program_id=program.id, number__in=near)
    said = dict(found.values_list("number", "said"))
    undo = said.get(program.edit, "") if program.edit - 1 in said else ""
    return Around(undo, said.get(program.edit + 1, ""))
