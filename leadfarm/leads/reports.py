"""What comes back by mail about mail of ours: rooms that know what to do with it are told here.

The room that receives reads; the room that sends finds the message and settles it; the room of
programs waits for whoever is away. A room registers in its `AppConfig.ready`.
"""

from collections.abc import Callable
from datetime import datetime

from leadfarm.access.models import Workspace
from leadfarm.leads.models import Touch
from leadfarm.rules.mail_reports import Report

# Handed a bounce or a complaint; returns the touch it left, None where it is about no mail of ours.
Settler = Callable[[Workspace, Report, datetime], Touch | None]
# Handed the contact who is away, until when, and now; returns how many steps were put off.
Waiter = Callable[[Workspace, int, datetime, datetime], int]
_settlers: dict[str, Settler] = {}
_waiters: dict[str, Waiter] = {}


def settles_reports(room: str, settler: Settler) -> None:
    """Let this function settle what mail systems tell; the same room replaces it."""
    _settlers[room] = settler


def settled(workspace: Workspace, report: Report, now: datetime) -> Touch | None:
    """Have a report settled, in the transaction of the caller; return the touch it left."""
    told = (settle(workspace, report, now) for settle in _settlers.values())
    return next((touch for touch in told if touch is not None), None)


def waits_for_the_away(room: str, waiter: Waiter) -> None:
    """Let this function put off what a contact who is away would get; the same room replaces it."""
    _waiters[room] = waiter


def put_off(workspace: Workspace, contact_id: int, until: datetime, now: datetime) -> int:
    """Put off what is planned by itself for a contact who is away; return how many steps."""
    return sum(wait(workspace, contact_id, until, now) for wait in _waiters.values())
