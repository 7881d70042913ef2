"""Pages of the access room inside a workspace."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from leadfarm.access.middleware import InsideRequest
from leadfarm.rules.codes import Role


def start(request: InsideRequest) -> HttpResponse:
    """Send the member to the first page of their role."""
    first = settings.LEADFARM_FIRST_PAGES[Role(request.member.role).slug]
    return redirect(first, workspace=request.workspace.slug)
