"""What becomes of the work of a member who goes: rooms above hand it on, and back on a return.

A room registers in its `AppConfig.ready`; it is called in the transaction of the leaving.
"""

from collections.abc import Callable
from datetime import datetime

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member

Deed = Callable[[Member, Actor, datetime], None]
_on_leaving: dict[str, Deed] = {}
_on_return: dict[str, Deed] = {}


def when_somebody_leaves(room: str, hand_on: Deed, hand_back: Deed) -> None:
    """Register what a room does when a member leaves and comes back; again replaces it.

    `hand_back` finds the instant of the leaving as the time it is handed.
    """
    _on_leaving[room], _on_return[room] = hand_on, hand_back


def hand_on_work(member: Member, by: Actor, now: datetime) -> None:
    """Let every room hand on what the member had to do. The member has left already."""
    for deed in _on_leaving.values():
        deed(member, by, now)


def hand_back_work(member: Member, by: Actor, left_at: datetime) -> None:
    """Let every room give back what it handed on when this member left."""
    for deed in _on_return.values():
        deed(member, by, left_at)
