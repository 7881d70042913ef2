"""Where a member begins: the first page of their role, and the first steps of a new workspace."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.models import Invitation, Member
from leadfarm.access.rights import only
from leadfarm.rules.codes import Role


@dataclass(frozen=True)
class Step:
    """One thing to do in a new workspace."""

    title: str
    why: str
    action: str
    url_name: str
    is_done: bool = False


@require_safe
def start(request: InsideRequest) -> HttpResponse:
    """Send the member to the first page of their role."""
    first = settings.LEADFARM_FIRST_PAGES[Role(request.member.role).slug]
    return redirect(first, workspace=request.workspace.slug)


@require_safe
@only(Role.ADMIN)
def first_steps(request: InsideRequest) -> HttpResponse:
    """Show what makes a new workspace useful: colleagues, sending domain, first import."""
    slug = request.workspace.slug
    steps = [(step, _address(step.url_name, slug)) for step in _steps(request)]
    return render(request, "access/first_steps.html", {"steps": [s for s in steps if s[1]]})


def _steps(request: InsideRequest) -> list[Step]:
    colleagues = Member.objects.of(request.workspace).exclude(pk=request.member.pk).exists()
    invited = colleagues or Invitation.objects.of(request.workspace).exists()
    return [
        Step(
            "Invite colleagues",
            "Marketing, prospect development and sales work on the same record from day one.",
            "Invite",
            "access:members",
            invited,
        ),
        *(Step(*words) for words in settings.LEADFARM_FIRST_STEPS),
    ]


def _address(url_name: str, slug: str) -> str:
    """Return the step's page; empty while no room has it."""
    try:
        return reverse(url_name, kwargs={"workspace": slug})
    except NoReverseMatch:
        return ""
