"""What the record does by itself: work that waits for somebody who has left goes on (S1-7)."""

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.leads.actions.handing_on import hand_on_work


def hand_on_everywhere() -> int:
    """Hand on what waits for somebody who has left, in every workspace; return how many tasks."""
    return sum(hand_on_in(workspace) for workspace in Workspace.objects.all())


def hand_on_in(workspace: Workspace) -> int:
    """Hand on what waits for somebody who has left; return how many tasks and steps."""
    with within(workspace):
        return hand_on_work(workspace.id)
