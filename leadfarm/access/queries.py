"""What commands and jobs ask about workspaces."""

from leadfarm.access.models import Workspace
from leadfarm.engine.errors import LeadfarmError


def find_workspace(slug: str) -> Workspace:
    """Return the workspace of this short name; LeadfarmError names those that exist."""
    workspace = Workspace.objects.filter(slug=slug).first()
    if workspace is None:
        there = ", ".join(Workspace.objects.order_by("slug").values_list("slug", flat=True)[:10])
        what_to_do = f"There are: {there}." if there else "Make one with `leadfarm init`."
        raise LeadfarmError(f"There is no workspace {slug!r}.", what_to_do)
    return workspace
