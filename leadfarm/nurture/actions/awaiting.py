"""Whoever is away is waited for: what comes next by itself comes when they are back."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from leadfarm.access.models import Workspace
from leadfarm.engine.statements import statement
from leadfarm.nurture.models import EnrolmentState
from leadfarm.rules.programs import NodeKind

# People's steps go on: a call is asked for, and whoever makes it knows of the absence.
BY_ITSELF = (NodeKind.MESSAGE, NodeKind.STREAM, NodeKind.WAIT, NodeKind.WAIT_FOR)
AWAY = statement(Path(__file__).parents[1] / "sql" / "away.sql")


def wait_for_the_away(workspace: Workspace, contact_id: int, until: datetime, now: datetime) -> int:
    """Let the contact's messages and waits go on no sooner; return how many enrolments wait."""
    values: dict[str, Any] = {
        "workspace": workspace.id,
        "contact": contact_id,
        "until": until,
        "active": int(EnrolmentState.ACTIVE),
        "kinds": [int(kind) for kind in BY_ITSELF],
    }
    with connection.cursor() as cursor:
        cursor.execute(AWAY, values)
        return int(cursor.rowcount)
