"""What happens by itself: the ticks of the rooms below, at the simulated instant."""

from datetime import datetime
from pathlib import Path

from django.db import connection

from leadfarm.access.models import Workspace
from leadfarm.nurture.ticks import tick as advance
from leadfarm.outreach.delivery.sending import send_due

DUE = (Path(__file__).parent / "sql" / "due.sql").read_text()


def tick(workspace: Workspace, now: datetime) -> None:
    """Move programs on and send what they planned, where anything is due."""
    if _due(workspace, now)[0]:
        advance(workspace.id, now)
    if _due(workspace, now)[1]:
        send_due(workspace, lambda: now)


def _due(workspace: Workspace, now: datetime) -> tuple[bool, bool]:
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"workspace": workspace.id, "now": now})
        programs, messages = cursor.fetchone()
    return programs, messages
