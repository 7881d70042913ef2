"""How fast leads get through: days in each stage and to the order, the bottleneck named (S0-12)."""

from dataclasses import dataclass
from pathlib import Path

from leadfarm.access.models import Workspace
from leadfarm.engine.statements import rows
from leadfarm.insight.queries.period import Period
from leadfarm.rules.metrics.figures import Quantile, middle, quantile
from leadfarm.rules.metrics.intervals import FEWEST
from leadfarm.rules.stages import Stage

SQL = Path(__file__).resolve().parent.parent / "sql"


@dataclass(frozen=True)
class Pace:
    """The days leads spent in one stage before moving on."""

    stage: Stage
    days: Quantile

    @property
    def is_too_few(self) -> bool:
        """Whether too few leads left the stage to rank it (S1-12)."""
        return self.days.n < FEWEST


@dataclass(frozen=True)
class Velocity:
    """The stages by how long they take, and the whole way to the order."""

    stages: list[Pace]
    to_win: Quantile | None
    to_win_p90: Quantile | None

    @property
    def bottleneck(self) -> Pace | None:
        """Return the stage that takes longest, among those with enough leads to tell."""
        known = [pace for pace in self.stages if not pace.is_too_few]
        return max(known, key=_length, default=None)

    @property
    def unproven(self) -> list[Pace]:
        """Return the stages that look slower than the bottleneck, on too few leads to tell."""
        beyond = self.bottleneck.days.value if self.bottleneck else 0
        return [pace for pace in self.stages if pace.is_too_few and pace.days.value > beyond]


def _length(pace: Pace) -> float:
    return pace.days.value


def velocity_of(workspace: Workspace, period: Period) -> Velocity:
    """Return the pace of leads that entered in the period, in one query.

    Imported stages all bear one date, so only changes we saw happen count for the stages.
    """
    parameters = {
        "workspace": workspace.id,
        "since": period.since,
        "until": period.until,
        "won": int(Stage.WON),
    }
    found = rows(SQL / "velocity.sql", parameters)
    days = {row["stage"]: [float(day) for day in row["days"]] for row in found}
    paces = [
        Pace(stage, middle_days) for stage in Stage if (middle_days := middle(days.get(stage, [])))
    ]
    to_win = days.get(0, [])
    return Velocity(paces, middle(to_win), quantile(to_win, 0.9))
