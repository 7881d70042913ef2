"""The inbox: what one is told, read or unread; and how one wants to be mailed of it."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadfarm.access.actions.notifying import (
    choices_of,
    choose_mails,
    inbox_of,
    mark_one_unread,
    mark_read,
    mark_unread,
)
from leadfarm.access.middleware import InsideRequest
from leadfarm.access.models import Notification
from leadfarm.access.notices import in_words
from leadfarm.access.views.frame import settings_page
from leadfarm.engine.statements import prepared
from leadfarm.rules.notifications import ByMail, NotificationKind
from leadfarm.ui.numbers import row_id
from leadfarm.ui.toasts import toast

A_PAGE = 50
MANY = 100
# Every page asks it: prepared, it takes a third of what building the query did.
UNREAD = """
SELECT count(*) AS many FROM (
  SELECT FROM access_notification
   WHERE workspace_id = %(workspace)s::integer AND member_id = %(member)s::bigint
     AND read_at IS NULL LIMIT %(many)s::integer) unread
"""


@require_safe
def show(request: InsideRequest) -> HttpResponse:
    """Show what one was told, newest first; `show=unread` narrows, `before` pages."""
    only_unread = request.GET.get("show") == "unread"
    rows: QuerySet[Notification] = inbox_of(request.member)
    unread = rows.filter(read_at=None).count()
    if only_unread:
        rows = rows.filter(read_at=None)
    if before := row_id(request.GET.get("before", "")):
        at = inbox_of(request.member).filter(id=before).values("told_at")[:1]
        same = Q(told_at=Subquery(at), id__lt=before)
        rows = rows.filter(Q(told_at__lt=Subquery(at)) | same)
    found = list(rows.order_by("-told_at", "-id")[: A_PAGE + 1])
    shown = found[:A_PAGE]
    words = in_words(request.workspace, shown)
    context = {
        "lines": [(row, words[row.id]) for row in shown],
        "unread": unread,
        "tabs": [
            {"label": "All", "href": "?", "count": None, "current": not only_unread},
            {"label": "Unread", "href": "?show=unread", "count": unread, "current": only_unread},
        ],
        "only_unread": only_unread,
        "older": shown[-1].id if len(found) > A_PAGE else None,
    }
    return render(request, "access/inbox.html", context)


@require_POST
def opened(request: InsideRequest, notification_id: int) -> HttpResponse:
    """Mark it as read and go where it leads; where that is gone, back to the inbox."""
    row = get_object_or_404(inbox_of(request.member), id=notification_id)
    told = in_words(request.workspace, [row])[row.id]
    mark_read(request.member, row.id, now=request.now)
    return redirect(told.href or _address(request))


@require_POST
def read(request: InsideRequest, notification_id: int) -> HttpResponse:
    """Mark one as read, or as not read again."""
    row = get_object_or_404(inbox_of(request.member), id=notification_id)
    if request.POST.get("read") == "no":
        mark_one_unread(request.member, row.id)
    else:
        mark_read(request.member, row.id, now=request.now)
    return redirect(_address(request))


@require_POST
def read_all(request: InsideRequest) -> HttpResponse:
    """Mark all as read; the toast takes it back."""
    many = mark_read(request.member, now=request.now)
    undo = f"{_address(request, 'unread-again')}?at={request.now.isoformat()}"
    toast(request, f"{many} marked as read.", undo=undo.replace("+", "%2B") if many else "")
    return redirect(_address(request))


@require_POST
def unread_again(request: InsideRequest) -> HttpResponse:
    """Take back what was marked as read at that moment."""
    try:
        at = datetime.fromisoformat(request.GET.get("at", ""))
    except ValueError:
        return redirect(_address(request))
    mark_unread(request.member, read_at=at if at.tzinfo else at.replace(tzinfo=UTC))
    return redirect(_address(request))


class NotifyingForm(forms.Form):
    """For each kind of thing, how it is mailed."""

    def __init__(self, *args: Any, chosen: dict[NotificationKind, ByMail]) -> None:
        super().__init__(*args)
        for kind, by_mail in chosen.items():
            self.fields[kind.slug] = forms.TypedChoiceField(
                label=kind.label,
                choices=ByMail.choices(),
                coerce=lambda value: ByMail(int(value)),
                initial=by_mail.value,
            )

    def choices(self) -> dict[NotificationKind, ByMail]:
        """Return what was chosen."""
        told = self.cleaned_data
        return {kind: told[kind.slug] for kind in NotificationKind if kind.slug in told}


@require_http_methods(["GET", "HEAD", "POST"])
def notifying(request: InsideRequest) -> HttpResponse:
    """Choose how one is mailed of what."""
    form = NotifyingForm(request.POST or None, chosen=choices_of(request.member))
    if request.method == "POST" and form.is_valid():
        choose_mails(request.member, form.choices())
        toast(request, "Your choice is saved.")
        return redirect("access:notifying", workspace=request.workspace.slug)
    return settings_page(request, "access/notifying.html", "access:notifying", form=form)


def unread_of(request: HttpRequest) -> int:
    """Return how many the bell shows, at most MANY; one query on an index of the unread alone."""
    member = getattr(request, "member", None)
    if member is None:
        return 0
    terms = {"workspace": member.workspace_id, "member": member.id, "many": MANY}
    return int(prepared(UNREAD, terms)[0]["many"])


def _address(request: InsideRequest, name: str = "inbox") -> str:
    return reverse(f"access:{name}", kwargs={"workspace": request.workspace.slug})
