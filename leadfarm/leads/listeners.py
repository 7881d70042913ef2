"""Rooms above that act on a touch in its own transaction: consent, programs.

A room registers in its `AppConfig.ready`; the same function again replaces the earlier one.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadfarm.leads.models import Touch

Listener = Callable[["Touch"], None]
_listeners: dict[str, Listener] = {}


def listen(name: str, listener: Listener) -> None:
    """Let `listener` hear of every touch that is recorded one by one, under this name."""
    _listeners[name] = listener


def tell(touch: "Touch") -> None:
    """Tell every listener of a touch that was just written."""
    for listener in _listeners.values():
        listener(touch)
