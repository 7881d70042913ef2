"""What a row or a card of the list shows, read for a whole page in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from leadfarm.access.models import Member, Workspace
from leadfarm.leads.models import Lead, Standing
from leadfarm.leads.queries.record import warmth
from leadfarm.rules.codes import NextKind, Side
from leadfarm.rules.fit import letter
from leadfarm.rules.stages import Stage, is_sleeping
from leadfarm.ui import words

SHOWN_WITH = (
    *("contact", "account", "source", "marketing_owner", "pd_owner", "sales_owner"),
    *("standing", "standing__next_owner"),
)
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
    heat: int
    bars: int
    source: str
    owner: str
    entered_at: datetime
    amount: Decimal | None


def rows_of(workspace: Workspace, ids: list[int], now: datetime) -> list[Row]:
    """Return the rows of these leads in this order, in one query."""
    found = Lead.objects.of(workspace).filter(id__in=ids).select_related(*SHOWN_WITH)
    by_id = {lead.id: lead for lead in found} if ids else {}
    return [row_of(workspace, by_id[one], now) for one in ids if one in by_id]


def row_of(workspace: Workspace, lead: Lead, now: datetime) -> Row:
    """Return one lead as a row; relations must have been read along."""
    standing: Standing = lead.standing
    stage, heat = Stage(standing.stage), warmth(standing, workspace, now)
    due, state = due_of(standing, ZoneInfo(workspace.time_zone), now)
    return Row(
        id=lead.id,
        title=title_of(lead),
        company=lead.account.name if lead.account else "",
        person=lead.contact.name if lead.contact else "",
        stage=stage.label,
        done=FULL.get(stage, 0),
        stage_kind="asleep" if is_sleeping(stage) else "won" if FULL[stage] == 100 else "",
        since=f"{max((now - standing.stage_since).days, 0)} d",
        move=SHORT_SIDE[Side(standing.whose_move)],
        next=next_words(standing),
        due=due,
        due_state=state,
        fit="" if standing.fit is None else letter(standing.fit),
        heat=heat.value,
        bars=heat.bars,
        source=str(lead.source) if lead.source else "",
        owner=_owner(lead, standing),
        entered_at=lead.entered_at,
        amount=lead.amount,
    )


def title_of(lead: Lead) -> str:
    """Return what a lead is called: its title, else its person, else its company."""
    named = lead.title or (str(lead.contact) if lead.contact else "")
    return named or (str(lead.account) if lead.account else f"Lead {lead.external_id}")


def next_words(standing: Standing) -> str:
    """Return the next step in words; of a sleeping lead why it rests."""
    if is_sleeping(Stage(standing.stage)):
        return f"Rests: {standing.closed_because.replace('-', ' ')}"
    return str(standing.next_why)


def due_of(standing: Standing, zone: ZoneInfo, now: datetime) -> tuple[str, str]:
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


def _owner(lead: Lead, standing: Standing) -> str:
    """Return who has the next step, else who owns the lead on the side whose move it is."""
    side = Side(standing.whose_move)
    owners = {Side.MARKETING: lead.marketing_owner, Side.SALES: lead.sales_owner}
    owner: Member | None = standing.next_owner or owners.get(side) or lead.pd_owner
    return owner.name if owner else ""
