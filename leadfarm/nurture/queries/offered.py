"""The gallery of ready-made programs: what each is for, how many steps, and whether it is here."""

from collections.abc import Mapping
from dataclasses import dataclass

from leadfarm.rules.programs import READY_MADE, ReadyMade, parse


@dataclass(frozen=True)
class Offer:
    """A ready-made program as it is chosen; `program_id` where the workspace has it already."""

    made: ReadyMade
    steps: int
    messages: int
    program_id: int | None


def gallery(here: Mapping[str, int]) -> list[Offer]:
    """Return every ready-made program; `here` are the ids of the workspace's by name."""
    return [_offer(made, here.get(made.name)) for made in READY_MADE.values()]


def _offer(made: ReadyMade, program_id: int | None) -> Offer:
    steps = sum(1 for _node in parse(made.tree)[0].walk())
    return Offer(made, steps, len(made.wordings) + len(made.pieces), program_id)
