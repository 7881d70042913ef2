"""The quiet window as a workspace has set it."""

from datetime import timedelta

from leadfarm.access.models import Workspace
from leadfarm.rules.quiet_window import QuietRule


def quiet_rule(workspace: Workspace) -> QuietRule:
    """Return the window and the cap of this workspace."""
    return QuietRule(timedelta(days=workspace.quiet_days), workspace.weekly_cap)
