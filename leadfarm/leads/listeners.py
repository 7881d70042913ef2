"""Rooms above that act on a touch, or on somebody new, in its own transaction: consent, programs.

A room registers in its `AppConfig.ready`; the same function again replaces the earlier one.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadfarm.leads.models import Touch

Listener = Callable[["Touch"], None]
# Handed a workspace's id, an address and a number in normal form; raises LeadfarmError to refuse.
Doorkeeper = Callable[[int, str | None, str | None], None]
_listeners: dict[str, Listener] = {}
_doorkeepers: dict[str, Doorkeeper] = {}


def listen(name: str, listener: Listener) -> None:
    """Let `listener` hear of every touch that is recorded one by one, under this name."""
    _listeners[name] = listener


def tell(touch: "Touch") -> None:
    """Tell every listener of a touch that was just written."""
    for listener in _listeners.values():
        listener(touch)


def keep_the_door(name: str, doorkeeper: Doorkeeper) -> None:
    """Ask `doorkeeper` before somebody is written down of whom no touch tells, under this name."""
    _doorkeepers[name] = doorkeeper


def ask_for_newcomer(workspace_id: int, email: str | None, phone: str | None) -> None:
    """Raise LeadfarmError where one of the rooms says that this person may not be stored."""
    for doorkeeper in _doorkeepers.values():
        doorkeeper(workspace_id, email, phone)
