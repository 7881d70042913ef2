"""How SQL comes to the raw value of a field. Each reach asks a plan; the plan knows the shape of
the query.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from leadfarm.rules.clauses.moment import Moment

FindingColumn = Literal[
    "words", "value_number", "value_date", "value_code", "known_at", "confidence"
]
Neighbour = Literal["account", "contact"]


# A section's number, a field of it, and the code of a choice that stands for itself.
AnyOf = tuple[tuple[int, str, int | None], ...]


class Plan(Protocol):
    """One shape of query: it says how a row beside the lead is reached."""

    moment: Moment

    def neighbour(self, table: Neighbour, column: str) -> str:
        """The column of the lead's account or primary contact."""

    def finding(self, section: int, field: str | None, column: FindingColumn) -> str:
        """The newest value in that column that stood then, null where there is none.

        An entry stands until a newer one of its thread supersedes it or takes it back.
        """

    def any_finding(self, section: int, field: str | None) -> str:
        """True where anything of the section stood then, else null."""

    def joined(self, section: int, field: str) -> str:
        """All words of the field that stood then, a line each, null where there were none."""

    def share(self, share: Share) -> str:
        """How much of what is asked was known then, never null."""

    def contradictions(self) -> str:
        """How many standing entries contradicted an earlier one then, never null."""

    def roles_then(self) -> str:
        """The codes of the roles that stood then, as bigint[], never null."""

    def stage(self, column: Literal["to_stage", "happened_at"]) -> str:
        """From the newest stage change known by then."""

    def heat(self) -> str:
        """The stored heat after the touches known by then, null where nothing heated the lead."""

    def pages(self, days: int) -> str:
        """Titles and addresses that humans read on the website in so many days, null for none."""

    def roles(self) -> str:
        """The codes of the buying group's roles, as bigint[], never null."""


class Reach(Protocol):
    """A way to the raw value."""

    def value(self, plan: Plan) -> str | None:
        """SQL text of the raw value; None where it cannot be known at the plan's moment."""


@dataclass(frozen=True, slots=True)
class Own:
    """An expression over the lead's own row or its standing.

    `timeless`: set when the lead came in and not moved since, so that a past moment may read it
    too. What moves and keeps no history is unknown at a past moment: reading it would be
    hindsight.
    """

    text: str
    timeless: bool = False

    def value(self, plan: Plan) -> str | None:
        """The expression itself."""
        return self.text if self.timeless or plan.moment.live else None


@dataclass(frozen=True, slots=True)
class Beside:
    """A column of the account or the primary contact; profile data that hardly moves is read as
    timeless.
    """

    table: Neighbour
    column: str

    def value(self, plan: Plan) -> str | None:
        """The neighbour's column."""
        return plan.neighbour(self.table, self.column)


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest finding of a dossier section (or of one field of it) that carries a value of this
    column.
    """

    section: int
    column: FindingColumn
    field: str | None = None

    def value(self, plan: Plan) -> str | None:
        """The newest value that stood then."""
        return plan.finding(self.section, self.field, self.column)


@dataclass(frozen=True, slots=True)
class Anything:
    """Whether a dossier section holds anything."""

    section: int
    field: str | None = None

    def value(self, plan: Plan) -> str | None:
        """True or null."""
        return plan.any_finding(self.section, self.field)


@dataclass(frozen=True, slots=True)
class StageThen:
    """The stage or since when it stands: from the standing now, from the stage changes at a past
    moment.
    """

    standing: str
    column: Literal["to_stage", "happened_at"]

    def value(self, plan: Plan) -> str | None:
        """The standing's column, or that of the newest change known by then."""
        return f"standing.{self.standing}" if plan.moment.live else plan.stage(self.column)


@dataclass(frozen=True, slots=True)
class HeatThen:
    """Stored heat: from the standing now, from the touches at a past moment."""

    def value(self, plan: Plan) -> str | None:
        """The stored heat, null for none."""
        return "standing.heat" if plan.moment.live else plan.heat()


@dataclass(frozen=True, slots=True)
class Joined:
    """All standing words of a field that can have several."""

    section: int
    field: str

    def value(self, plan: Plan) -> str | None:
        """The words, a line each."""
        return plan.joined(self.section, self.field)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of what is asked is known: each answered ask adds its weight, times scale/total."""

    asks: tuple[AnyOf, ...]
    weights: tuple[int, ...]
    total: int
    scale: int

    def value(self, plan: Plan) -> str | None:
        """A whole number, 0 where nothing is known."""
        return plan.share(self)


@dataclass(frozen=True, slots=True)
class Contradictions:
    """How many entries of the dossier contradict an earlier one."""

    def value(self, plan: Plan) -> str | None:
        """A whole number, 0 where none does."""
        return plan.contradictions()


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles filled in the buying group: from the group now, from the findings then."""

    def value(self, plan: Plan) -> str | None:
        """An array of codes."""
        return plan.roles() if plan.moment.live else plan.roles_then()
