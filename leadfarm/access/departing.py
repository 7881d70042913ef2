"""What becomes of the work of a member who goes, and who gets some when a member comes.

A room above registers in its `AppConfig.ready`; it is called in the transaction of the change.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member


@dataclass(frozen=True)
class Deeds:
    """What a room does: when somebody has gone (or changed sides), and when somebody has come.

    `come` is handed the instant at which that member had left, None for who is new.
    """

    go: Callable[[Member, Actor, datetime], None]
    come: Callable[[Member, Actor, datetime, datetime | None], None]


_deeds: dict[str, Deeds] = {}


def when_members_change(room: str, deeds: Deeds) -> None:
    """Register what a room does; the same room again replaces it."""
    _deeds[room] = deeds


def hand_on_work(member: Member, by: Actor, now: datetime) -> None:
    """Let every room hand on what the member had to do. They have gone already."""
    for deeds in _deeds.values():
        deeds.go(member, by, now)


def hand_out_work(member: Member, by: Actor, now: datetime, left_at: datetime | None) -> None:
    """Let every room give work to who has come, and back what was handed on when they left."""
    for deeds in _deeds.values():
        deeds.come(member, by, now, left_at)
