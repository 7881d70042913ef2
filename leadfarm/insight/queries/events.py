"""Events: what came of those who registered, came, stayed away or met us (S0-7, S1-8)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from leadfarm.access.models import Workspace
from leadfarm.engine.statements import rows
from leadfarm.insight.queries.origins import CENT, SQL, Origin, origins
from leadfarm.insight.queries.period import all_time
from leadfarm.intake.event_queries import Guest, Part, guests_of
from leadfarm.intake.models import Event, Spend
from leadfarm.rules.stages import Stage

COUNTED = ("qualified", "accepted", "won", "waiting", "nurturing", "sleeping")


@dataclass
class Line:
    """What came of the people who had one part in an event."""

    part: str
    people: int = 0
    leads: list[int] = field(default_factory=list)
    qualified: int = 0
    accepted: int = 0
    won: int = 0
    waiting: int = 0
    nurturing: int = 0
    sleeping: int = 0

    @property
    def next_is_missing(self) -> bool:
        """Say whether nobody of them has gone anywhere (S0-7)."""
        return bool(self.leads) and self.waiting == len(set(self.leads))


@dataclass(frozen=True)
class Outcome:
    """An event in figures: a line for each part, all of them together, and the cost."""

    lines: list[Line]
    whole: Line
    cost: Decimal | None

    @property
    def cost_per_qualified(self) -> Decimal | None:
        """Return D-1: all that was booked over the leads that reached Qualified since."""
        if self.cost is None or not self.whole.qualified:
            return None
        return (self.cost / self.whole.qualified).quantize(CENT)

    def leads_of(self, part: Part) -> list[int]:
        """Return the leads of the people who had this part, each once."""
        found = next((line.leads for line in self.lines if line.part == part), [])
        return list(dict.fromkeys(found))


def outcome_of(event: Event) -> Outcome:
    """Return what came of an event, in three queries. A lead counts once in each line."""
    guests = guests_of(event)
    fates = _fates(event, guests)
    lines = [_line(part, [g for g in guests if g.part is part], fates) for part in Part]
    booked = Spend.objects.of(event.workspace_id).filter(campaign_id=event.campaign_id)
    cost = booked.aggregate(sum=Sum("amount"))["sum"]
    return Outcome([one for one in lines if one.people], _line("All", guests, fates), cost)


def _fates(event: Event, guests: list[Guest]) -> dict[int, dict[str, Any]]:
    stages = {stage.name.lower(): int(stage) for stage in Stage}
    terms = {
        "workspace": event.workspace_id,
        "since": event.starts_at,
        "leads": [guest.lead_id for guest in guests],
        **stages,
    }
    return {row["lead_id"]: row for row in rows(SQL / "event_parts.sql", terms)}


def _line(part: str, guests: Iterable[Guest], fates: dict[int, dict[str, Any]]) -> Line:
    leads = [guest.lead_id for guest in guests]
    line = Line(str(part), len(leads), leads)
    for lead_id in set(leads):
        for name in COUNTED:
            setattr(line, name, getattr(line, name) + bool(fates[lead_id][name]))
    return line


def events_of(workspace: Workspace, now: datetime) -> list[tuple[Event, Origin]]:
    """Return the latest events, each with what came of the leads its campaign brought.

    A constant number of queries, whatever the number of events.
    """
    by_campaign = {one.id: one for one in origins(workspace, all_time(now), "campaign")}
    found = Event.objects.of(workspace).select_related("campaign").order_by("-starts_at")
    return [(one, by_campaign.get(one.campaign_id) or Origin(None, "")) for one in found[:100]]
