"""Cohorts of entry and how many were won within 12 months: Kaplan-Meier with its window (D-9)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.engine.statements import rows
from leadfarm.rules.codes import Origin
from leadfarm.rules.metrics.survival import Curve, Step, Watched, watched_curve
from leadfarm.rules.stages import Stage

SQL = Path(__file__).resolve().parent.parent / "sql"
YEAR = 365.0
DAY = timedelta(days=1)
RECENT = timedelta(days=60)


@dataclass(frozen=True)
class Window:
    """Between which instants the ends of leads were recorded."""

    since: datetime | None
    until: datetime


@dataclass(frozen=True)
class Cohort:
    """The leads of one quarter of entry, and their curve of wins."""

    label: str
    starts: datetime
    n: int
    won: int
    curve: Curve
    recorded: "Window"
    # Leads that entered before wins were recorded: earlier wins of theirs are not known.
    entered_before: int

    @property
    def at_year(self) -> Step:
        """Return the share won at 12 months, with its interval."""
        return self.curve.at(YEAR)

    @property
    def is_observed(self) -> bool:
        """Say whether any lead of the cohort was watched for 12 months."""
        return self.curve.is_observed(YEAR)

    @property
    def window(self) -> str:
        """Return in words when wins were recorded, and how many leads had entered before."""
        until = f"watched to day {int(self.curve.observed_days)}"
        if not self.entered_before or self.recorded.since is None:
            return until
        since = f"wins recorded since {self.recorded.since:%-d %b %Y}"
        return f"{since}, {self.entered_before} of {self.n} entered before; {until}"


def window_of(workspace: Workspace, now: datetime) -> Window:
    """Return when wins and losses were recorded.

    A history that was only imported says nothing about the time after its last event, nor, where
    every win is imported, about the time before its first.
    """
    parameters = {
        "workspace": workspace.id,
        "won": int(Stage.WON),
        "lost": int(Stage.LOST),
        "captured": int(Origin.CAPTURED),
        "imported": int(Origin.IMPORTED),
        "now": now,
        "recent": now - RECENT,
    }
    row = rows(SQL / "window.sql", parameters)[0]
    since = row["first_end"] if row["ends_are_imported"] else None
    return Window(since, now if row["is_live"] or row["last_event"] is None else row["last_event"])


def cohorts(workspace: Workspace, now: datetime) -> list[Cohort]:
    """Return the cohorts by quarter of entry, oldest first. Two queries."""
    window = window_of(workspace, now)
    parameters = {"workspace": workspace.id, "won": int(Stage.WON), "now": now}
    quarters: dict[datetime, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(SQL / "watched.sql", parameters):
        quarters[_quarter(row["entered_at"])].append(row)
    return [_cohort(start, found, window) for start, found in sorted(quarters.items())]


def everybody(workspace: Workspace, now: datetime) -> Cohort:
    """Return all leads as one cohort."""
    window = window_of(workspace, now)
    parameters = {"workspace": workspace.id, "won": int(Stage.WON), "now": now}
    found = rows(SQL / "watched.sql", parameters)
    return _cohort(now, found, window, label="All leads")


def _cohort(
    start: datetime, found: list[dict[str, Any]], window: Window, label: str = ""
) -> Cohort:
    leads = [_watched(row, window) for row in found]
    return Cohort(
        label=label or f"Q{(start.month - 1) // 3 + 1} {start.year}",
        starts=start,
        n=len(leads),
        won=sum(lead.converted for lead in leads),
        curve=watched_curve(leads),
        recorded=window,
        entered_before=sum(lead.since > 0 for lead in leads),
    )


def _watched(row: dict[str, Any], window: Window) -> Watched:
    """Return how one lead was watched; a win dated before the entry counts on day 0."""
    entered, won = row["entered_at"], row["won_at"]
    end = won if won is not None else max(window.until, entered)
    since = 0.0
    if window.since is not None and window.since > entered:
        # A lead that was won before watching began would not be known as won.
        since = min((window.since - entered) / DAY, max((end - entered) / DAY, 0.0))
    return Watched(max((end - entered) / DAY, 0.0), won is not None, max(since - 1e-9, 0.0))


def _quarter(at: datetime) -> datetime:
    return datetime(at.year, 3 * ((at.month - 1) // 3) + 1, 1, tzinfo=UTC)
