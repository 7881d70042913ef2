"""Who looks after the new leads of a chunk: chosen in memory, written down at its end."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from leadfarm.engine.statements import prepared
from leadfarm.intake.importing.companies import COUNTRY, DOMAIN, EMPLOYEES, INDUSTRY, Account
from leadfarm.intake.importing.job import Job
from leadfarm.intake.importing.pursuit import Pursuit
from leadfarm.intake.importing.record import Record
from leadfarm.leads.routing import People, Standby, Terms, facts_of
from leadfarm.leads.routing.router import account_owners
from leadfarm.leads.sql import statement
from leadfarm.rules.business_time import due
from leadfarm.rules.clauses import Facts
from leadfarm.rules.codes import Origin, Side, TaskKind
from leadfarm.rules.routing import Given, How, told_as_json

COLUMN = {
    Side.MARKETING: "marketing_owner_id",
    Side.PD: "pd_owner_id",
    Side.SALES: "sales_owner_id",
}
BY_ITSELF = {How.ACCOUNT, How.BEFORE, How.RULE, How.TURN}
Owned = dict[Side, int | None]
NOTHING_ASKED = facts_of({})


class Routing:
    """Fills the sides that a file names nobody for.

    Fresh inquiries take places; history and raw lists go in turn and fill nobody's day.
    """

    def __init__(self, job: Job, before: "Routing | None" = None) -> None:
        self.job = job
        # Turns and places go on where the chunk before leaves them.
        self.fresh: Standby = before.fresh if before else Standby(job.workspace, job.now)
        self.rest: Standby = (
            before.rest if before else Standby(job.workspace, job.now, limits=False)
        )
        self.at_before: dict[int, Owned] = before.at if before else {}
        self.given_before: dict[int, dict[str, int | None]] = before.given_here if before else {}
        self.at: dict[int, Owned] = {}
        self.given: dict[int, dict[str, int | None]] = {}
        self.given_here: dict[int, dict[str, int | None]] = {}  # of leads this chunk opens
        self.names_owners = any(column.to.endswith("_owner") for column in job.mapping.columns)
        self.due: dict[int | None, datetime] = {}

    @property
    def people(self) -> People:
        """Return who is here, and when they work."""
        return self.fresh.router().people

    def load(self, accounts: Iterable[int]) -> None:
        """Fetch who looks after these accounts already."""
        asked = sorted(set(accounts))
        self.at = account_owners(self.job.workspace.id, asked)
        self.at |= {one: self.at_before[one] for one in asked if one in self.at_before}

    def load_given(self, leads: Sequence[int]) -> None:
        """Fetch whom the rules gave these leads to, as far as nobody has changed it by hand."""
        terms = {"workspace": self.job.workspace.id, "leads": list(leads)}
        rows = prepared(statement("routing_given"), terms)
        for row in rows:
            mine = self.given.setdefault(row["lead_id"], {})
            for side, one in json.loads(row["reasons"]).items():
                mine[f"{side}_owner"] = one.get("to") if one["how"] in BY_ITSELF else None
        self.given |= {one: self.given_before[one] for one in leads if one in self.given_before}

    def gave(self, lead: int, column: str) -> int | None:
        """Return whom the rules gave this side of a lead to."""
        return self.given.get(lead, {}).get(column)

    def fill(
        self, pursuit: Pursuit, record: Record, account: Account | None, before: Pursuit | None
    ) -> str:
        """Give the lead an owner on each side that has none; return the reasons as JSON, or ""."""
        free = [side for side, column in COLUMN.items() if getattr(pursuit, column) is None]
        here = self.at.setdefault(pursuit.account_id, {}) if pursuit.account_id else {}
        given: dict[Side, Given] = {}
        if free:
            router = (self.fresh if pursuit.captured else self.rest).router()
            asks = router.dealer.asked
            facts = _facts(pursuit, record, account) if asks else NOTHING_ASKED
            given = router.give(facts, account=here, before=_owned(before), sides=free)
        for side, one in given.items():
            setattr(pursuit, COLUMN[side], one.to)
            pursuit.firm_id = pursuit.firm_id or one.firm
        if self.names_owners:
            mine = {side: one.to for side, one in given.items() if one.how in BY_ITSELF}
            self.given_here[pursuit.id] = {f"{side.slug}_owner": to for side, to in mine.items()}
        for side, column in COLUMN.items():
            here.setdefault(side, getattr(pursuit, column))
        return told_as_json(given)

    def greet_by(self, owner: int | None) -> datetime:
        """Return when a greeting by this member is due, in their working hours."""
        if owner not in self.due:
            hours = self.people.hours(owner)
            self.due[owner] = due(self.job.now, TaskKind.GREET.due_hours, hours)
        return self.due[owner]

    def terms(self) -> list[Terms]:
        """Return what was given, to be written down last of all: captures wait for these rows."""
        return [given for one in (self.fresh, self.rest) if (given := one.given()) is not None]


def _owned(pursuit: Pursuit | None) -> Owned:
    return {side: getattr(pursuit, column) for side, column in COLUMN.items()} if pursuit else {}


def _facts(pursuit: Pursuit, record: Record, account: Account | None) -> Facts:
    values = {
        "source": pursuit.source_id,
        "campaign": pursuit.campaign_id,
        "origin": int(Origin.CAPTURED if pursuit.captured else Origin.IMPORTED),
        "job_title": record.job_title,
        "contact_country": record.country,
        "need": record.need,
    }
    if account is not None:
        values |= {"country": account[COUNTRY], "industry": account[INDUSTRY]}
        values |= {"employees": account[EMPLOYEES], "domain": account[DOMAIN]}
    return facts_of(values)
