"""Clauses as programs use them: asked of many leads at once, in a statement of this room."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from leadfarm.access.models import Workspace
from leadfarm.rules.clauses import LEAD_FIELDS, FaultyClause, Moment, faults, parse, sql


def asked(
    clause: object, workspace: Workspace, now: datetime, *, prefix: str
) -> tuple[str, dict[str, Any]]:
    """Return an SQL condition over `lead` and `standing`, and its parameters."""
    moment = Moment(
        now.astimezone(ZoneInfo(workspace.time_zone)),
        half_life=timedelta(days=workspace.half_life_days),
    )
    condition, values = sql(
        parse(clause, LEAD_FIELDS), LEAD_FIELDS, moment, workspace.id, prefix=prefix
    )
    return f"({condition})", dict(values)


def clause_fault(clause: object) -> str:
    """Return what is wrong with a clause, in words; empty when it can be asked."""
    return " ".join(str(getattr(fault, "what", fault)) for fault in faults(clause, LEAD_FIELDS))


def can_be_asked(clause: object) -> bool:
    """Say whether a clause that was published can still be asked: a field may be gone since."""
    try:
        parse(clause, LEAD_FIELDS)
    except FaultyClause:
        return False
    return True
