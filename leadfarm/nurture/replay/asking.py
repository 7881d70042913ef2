"""What a replay is asked: which tree, over which time, for how many, on what assumption."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.nurture.models import Program
from leadfarm.nurture.statements import run, text

MOST_LEADS = 2_000
# What is assumed of a task that nobody ever had: what most leads said, or that nobody does it.
USUAL, NOBODY = "usual", "nobody"


@dataclass(frozen=True)
class Question:
    """Replay the versions that were in force, or the draft, from `begin` up to `until`.

    `assumed` is the answer to a task of the draft that the lead never had: USUAL, NOBODY, or the
    slug of a disposition. Only the draft asks for it.
    """

    program: Program
    workspace: Workspace
    begin: datetime
    until: datetime
    of_draft: bool = False
    assumed: str = USUAL
    most: int = MOST_LEADS


@dataclass(frozen=True)
class Cast:
    """Who lives through it again: their enrolments, their leads, and all there were to choose."""

    enrolments: tuple[int, ...]
    chosen: int
    found: int
    leads: tuple[int, ...]
    contacts: tuple[int, ...]
    begin: datetime

    def values(self, question: Question) -> dict[str, Any]:
        """Return what the statements of a replay ask for."""
        return {
            "replayed": list(self.enrolments),
            "leads": list(self.leads),
            "contacts": list(self.contacts),
            "begin": self.begin,
            "until": question.until,
        }


def cast_of(question: Question) -> Cast:
    """Return who is replayed, with every other lead of the same contacts; nobody: empty.

    The clock begins where the first of them entered: who was in the program before the period has
    to be where they were when it begins.
    """
    workspace_id = question.workspace.id
    values = {
        "program": question.program.id,
        "begin": question.begin,
        "until": question.until,
        "fresh": question.of_draft,
        "most": question.most,
    }
    rows = run(workspace_id, text("replay_chosen"), values)
    contacts = _some(row[2] for row in rows)
    own = _some(row[1] for row in rows)
    beside = run(workspace_id, text("replay_beside"), {"leads": own, "contacts": contacts})
    return Cast(
        enrolments=tuple(row[0] for row in rows),
        chosen=len(own),
        found=rows[0][4] if rows else 0,
        leads=tuple(row[0] for row in beside),
        contacts=tuple(contacts),
        begin=min((row[3] for row in rows), default=question.begin),
    )


def _some(ids: Iterable[int | None]) -> list[int]:
    return sorted({one for one in ids if one is not None})
