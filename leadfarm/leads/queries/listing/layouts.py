"""Leads in the layouts of other products (S2-4): what goes out so comes in again and adds nothing.

Each row is named by its external id, or by ours, so that it is recognised when it comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.engine.statements import prepared, statement
from leadfarm.rules.names import own_id
from leadfarm.rules.stages import Stage

LAID_OUT = Path(__file__).with_name("laid_out.sql")
Found = dict[str, Any]
LIFECYCLE = {
    Stage.RAW: "Subscriber", Stage.INQUIRY: "Lead", Stage.NURTURING: "Lead",
    Stage.SALES_READY: "Marketing Qualified Lead", Stage.ACCEPTED: "Sales Qualified Lead",
    Stage.QUALIFIED: "Opportunity", Stage.WON: "Customer", Stage.CUSTOMER: "Customer",
}  # fmt: skip
STATUS = {
    Stage.RAW: "Open", Stage.INQUIRY: "Open - Not Contacted", Stage.NURTURING: "Nurturing",
    Stage.SALES_READY: "Working", Stage.ACCEPTED: "Working - Contacted",
    Stage.QUALIFIED: "Closed - Converted", Stage.WON: "Closed - Converted",
    Stage.CUSTOMER: "Closed - Converted", Stage.DISQUALIFIED: "Closed - Not Converted",
}  # fmt: skip
DEAL_STAGE = {
    Stage.QUALIFIED: "Qualified To Buy", Stage.WON: "Closed Won", Stage.CUSTOMER: "Closed Won",
    Stage.LOST: "Closed Lost",
}  # fmt: skip
OPPORTUNITY_STAGE = DEAL_STAGE | {Stage.QUALIFIED: "Qualification"}


@dataclass(frozen=True)
class Layout:
    """One layout: its label, its titles, and what stands under each for a lead.

    Of deals and opportunities only leads go out that have come so far.
    """

    label: str
    columns: dict[str, Callable[[Found], Any]]
    stages: frozenset[Stage] = frozenset(Stage)

    @property
    def titles(self) -> list[str]:
        """Return the titles in their order."""
        return list(self.columns)


def _of(name: str) -> Callable[[Found], Any]:
    return lambda found: found[name]


def _id(found: Found) -> str:
    return found["external_id"] or own_id(found["workspace"], found["id"])


PERSON = {"First Name": _of("given_name"), "Last Name": _of("family_name")}
LAYOUTS = {
    "hubspot": Layout(
        "HubSpot contacts",
        {
            "Record ID": _id, **PERSON, "Email": _of("email"), "Phone Number": _of("phone"),
            "Job Title": _of("job_title"),
            "Lifecycle Stage": lambda found: LIFECYCLE.get(Stage(found["stage"]), "Other"),
            "Create Date": _of("entered_at"), "Last Modified Date": _of("stage_since"),
            "Contact owner": _of("owner"), "Lead Source": _of("source"),
            "Company name": _of("company"), "Associated Company Domain": _of("domain"),
            "Country/Region": _of("country"), "Industry": _of("industry"),
            "Number of Employees": _of("employees"),
        },
    ),
    "salesforce": Layout(
        "Salesforce leads",
        {
            "Lead ID": _id, **PERSON, "Title": _of("job_title"), "Company": _of("company"),
            "Email": _of("email"), "Phone": _of("phone"), "Website": _of("domain"),
            "Country": _of("country"), "Industry": _of("industry"),
            "Number of Employees": _of("employees"), "Lead Source": _of("source"),
            "Lead Status": lambda found: STATUS.get(Stage(found["stage"]), ""),
            "Lead Owner": _of("owner"), "Created Date": _of("entered_at"),
            "Last Modified Date": _of("stage_since"),
        },
    ),
    "hubspot-deals": Layout(
        "HubSpot deals",
        {
            "Record ID": _id, "Deal Name": _of("title"), "Pipeline": lambda found: "default",
            "Deal Stage": lambda found: DEAL_STAGE[Stage(found["stage"])],
            "Amount": _of("amount"), "Close Date": _of("close_on"), "Deal owner": _of("owner"),
            "Create Date": _of("entered_at"), "Date entered current stage": _of("stage_since"),
            "Associated Contact Email": _of("email"), "Associated Company": _of("company"),
            "Associated Company Domain": _of("domain"),
        },
        frozenset(DEAL_STAGE),
    ),
    "salesforce-opportunities": Layout(
        "Salesforce opportunities",
        {
            "Opportunity ID": _id, "Opportunity Name": _of("title"), "Account Name": _of("company"),
            "Website": _of("domain"), "Contact Email": _of("email"),
            "Stage": lambda found: OPPORTUNITY_STAGE[Stage(found["stage"])],
            "Amount": _of("amount"), "Close Date": _of("close_on"),
            "Opportunity Owner": _of("owner"), "Lead Source": _of("source"),
            "Created Date": _of("entered_at"), "Last Stage Change Date": _of("stage_since"),
        },
        frozenset(OPPORTUNITY_STAGE),
    ),
}  # fmt: skip


def laid_out(layout: Layout, workspace: Workspace, ids: list[int]) -> list[list[str]]:
    """Return the cells of these leads in a layout, in order of number; one query."""
    found = prepared(statement(LAID_OUT), {"workspace": workspace.id, "leads": ids})
    return [
        [_said(told({**row, "workspace": workspace.slug})) for told in layout.columns.values()]
        for row in found
        if row["stage"] in layout.stages
    ]


def _said(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else str(value)
