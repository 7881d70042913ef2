"""Who does something: a member, or a part of the machine on nobody's behalf."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from leadfarm.access.models import Member


@dataclass(frozen=True)
class Actor:
    """The hand behind an act: a member's id, or None with the part of the machine named."""

    kind: Literal["member", "program", "import", "form", "api", "schedule", "simulation"]
    member_id: int | None = None

    @classmethod
    def of(cls, member: "Member") -> "Actor":
        """Return the actor who is this member."""
        return cls("member", member.id)


IMPORT = Actor("import")
FORM = Actor("form")
API = Actor("api")
PROGRAM = Actor("program")
SCHEDULE = Actor("schedule")
