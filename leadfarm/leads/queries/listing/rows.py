"""What a row or a card of the list shows, read for a whole page in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from leadfarm.access.models import Workspace
from leadfarm.engine.statements import prepared, statement
from leadfarm.leads.models import Source, Standing
from leadfarm.leads.models.people import NAMELESS
from leadfarm.leads.queries.record import warmth_of
from leadfarm.rules.codes import NextKind, Side
from leadfarm.rules.fit import letter
from leadfarm.rules.stages import Stage, is_sleeping
from leadfarm.ui import words

LISTED = Path(__file__).with_name("listed.sql")
SHORT_SIDE = {
    Side.MARKETING: "Marketing",
    Side.PD: "PD",
    Side.SALES: "Sales",
    Side.PROSPECT: "Prospect",
}
SOON = timedelta(hours=24)
# How full the ring of a stage is drawn, in per cent of the way to the order.
FULL = {
    Stage.RAW: 0,
    Stage.INQUIRY: 14,
    Stage.NURTURING: 28,
    Stage.SALES_READY: 43,
    Stage.ACCEPTED: 57,
    Stage.QUALIFIED: 72,
    Stage.WON: 100,
    Stage.CUSTOMER: 100,
}


@dataclass(frozen=True)
class Listed:
    """What is read of a lead for a list: the columns of listed.sql."""

    id: int
    title: str
    external_id: str | None
    need: str
    entered_at: datetime
    amount: Decimal | None
    company: str
    domain: str
    full_name: str
    has_contact: bool
    email: str
    phone: str
    source: str
    stage: int
    stage_since: datetime
    whose_move: int
    next_kind: int | None
    next_why: str
    next_at: datetime | None
    recheck_on: date | None
    closed_because: str
    heat: float | None
    unscored: bool
    fit: int | None
    owner: str  # who has the next step, else who owns it on the side whose move it is

    @property
    def person(self) -> str:
        """Return the name of the contact as people say it; empty without a contact."""
        return (self.full_name or self.email or NAMELESS) if self.has_contact else ""


@dataclass(frozen=True)
class Row:
    """One lead as the list and the board show it."""

    id: int
    title: str
    company: str
    person: str
    stage: str
    done: int
    stage_kind: str
    since: str
    move: str
    next: str
    due: str
    due_state: str
    fit: str
    heat: int | None  # None: the contact objects to being scored
    bars: int
    source: str
    owner: str
    entered_at: datetime
    amount: Decimal | None


def listed(workspace: Workspace, ids: list[int]) -> dict[int, Listed]:
    """Return these leads by number, in one query."""
    if not ids:
        return {}
    terms = {
        "workspace": workspace.id,
        "leads": ids,
        "no_source": str(Source()),
        "marketing": int(Side.MARKETING),
        "sales": int(Side.SALES),
    }
    return {row["id"]: Listed(**row) for row in prepared(statement(LISTED), terms)}


def rows_of(workspace: Workspace, ids: list[int], now: datetime) -> list[Row]:
    """Return the rows of these leads in this order, in one query."""
    found = listed(workspace, ids)
    return [row_of(workspace, found[one], now) for one in ids if one in found]


def row_of(workspace: Workspace, lead: Listed, now: datetime) -> Row:
    """Return one lead as a row."""
    stage = Stage(lead.stage)
    heat = warmth_of(lead.heat, workspace, now, unscored=lead.unscored)
    due, state = due_of(lead, ZoneInfo(workspace.time_zone), now)
    return Row(
        id=lead.id,
        title=lead.title or lead.person or lead.company or f"Lead {lead.external_id}",
        company=lead.company,
        person=lead.person,
        stage=stage.label,
        done=FULL.get(stage, 0),
        stage_kind="asleep" if is_sleeping(stage) else "won" if FULL[stage] == 100 else "",
        since=f"{max((now - lead.stage_since).days, 0)} d",
        move=SHORT_SIDE[Side(lead.whose_move)],
        next=_next_words(lead, stage),
        due=due,
        due_state=state,
        fit="" if lead.fit is None else letter(lead.fit),
        heat=heat.value,
        bars=heat.bars,
        source=lead.source,
        owner=lead.owner,
        entered_at=lead.entered_at,
        amount=lead.amount,
    )


def _next_words(lead: Listed, stage: Stage) -> str:
    """Return the next step in words; of a sleeping lead why it rests."""
    return (
        f"Rests: {lead.closed_because.replace('-', ' ')}" if is_sleeping(stage) else lead.next_why
    )


def due_of(standing: Standing | Listed, zone: ZoneInfo, now: datetime) -> tuple[str, str]:
    """Return when the next step is due as people say it, and its state: late, soon or ""."""
    today = now.astimezone(zone).date()
    if standing.next_kind is None:
        return (words.day(standing.recheck_on, today) if standing.recheck_on else ""), ""
    if standing.next_at is None:
        return ("In a program" if standing.next_kind == NextKind.ENROLMENT else ""), ""
    local = standing.next_at.astimezone(zone)
    day = words.day(local.date(), today)
    said = f"{day}, {words.clock(local)}" if abs((local.date() - today).days) <= 1 else day
    if standing.next_at < now:
        return said, "late"
    return said, "soon" if standing.next_at - now < SOON else ""
