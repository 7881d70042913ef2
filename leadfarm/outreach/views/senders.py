"""Sender and mail server of a workspace, and a test mail to oneself."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.outreach.actions import ask_dns, plan_test, save_mail_server, save_sender
from leadfarm.outreach.codes import Security
from leadfarm.outreach.forms import SenderForm, ServerForm
from leadfarm.outreach.models import MailServer, Sender
from leadfarm.outreach.views.shared import LEADING, done, mail_page
from leadfarm.rules.mail_records import Health
from leadfarm.ui.toasts import alarm

PAGE = "outreach:sender"


@require_safe
@only(*LEADING)
def show(request: InsideRequest) -> HttpResponse:
    """Show sender, DNS record and server."""
    return _page(request)


@require_POST
@only(*LEADING)
def sender(request: InsideRequest) -> HttpResponse:
    """Save in whose name mail goes out."""
    form = SenderForm(request.POST)
    if not form.is_valid():
        return _page(request, sender_form=form)
    asked = form.cleaned_data
    return done(request, lambda: save_sender(request.workspace, **asked), "Sender saved.", PAGE)


@require_POST
@only(*LEADING)
def server(request: InsideRequest) -> HttpResponse:
    """Save the mail server."""
    form = ServerForm(request.POST)
    if not form.is_valid():
        return _page(request, server_form=form)
    asked = form.cleaned_data
    asked["security"] = Security(asked["security"])
    asked["password"] = asked["password"] or None
    return done(
        request, lambda: save_mail_server(request.workspace, **asked), "Mail server saved.", PAGE
    )


@require_POST
@only(*LEADING)
def test(request: InsideRequest) -> HttpResponse:
    """Plan a test mail to whoever asks."""
    said = f"A test to {request.member.user.email} is on its way. Its fate stands under Messages."
    return done(
        request,
        lambda: plan_test(request.workspace, by=request.member, now=request.now),
        said,
        PAGE,
    )


@require_POST
@only(*LEADING)
def dns(request: InsideRequest) -> HttpResponse:
    """Ask DNS how it stands with the sender's domain; takes some seconds at most."""
    known = Sender.objects.of(request.workspace).first()
    if known is None:
        alarm(request, "There is no sender yet. Save one first.")
        return redirect(PAGE, workspace=request.workspace.slug)
    sender_now = known
    said = f"DNS was asked about {known.domain}."
    return done(request, lambda: ask_dns(sender_now, now=request.now), said, PAGE)


def _page(
    request: InsideRequest,
    sender_form: SenderForm | None = None,
    server_form: ServerForm | None = None,
) -> HttpResponse:
    known = Sender.objects.of(request.workspace).first()
    reached = MailServer.objects.of(request.workspace).first()
    context = {
        "sender": known,
        "server": reached,
        "findings": _findings(known),
        "sender_form": sender_form or SenderForm(initial=_sender_values(known)),
        "server_form": server_form or ServerForm(initial=_server_values(reached)),
    }
    return mail_page(request, "outreach/sender.html", PAGE, context)


def _sender_values(known: Sender | None) -> dict[str, object]:
    if known is None:
        return {}
    return {
        "name": known.from_name,
        "address": known.from_address,
        "reply_to": known.reply_to,
        "postal_address": known.postal_address,
    }


def _server_values(known: MailServer | None) -> dict[str, object]:
    if known is None:
        return {}
    return {n: getattr(known, n) for n in ("host", "port", "security", "user")}


def _findings(known: Sender | None) -> list[dict[str, object]]:
    """Return what DNS said, each with its tag."""
    kept = known.dns_findings if known else []
    return [{**one, "tag": Health.read(one["health"]) or Health.UNKNOWN} for one in kept]
