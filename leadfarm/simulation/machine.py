"""What happens by itself: the ticks of the rooms below, at the simulated instant."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection

from leadfarm.access.models import Workspace
from leadfarm.nurture.ticks import tick as advance
from leadfarm.outreach.delivery.sending import send_due
from leadfarm.outreach.models import MailServer
from leadfarm.rules.codes import TaskKind

SQL = Path(__file__).parent / "sql"
DUE = (SQL / "due.sql").read_text()
NEXT = (SQL / "next.sql").read_text()
# People look at these on the day they are made, whenever they are due.
AT_ONCE = [int(TaskKind.GREET), int(TaskKind.REVIEW)]


def can_send(workspace: Workspace) -> bool:
    """Return whether the workspace has a way to send; else its messages wait, and are not due."""
    return workspace.is_demo or MailServer.objects.of(workspace).exists()


def tick(workspace: Workspace, now: datetime, *, sends: bool) -> None:
    """Move programs on and send what they planned, where anything is due."""
    if _due(workspace, now)[0]:
        advance(workspace.id, now)
    if sends and _due(workspace, now)[1]:
        send_due(workspace, lambda: now, tells=False)


def is_due(workspace: Workspace, now: datetime, *, sends: bool) -> bool:
    """Return whether programs or the post of the workspace have anything to do by this instant."""
    programs, messages = _due(workspace, now)
    return programs or (sends and messages)


def _due(workspace: Workspace, now: datetime) -> tuple[bool, bool]:
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"workspace": workspace.id, "now": now})
        programs, messages = cursor.fetchone()
    return programs, messages


def next_due(
    workspace: Workspace, leads: Iterable[int], now: datetime, *, sends: bool
) -> datetime | None:
    """Return when anything of these leads is due next (now, if it is), or None."""
    told: dict[str, Any] = {
        "workspace": workspace.id,
        "leads": list(leads),
        "now": now,
        "at_once": AT_ONCE,
    }
    with connection.cursor() as cursor:
        cursor.execute(NEXT, {**told, "sends": sends})
        found: datetime | None = cursor.fetchone()[0]
    return found.astimezone(UTC) if found else None
