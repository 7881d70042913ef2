"""Sources and campaigns: what came of their leads, and what a qualified opportunity cost (D-1)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from leadfarm.access.models import Workspace
from leadfarm.engine.statements import rows
from leadfarm.insight.queries.period import Period
from leadfarm.leads.models import Campaign, Source
from leadfarm.rules.metrics.figures import median_days
from leadfarm.rules.metrics.intervals import Rate, rate
from leadfarm.rules.stages import Stage
from leadfarm.rules.touch_kinds import BY_OUR_PEOPLE

SQL = Path(__file__).resolve().parent.parent / "sql"
By = Literal["source", "campaign"]
CENT = Decimal("0.01")


@dataclass
class Origin:
    """What came of the leads of one source or campaign. Cost is None where none was entered."""

    id: int | None
    name: str
    leads: int = 0
    accepted: int = 0
    qualified: int = 0
    won: int = 0
    won_amount: Decimal = Decimal(0)
    waiting: int = 0
    nurturing: int = 0
    sleeping: int = 0
    contacted: int = 0
    cost: Decimal | None = None
    days_to_win: list[float] = field(default_factory=list)

    @property
    def won_rate(self) -> Rate:
        """Return the share won, with its interval."""
        return rate(self.won, self.leads)

    @property
    def qualified_rate(self) -> Rate:
        """Return the share that reached Qualified, with its interval."""
        return rate(self.qualified, self.leads)

    @property
    def contact_rate(self) -> Rate:
        """Return the share that one of our people has called, written to or met (S1-9)."""
        return rate(self.contacted, self.leads)

    @property
    def cost_per_qualified(self) -> Decimal | None:
        """Return D-1: all cost over the leads that reached Qualified; None where unknown."""
        if self.cost is None or not self.qualified:
            return None
        return (self.cost / self.qualified).quantize(CENT)

    @property
    def median_days_to_win(self) -> float | None:
        """Return the median days from the first touch to the order, None without orders."""
        return median_days(self.days_to_win)

    @property
    def next_is_missing(self) -> bool:
        """Say whether no lead of it has gone anywhere: intake without what happens next (S0-7)."""
        return self.leads > 0 and self.waiting == self.leads

    def add(self, row: dict[str, Any]) -> None:
        """Count the leads of one row of origins.sql or contacted.sql."""
        for name in COUNTED:
            setattr(self, name, getattr(self, name) + row.get(name, 0))
        self.days_to_win += [float(days) for days in row.get("days_to_win") or ()]


COUNTED = (
    "leads",
    "accepted",
    "qualified",
    "won",
    "won_amount",
    "waiting",
    "nurturing",
    "sleeping",
    "contacted",
)


def origins(workspace: Workspace, period: Period, by: By) -> list[Origin]:
    """Return sources or campaigns with qualified opportunities first, never ranked by leads (S0-6).

    The blank source is one of them; leads without any have it too. Four queries.
    """
    found = _named(workspace, by)
    column = f"{by}_id"
    for statement in ("origins.sql", "contacted.sql"):
        for row in rows(SQL / statement, _parameters(workspace, period)):
            found[row[column]].add(row)
    for row in _spend(workspace, period):
        if row[column] is None:
            continue
        one = found[row[column]]
        one.cost = (one.cost or Decimal(0)) + Decimal(row["amount"]).quantize(CENT)
    return sorted(_seen(found.values()), key=lambda one: (-one.qualified, -one.won, one.name))


def _seen(all_of_them: Iterable[Origin]) -> list[Origin]:
    """Return each origin that has leads or cost once: the blank source stands under two keys."""
    return list({id(one): one for one in all_of_them if one.leads or one.cost is not None}.values())


def _named(workspace: Workspace, by: By) -> dict[int | None, Origin]:
    model = Source if by == "source" else Campaign
    found: dict[int | None, Origin] = defaultdict(lambda: Origin(None, ""))
    for one in model.objects.of(workspace).only("id", "name"):
        found[one.id] = Origin(one.id, one.name)
    blank = next((one for one in found.values() if not one.name), None)
    if blank is not None:
        found[None] = blank
    return found


def _spend(workspace: Workspace, period: Period) -> list[dict[str, Any]]:
    days = {"first": period.first_day, "last": period.last_day}
    return rows(SQL / "spend.sql", {"workspace": workspace.id, **days})


def _parameters(workspace: Workspace, period: Period) -> dict[str, Any]:
    stages = {stage.name.lower(): int(stage) for stage in Stage}
    by_hand = [int(kind) for kind in BY_OUR_PEOPLE]
    span = {"since": period.since, "until": period.until}
    return {"workspace": workspace.id, "by_hand": by_hand, **span, **stages}


def total(all_of_them: list[Origin]) -> Origin:
    """Return the sum of the rows, as the last line of the table."""
    whole = Origin(None, "All")
    for one in all_of_them:
        for name in COUNTED:
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
        if one.cost is not None:
            whole.cost = (whole.cost or Decimal(0)) + one.cost
        whole.days_to_win += one.days_to_win
    return whole
