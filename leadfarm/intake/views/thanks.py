"""After a form was sent: thanks, what happens next and when, and what was promised in return."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from leadfarm.access.headers import POLICY
from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.intake.hosting import links, receipt
from leadfarm.intake.hosting.design import read
from leadfarm.intake.hosting.showing import page_of, paragraphs, policy
from leadfarm.intake.models import Form, OfferFile, Submission
from leadfarm.intake.public_queries import any_form
from leadfarm.leads.models import Standing
from leadfarm.rules.codes import NextKind, TouchKind


@require_safe
def show(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Thank on a page of its own, or lead on to the company's page of thanks."""
    form = _form(slug)
    away = read(form.design).redirect
    return HttpResponseRedirect(away) if away else _page(request, form, token, framed=False)


@require_safe
@xframe_options_exempt
def framed(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Thank inside the frame; the page around it leads on where that is wanted."""
    form = _form(slug)
    answer = _page(request, form, token, framed=True)
    answer["Content-Security-Policy"] = policy(POLICY, form, read(form.design), framed=True)
    return answer


def _form(slug: str) -> Form:
    form = any_form(slug)
    if form is None:
        raise Http404("No such form.")
    return form


def _page(request: HttpRequest, form: Form, token: str, *, framed: bool) -> HttpResponse:
    design = read(form.design)
    page = page_of(form, design) | {"framed": framed, "thanks": paragraphs(design.thanks)}
    with within(form.workspace):
        page |= _what_follows(form, receipt.read(form, token))
    answer = render(request, "intake/public/thanks.html", page)
    answer["Cache-Control"] = "no-store"
    return answer


def _what_follows(form: Form, receipt_id: int | None) -> dict[str, Any]:
    """Return what comes next for the sender: a call, a mail to confirm, a file to fetch."""
    if receipt_id is None:
        return {}
    found = Submission.objects.of(form.workspace_id).filter(form=form, receipt_id=receipt_id)
    sent = found.select_related("receipt", "sign_up").first()
    if sent is None:
        return {}
    waits = sent.sign_up is not None and sent.sign_up.confirmed_at is None
    return {"confirm": waits, "file": _file(form, sent), "call": _call(form, sent)}


def _file(form: Form, sent: Submission) -> dict[str, Any] | None:
    offer = OfferFile.objects.of(form.workspace_id).filter(form=form).first()
    if offer is None:
        return None
    return {"name": offer.name, "size": offer.size, "href": links.to_file(sent)}


def _call(form: Form, sent: Submission) -> str:
    lead_id = sent.receipt.lead_id
    if lead_id is None or not TouchKind(form.touch_kind).is_hand_raise:
        return ""
    standing = Standing.objects.of(form.workspace_id).filter(lead_id=lead_id).first()
    if standing is None or standing.next_kind != NextKind.TASK or standing.next_at is None:
        return ""
    return call_words(form.workspace, standing.next_at, datetime.now(UTC))


def call_words(workspace: Workspace, due_at: datetime, now: datetime) -> str:
    """Return when somebody calls, as the company's clock says: "today by 15:30", "on Monday"."""
    zone = ZoneInfo(workspace.time_zone)
    local, today = max(due_at, now).astimezone(zone), now.astimezone(zone)
    days = (local.date() - today.date()).days
    if days == 0:
        day = "today"
    elif days == 1:
        day = "tomorrow"
    else:
        day = f"on {local:%A}" if days < 7 else f"on {local:%-d %B}"
    place = zone.key.rpartition("/")[2].replace("_", " ")
    return f"{day} by {local:%H:%M} ({place} time)"
