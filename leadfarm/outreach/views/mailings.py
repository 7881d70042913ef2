"""One-off mailings: the list, one as a draft or under way, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.clause_builder import Builder, read
from leadfarm.leads.clause_builder import show as show_clause
from leadfarm.leads.queries.catalogue import fields_of
from leadfarm.outreach import addresses
from leadfarm.outreach.actions import mailings as actions
from leadfarm.outreach.actions import plan_test
from leadfarm.outreach.actions.templates import wording_of
from leadfarm.outreach.codes import MailingState
from leadfarm.outreach.forms import MailingDraft
from leadfarm.outreach.mailings.audience import preview
from leadfarm.outreach.mailings.counting import figures
from leadfarm.outreach.mailings.drafts import published_templates
from leadfarm.outreach.mailings.holes import holes
from leadfarm.outreach.models import Mailing
from leadfarm.outreach.views.shared import WRITERS, mail_page
from leadfarm.rules.clauses import Catalogue, FaultyClause, parse, sentence, serialise
from leadfarm.rules.codes import Role
from leadfarm.rules.consent import HeldBecause
from leadfarm.ui.toasts import alarm, toast

TAB = "outreach:mailings"
PAGE = 100


@require_safe
@only(*Role)
def every(request: InsideRequest) -> HttpResponse:
    """List the mailings, the newest first."""
    newest = Mailing.objects.of(request.workspace).select_related("template").order_by("-id")
    shown = list(newest[:PAGE])
    counted = figures(request.workspace.id, [one.id for one in shown])
    rows = [(one, MailingState(one.state), counted[one.id]) for one in shown]
    archive = addresses.archive(request.workspace.id, 0, addresses.base())
    context = {"rows": rows, "may_write": request.member.role in WRITERS, "archive": archive}
    return mail_page(request, "outreach/mailings.html", TAB, context)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*Role)
def one(request: InsideRequest, mailing_id: int) -> HttpResponse:
    """Show a draft to be worked on, or what became of one; a POST keeps the draft, or plans it."""
    mailing = _found(request, mailing_id)
    if mailing.state != MailingState.DRAFT or request.member.role not in WRITERS:
        if request.method == "POST":
            alarm(request, "The mailing is no draft any more. Take it back first.")
            return _at(request, mailing)
        return mail_page(request, "outreach/mailing.html", TAB, _became(request, mailing))
    return _draft(request, mailing)


def _draft(request: InsideRequest, mailing: Mailing) -> HttpResponse:
    catalogue, sent = fields_of(request.workspace), request.POST or None
    names = ("template", "go_at", "until", "in_archive")
    templates = published_templates(request.workspace.id)
    form = MailingDraft(templates, sent, initial={name: getattr(mailing, name) for name in names})
    builder = read(request.POST, catalogue) if sent else _builder(mailing, catalogue)
    if sent and not builder.pressed and builder.clause is not None and form.is_valid():
        members = builder.clause.members
        audience = serialise(builder.clause) if members else None
        try:
            actions.keep_mailing(mailing, actions.Wanted(audience=audience, **form.cleaned_data))
            if "plan" in request.POST:
                return _planned(request, mailing)
            toast(request, "The draft is kept")
            return _at(request, mailing)
        except LeadfarmError as refusal:
            form.add_error(None, str(refusal))
    context = {"mailing": mailing, "form": form, "builder": builder, "crumbs": _crumbs(request)}
    return mail_page(request, "outreach/mailing_draft.html", TAB, context)


def _planned(request: InsideRequest, mailing: Mailing) -> HttpResponse:
    actions.plan(mailing, by=request.member, now=request.now)
    undo = reverse("outreach:mailing-act", args=[request.workspace.slug, mailing.id, "draft"])
    toast(request, "Planned: it begins within a minute of its time", undo=undo)
    return _at(request, mailing)


@require_safe
@only(*Role)
def audience(request: InsideRequest, mailing_id: int) -> HttpResponse:
    """Return how many contacts would get it now, and why the others would not."""
    mailing = _found(request, mailing_id)
    try:
        counts, lacking = preview(mailing, request.now), holes(mailing, request.now)
    except FaultyClause:
        return render(request, "outreach/mailing_audience.html", {"faulty": True})
    left_out = [(HeldBecause(why).label, many) for why, many in counts.items() if why]
    context: dict[str, Any] = {
        "reached": counts.get(0, 0),
        "all": sum(counts.values()),
        "left_out": left_out,
    }
    context["lacking"] = list(lacking.items())
    return render(request, "outreach/mailing_audience.html", context)


def _became(request: InsideRequest, mailing: Mailing) -> dict[str, Any]:
    counted = figures(mailing.workspace_id, [mailing.id])[mailing.id]
    state, left_out = MailingState(mailing.state), {int(k): n for k, n in mailing.left_out.items()}
    why = [("Left out at the start", left_out), ("Waiting", counted.held)]
    why.append(("Dropped on the way", counted.dropped))
    return {
        "mailing": mailing,
        "state": state,
        "figures": counted,
        "whom": _whom(request, mailing),
        "reasons": [
            (where, HeldBecause(because).label if because else "Taken back by hand", many)
            for where, counts in why
            for because, many in counts.items()
        ],
        "may_write": request.member.role in WRITERS,
        "archive": addresses.archive(mailing.workspace_id, mailing.id, addresses.base())
        if mailing.in_archive and mailing.began_at
        else "",
        "crumbs": _crumbs(request),
    }


def _whom(request: InsideRequest, mailing: Mailing) -> str:
    picked = f"{len(mailing.chosen):,} selected leads" if mailing.chosen is not None else ""
    if not mailing.audience:
        return picked or "Every lead"
    catalogue = fields_of(request.workspace)
    try:
        said = sentence(parse(mailing.audience, catalogue), catalogue)
    except FaultyClause:
        said = "conditions that cannot be asked any more"
    return f"{picked}, {said}" if picked else f"{said[:1].upper()}{said[1:]}"


def _builder(mailing: Mailing, catalogue: Catalogue) -> Builder:
    try:
        return show_clause(parse(mailing.audience, catalogue), catalogue)
    except FaultyClause:
        return show_clause(None, catalogue)


def _stop(request: InsideRequest, mailing: Mailing) -> None:
    waiting = actions.stop(mailing, now=request.now)
    undo = reverse("outreach:mailing-act", args=[request.workspace.slug, mailing.id, "resumption"])
    toast(request, f"Stopped: {waiting:,} still waiting do not get it", undo=undo)


def _go_on(request: InsideRequest, mailing: Mailing) -> None:
    waiting = actions.go_on(mailing, now=request.now)
    toast(request, f"It goes on: {waiting:,} to go")


def _take_back(request: InsideRequest, mailing: Mailing) -> None:
    actions.take_back(mailing)
    toast(request, "It is a draft again")


def _test(request: InsideRequest, mailing: Mailing) -> None:
    version = mailing.version or wording_of(mailing.template)
    plan_test(request.workspace, by=request.member, now=request.now, version=version)
    toast(request, "A test is on its way to you")


ACTS: dict[str, Callable[[InsideRequest, Mailing], None]] = {
    "stop": _stop,
    "resumption": _go_on,
    "draft": _take_back,
    "test": _test,
}


@require_POST
@only(*WRITERS)
def act(request: InsideRequest, mailing_id: int, what: str) -> HttpResponse:
    """Stop, go on, make a draft again, or send a test to oneself."""
    mailing = _found(request, mailing_id)
    if what not in ACTS:
        raise Http404("No such act.")
    try:
        ACTS[what](request, mailing)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
    return _at(request, mailing)


act.walked_with = {"what": "stop"}  # type: ignore[attr-defined]


def _found(request: InsideRequest, mailing_id: int) -> Mailing:
    mine = Mailing.objects.of(request.workspace)
    found = mine.select_related("template", "version", "planned_by").filter(id=mailing_id).first()
    if found is None:
        raise Http404("No such mailing.")
    return found


def _at(request: InsideRequest, mailing: Mailing) -> HttpResponse:
    return redirect("outreach:mailing", request.workspace.slug, mailing.id)


def _crumbs(request: InsideRequest) -> list[dict[str, str]]:
    return [{"label": "Mailings", "href": reverse(TAB, args=[request.workspace.slug])}]
