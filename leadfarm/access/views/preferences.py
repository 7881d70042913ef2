"""Settings: the workspace, one's own account, and the audit trail."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from leadfarm.access import actions
from leadfarm.access.actors import Actor
from leadfarm.access.forms import AccountForm, WorkspaceForm
from leadfarm.access.gate import has_second_factor
from leadfarm.access.middleware import InsideRequest
from leadfarm.access.models import AuditEntry, Workspace
from leadfarm.access.rights import only
from leadfarm.access.views.frame import ADMIN, settings_page
from leadfarm.rules.codes import Role
from leadfarm.ui.toasts import toast

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@only(*ADMIN)
def workspace(request: InsideRequest) -> HttpResponse:
    """Change how the workspace is called and how it works."""
    # A copy: the form writes into its instance even when it is not valid.
    copy = Workspace.objects.get(pk=request.workspace.pk)
    form = WorkspaceForm(request.POST or None, instance=copy)
    if request.method == "POST" and form.is_valid():
        actions.change_workspace(
            request.workspace, form.cleaned_data, by=Actor.of(request.member), now=request.now
        )
        toast(request, "The workspace is saved.")
        return redirect("access:workspace", workspace=request.workspace.slug)
    return settings_page(request, "access/workspace.html", "access:workspace", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: InsideRequest) -> HttpResponse:
    """Change one's own name and clock; the way to password and second factor."""
    member = request.member
    first = {"name": member.name, "time_zone": member.time_zone}
    form = AccountForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.change_self(member, **form.cleaned_data, now=request.now)
        toast(request, "Your account is saved.")
        return redirect("access:account", workspace=request.workspace.slug)
    codes = Authenticator.objects.filter(
        user=member.user_id, type=Authenticator.Type.RECOVERY_CODES
    )
    return settings_page(
        *(request, "access/account.html", "access:account"),
        form=form,
        role=Role(member.role).label,
        has_factor=has_second_factor(member),
        has_codes=codes.exists(),
    )


@require_safe
@only(*ADMIN)
def audit(request: InsideRequest) -> HttpResponse:
    """Show who did what, newest first."""
    entries = (
        AuditEntry.objects.of(request.workspace).select_related("member").order_by("-at", "-id")
    )
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    rows = [(entry, in_words(entry.details)) for entry in page]
    return settings_page(request, "access/audit.html", "access:audit", page=page, rows=rows)


def in_words(details: dict[str, Any] | None) -> str:
    """Return the details of an entry as a person reads them: "quiet days 3.0, now 5.0"."""
    said = []
    for name, value in (details or {}).items():
        words = name.replace("_", " ")
        if isinstance(value, list) and len(value) == 2:
            said.append(f"{words} {value[0]}, now {value[1]}")
        elif value not in (None, False):
            said.append(words if value is True else f"{words} {value}")
    return "; ".join(said)
