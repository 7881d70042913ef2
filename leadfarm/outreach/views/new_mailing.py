"""A new mailing: its name, its message, and the leads of the list one came from."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.views.asked import QUICK, Asked, read_asked
from leadfarm.outreach.actions import make_mailing
from leadfarm.outreach.forms import NewMailing
from leadfarm.outreach.mailings.drafts import published_templates
from leadfarm.outreach.views.shared import WRITERS
from leadfarm.rules.clauses import serialise
from leadfarm.ui.navigation import address
from leadfarm.ui.toasts import alarm

MOST_CHOSEN = 1_000
OF_A_LIST = ("view", "f", "q", "lead", *QUICK)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*WRITERS)
def make(request: InsideRequest) -> HttpResponse:
    """Ask for name and message on GET, make the draft on POST."""
    asked = read_asked(request) if any(name in request.GET for name in OF_A_LIST) else None
    chosen = _chosen(request)
    if asked and (asked.fault or asked.words) and not chosen:
        what = asked.fault or "words one searched for change with what comes in"
        alarm(request, f"This list cannot be kept for a mailing: {what}. Use conditions.")
        return redirect(asked.address())
    templates = published_templates(request.workspace.id)
    form = NewMailing(templates, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _made(request, form, asked, chosen)
            return redirect("outreach:mailing", request.workspace.slug, made)
        except LeadfarmError as refusal:
            form.add_error("name", str(refusal))
    context = {
        "form": form,
        "whom": _whom(asked, chosen),
        "here": _here(request, asked, chosen),
        "back": asked.address() if asked else address("outreach:mailings", request.workspace.slug),
        "has_templates": templates.exists(),
    }
    return render(request, "outreach/new_mailing.html", context)


def _made(request: InsideRequest, form: NewMailing, asked: Asked | None, chosen: list[int]) -> int:
    clause = asked.clause if asked and not chosen else None
    made = make_mailing(
        form.cleaned_data["name"],
        form.cleaned_data["template"],
        by=request.member,
        now=request.now,
        audience=serialise(clause) if clause and clause.members else None,
        chosen=chosen or None,
    )
    return int(made.id)


def _chosen(request: InsideRequest) -> list[int]:
    named = [one for one in request.GET.getlist("lead") if one.isdecimal() and len(one) < 19]
    return [int(one) for one in named[:MOST_CHOSEN]]


def _whom(asked: Asked | None, chosen: list[int]) -> str:
    """Return in words whom it is for; empty where that is chosen in the draft."""
    if chosen:
        return f"{len(chosen):,} selected lead{'' if len(chosen) == 1 else 's'}."
    if asked is None:
        return ""
    return asked.said or "Every lead."


def _here(request: InsideRequest, asked: Asked | None, chosen: list[int]) -> str:
    """Return the address of this page for the same leads."""
    params: list[tuple[str, Any]] = [("lead", one) for one in chosen]
    if asked and not chosen:
        params = list(asked.params().items())
    page = address("outreach:new-mailing", request.workspace.slug)
    return f"{page}?{urlencode(params)}" if params else page
