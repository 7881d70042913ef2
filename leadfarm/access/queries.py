"""What rooms, commands and jobs ask about workspaces and the people in them."""

from django.db.models import QuerySet

from leadfarm.access.models import Member, Workspace
from leadfarm.engine.errors import LeadfarmError


def find_workspace(slug: str) -> Workspace:
    """Return the workspace of this short name; LeadfarmError names those that exist."""
    workspace = Workspace.objects.filter(slug=slug).first()
    if workspace is None:
        there = ", ".join(Workspace.objects.order_by("slug").values_list("slug", flat=True)[:10])
        what_to_do = f"There are: {there}." if there else "Make one with `leadfarm init`."
        raise LeadfarmError(f"There is no workspace {slug!r}.", what_to_do)
    return workspace


def colleagues(of: Member) -> QuerySet[Member]:
    """Return the present members this one may choose from, by name.

    An outside firm is not told who else works in the workspace.
    """
    present = Member.objects.of(of.workspace_id).filter(left_at=None).order_by("name")
    return present if of.firm_id is None else present.filter(firm_id=of.firm_id)
