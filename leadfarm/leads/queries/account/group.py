"""The buying group of a company over all its leads, and its engagement month by month (S3-16)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.engine.statements import rows
from leadfarm.leads.models import Account, Contact
from leadfarm.leads.moved import survivors_of
from leadfarm.rules.codes import BuyingRole, Direction, TouchKind
from leadfarm.rules.dossier.codes import Influence, Stance
from leadfarm.rules.profile.codes import Department, Seniority
from leadfarm.ui.charts import Bar, Bars

HERE = Path(__file__).parent
YEAR = timedelta(days=365)
INBOUND = [int(kind) for kind in TouchKind if kind.direction is Direction.IN]
# Without these a deal of some size is decided by nobody we know.
WANTED = (
    *(BuyingRole.ECONOMIC_BUYER, BuyingRole.CHAMPION, BuyingRole.TECHNICAL_BUYER),
    BuyingRole.USER,
)
QUESTIONS = {
    BuyingRole.ECONOMIC_BUYER: "Who releases the money? No economic buyer is known.",
    BuyingRole.CHAMPION: "Who inside fights for it? No champion is known.",
    BuyingRole.TECHNICAL_BUYER: "Who judges whether it fits? No technical buyer is known.",
    BuyingRole.USER: "Who will work with it? No user is known.",
}


@dataclass(frozen=True)
class Somebody:
    """One person of the company."""

    id: int
    name: str
    job_title: str
    standing: str  # seniority and department, as far as known
    roles: list[BuyingRole]
    stance: Stance | None
    influence: Influence | None
    times: int  # how often they came to us in a year
    last: datetime | None


@dataclass(frozen=True)
class RoleOfGroup:
    """One role, and who plays it on any of the leads."""

    role: BuyingRole
    people: list[Somebody]
    question: str  # what to ask where it is empty and wanted


def people_of(account: Account, now: datetime) -> list[Somebody]:
    """Return the people of a company, those with most say first, in two queries.

    Who was merged stands here as their survivor, with what came from both.
    """
    found = rows(HERE / "people.sql", _terms(account, now))
    into = survivors_of(account.workspace_id, Contact, [row["id"] for row in found])
    people = {row["id"]: row for row in found if row["id"] not in into}
    for row in found:
        if (survivor := people.get(into.get(row["id"], 0))) is not None:
            survivor["times"] += row["times"]
            survivor["last"] = max(filter(None, (survivor["last"], row["last"])), default=None)
    return [_somebody(row) for row in people.values()]


def roles_of(people: list[Somebody]) -> list[RoleOfGroup]:
    """Return every role with who plays it; those wanted and empty with their question."""
    return [
        RoleOfGroup(role, who, "" if who else QUESTIONS.get(role, ""))
        for role in BuyingRole
        if (who := [one for one in people if role in one.roles]) or role in WANTED
    ]


def engagement_of(account: Account, workspace: Workspace, now: datetime) -> Bars:
    """Return how often the company came to us in each of the last twelve months, in one query."""
    terms = {**_terms(account, now), "zone": workspace.time_zone}
    found = {row["month"]: row["times"] for row in rows(HERE / "months.sql", terms)}
    months = [_month(now.date(), back) for back in range(11, -1, -1)]
    bars = [Bar(label=f"{month:%b}", value=found.get(month, 0)) for month in months]
    title = "How often people of this company came to us, by month"
    return Bars(title=title, bars=bars)


def _terms(account: Account, now: datetime) -> dict[str, Any]:
    place = {"workspace": account.workspace_id, "account": account.id}
    return {**place, "inbound": INBOUND, "since": now - YEAR}


def _month(day: date, back: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(year, month + 1, 1)


def _somebody(row: dict[str, Any]) -> Somebody:
    name = f"{row['given_name']} {row['family_name']}".strip() or row["email"] or "Name unknown"
    told = [
        Seniority(row["seniority"]).label if row["seniority"] else "",
        Department(row["department"]).label if row["department"] else "",
    ]
    return Somebody(
        id=row["id"],
        name=name,
        job_title=row["job_title"],
        standing=", ".join(one for one in told if one),
        roles=[BuyingRole(code) for code in row["roles"] or ()],
        stance=Stance(row["stance"]) if row["stance"] else None,
        influence=Influence(row["influence"]) if row["influence"] else None,
        times=row["times"],
        last=row["last"],
    )
