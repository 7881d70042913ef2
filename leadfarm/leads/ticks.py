"""What the record does by itself: work of who has left goes on (S1-7); colleagues are told."""

from datetime import datetime

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.leads.actions.handing_on import hand_on_work
from leadfarm.leads.notices import tell_of_greetings


def hand_on_everywhere() -> int:
    """Hand on what waits for somebody who has left, in every workspace; return how many tasks."""
    return sum(hand_on_in(workspace) for workspace in Workspace.objects.all())


def hand_on_in(workspace: Workspace) -> int:
    """Hand on what waits for somebody who has left; return how many tasks and steps."""
    with within(workspace):
        return hand_on_work(workspace.id)


def tell_everywhere(now: datetime) -> int:
    """Tell colleagues of raised hands and greetings, in every workspace; return how many."""
    workspaces = list(Workspace.objects.values_list("id", flat=True))
    return sum(tell_of_greetings(workspace_id, now) for workspace_id in workspaces)
