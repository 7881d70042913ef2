"""What all settings pages share: the tabs, and how an act is done and told."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from leadfarm.access.actions import Refused
from leadfarm.access.middleware import InsideRequest
from leadfarm.rules.codes import Role
from leadfarm.ui.toasts import alarm, toast

ADMIN = (Role.ADMIN,)
LEADING = (Role.ADMIN, Role.MANAGER)
EVERYBODY = tuple(Role)
# Label, page and who sees it, in order.
_tabs: list[tuple[str, str, tuple[Role, ...]]] = [
    ("Your account", "access:account", EVERYBODY),
    ("Notifications", "access:notifying", EVERYBODY),
    ("Members", "access:members", LEADING),
    ("Teams and firms", "access:teams", LEADING),
    ("Workspace", "access:workspace", ADMIN),
    ("Tokens", "access:tokens", ADMIN),
    ("Audit trail", "access:audit", ADMIN),
]


def add_tab(label: str, url_name: str, roles: tuple[Role, ...], *, before: str) -> None:
    """Let a room above put a page of its own among the settings; again changes nothing."""
    if all(name != url_name for _, name, _ in _tabs):
        place = next(place for place, tab in enumerate(_tabs) if tab[1] == before)
        _tabs.insert(place, (label, url_name, roles))


def settings_page(
    request: InsideRequest, template: str, tab: str, status: int = 200, **context: Any
) -> HttpResponse:
    """Return a settings page with the tabs this member may open."""
    slug, member = request.workspace.slug, request.member
    tabs = [
        {"label": label, "href": reverse(name, kwargs={"workspace": slug}), "current": name == tab}
        for label, name, roles in _tabs
        if member.role in roles and (member.firm_id is None or roles is EVERYBODY)
    ]
    return render(request, template, {"tabs": tabs, **context}, status=status)


def done(
    request: InsideRequest, act: Callable[[], Any], said: str, to: str, undo: str = ""
) -> HttpResponse:
    """Do it, say so, and go to the page named `to`; a refusal is said there instead."""
    try:
        act()
    except Refused as refusal:
        alarm(request, str(refusal))
    else:
        toast(request, said, undo=undo)
    return redirect(to, workspace=request.workspace.slug)
