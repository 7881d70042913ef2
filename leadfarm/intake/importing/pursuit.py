"""A lead as an import sees it while it decides: one that is there, or one this chunk opens."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal

from leadfarm.rules.codes import NextKind, RecheckRule, Side
from leadfarm.rules.opening import Candidate
from leadfarm.rules.stages import Stage


@dataclass(slots=True)
class Step:
    """What a lead does next, or how it ended: the columns of its standing but heat and stage."""

    whose_move: Side
    kind: NextKind | None = None
    owner_id: int | None = None
    why: str = ""
    at: datetime | None = None
    task_id: int | None = None
    recheck_rule: RecheckRule | None = None
    recheck_on: date | None = None
    closed_because: str = ""


# Compared by identity: two leads alike in every column are two leads still.
@dataclass(slots=True, eq=False)
class Pursuit:
    """The lead's columns as they stand, and what the chunk changes about it."""

    id: int
    contact_id: int | None = None
    account_id: int | None = None
    external_id: str | None = None
    need: str = ""
    entered_at: datetime | None = None
    stage: Stage = Stage.RAW
    heat: float | None = None
    next_kind: int | None = None
    title: str = ""
    marketing_owner_id: int | None = None
    pd_owner_id: int | None = None
    sales_owner_id: int | None = None
    amount: Decimal | None = None
    close_on: date | None = None
    source_id: int | None = None
    captured: bool = False  # it came in since the workspace went live, not by a file's word

    is_new: bool = False
    is_told: bool = False  # a column of the lead changed
    warmed: bool = False  # only the heat changed
    step: Step | None = None  # set: stage and next step changed
    stage_since: datetime | None = None
    campaign_id: int | None = None
    previous_id: int | None = None
    known_at: datetime | None = None
    firm_id: int | None = None
    reached: set[int] = field(default_factory=set)
    reached_here: set[int] = field(default_factory=set)  # by work in Leadfarm, not told by a file

    def afterwards(self) -> "Pursuit":
        """Return a copy as the next chunk finds the lead once this one is written."""
        after = Pursuit(*(getattr(self, name) for name in COLUMNS))
        if self.step is not None:
            after.next_kind = self.step.kind
        after.reached, after.reached_here = set(self.reached), set(self.reached_here)
        return after

    def candidate(self, *, is_colleagues: bool) -> Candidate:
        """Return the lead as rules.opening looks at it."""
        assert self.entered_at is not None
        return Candidate(
            id=self.id,
            stage=self.stage,
            opened_at=self.entered_at,
            need=self.need,
            external_id=self.external_id or "",
            is_colleagues=is_colleagues,
        )


# What is read of a lead that is there, in the order of leads_there.
COLUMNS = [one.name for one in fields(Pursuit)][:17]
