"""What the pages of mail share: tabs, finding a row, doing an act and saying so."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.walls import Walled
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Lead
from leadfarm.outreach.models import Sender
from leadfarm.rules.codes import Role
from leadfarm.ui.numbers import row_id
from leadfarm.ui.toasts import alarm, toast

M = TypeVar("M", bound=Walled)
WRITERS = (Role.MARKETER, Role.MANAGER, Role.ADMIN)
LEADING = (Role.ADMIN, Role.MANAGER)
TABS = (
    ("Templates", "outreach:templates", tuple(Role)),
    ("Mailings", "outreach:mailings", tuple(Role)),
    ("Messages", "outreach:messages", tuple(Role)),
    ("Mailbox", "outreach:mailbox", tuple(Role)),
    ("Sending", "outreach:sending", WRITERS),
    ("Sender and server", "outreach:sender", LEADING),
)


def found_or_404(model: type[M], request: InsideRequest, row_id: int) -> M:
    """Return the row of this workspace, or raise 404."""
    found: M | None = model.objects.of(request.workspace).filter(pk=row_id).first()
    if found is None:
        raise Http404("No such page.")
    return found


def lead_asked(request: InsideRequest) -> Lead | None:
    """Return the lead a preview is asked for (`as`); None for the example contact."""
    number = row_id(request.GET.get("as", "") or request.POST.get("as", ""))
    leads = Lead.objects.of(request.workspace).select_related(
        "contact", "account", "sales_owner__user", "pd_owner__user", "marketing_owner__user"
    )
    return leads.filter(id=number, contact__isnull=False).first() if number else None


def sender_of(request: InsideRequest) -> Sender:
    """Return in whose name mail goes out; one of the workspace's name where none is set yet."""
    known = Sender.objects.of(request.workspace).select_related("workspace").first()
    unset = Sender(workspace=request.workspace, from_name=request.workspace.name)
    return known or unset


def mail_page(
    request: InsideRequest, template: str, tab: str, context: dict[str, Any]
) -> HttpResponse:
    """Return a page of mail with the tabs this member may open."""
    slug = request.workspace.slug
    tabs = [
        {"label": label, "href": reverse(name, kwargs={"workspace": slug}), "current": name == tab}
        for label, name, roles in TABS
        if request.member.role in roles
        and (name != "outreach:mailbox" or request.workspace.is_demo)
    ]
    return render(request, template, {"tabs": tabs, **context})


def done(
    request: InsideRequest,
    act: Callable[[], Any],
    said: str,
    to: str,
    undo: str = "",
    **where: Any,
) -> HttpResponse:
    """Do it, say so, and go on; a refusal is said there instead."""
    try:
        act()
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
    else:
        toast(request, said, undo=undo)
    slug = request.workspace.slug
    return HttpResponseRedirect(reverse(to, kwargs={"workspace": slug, **where}))
