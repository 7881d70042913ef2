"""What a company finds in its new workspace: each room puts in what people start with.

A room registers in its `AppConfig.ready`; the two ways to open a workspace (the first-run page and
`leadfarm init`) furnish it. Demos and benches bring their own.
"""

from collections.abc import Callable
from datetime import datetime

from leadfarm.access.models import Workspace

Furnisher = Callable[[Workspace, datetime], None]
_furnishers: dict[str, Furnisher] = {}


def furnishes(room: str, furnisher: Furnisher) -> None:
    """Register what a room puts into new workspaces; the same room again replaces it."""
    _furnishers[room] = furnisher


def furnish(workspace: Workspace, now: datetime) -> None:
    """Let every room put in what it has. Call it inside the workspace."""
    for furnisher in _furnishers.values():
        furnisher(workspace, now)
