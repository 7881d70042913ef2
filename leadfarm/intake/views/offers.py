"""The file a form gives: uploaded by members, fetched by whoever was sent a signed link."""

import ipaddress

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.access.walls import within
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.actions.offering import offer_file, path_of, take_away
from leadfarm.intake.hosting import links
from leadfarm.intake.models import Download, OfferFile, Submission
from leadfarm.intake.views.hosted_forms import find
from leadfarm.intake.views.imports import LEADING
from leadfarm.ui.toasts import alarm, toast


@require_POST
@only(*LEADING)
def offer(request: InsideRequest, form_id: int) -> HttpResponse:
    """Take in the file that the form gives in return."""
    form, file = find(request, form_id), request.FILES.get("file")
    try:
        if file is None:
            raise LeadfarmError("No file was chosen.", "Choose one and send it again.")
        name = file.name or ""
        made = offer_file(form, name, file.chunks(), by=request.member, now=request.now)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
    else:
        toast(request, f"{made.name} is what {form.name} gives from now on.")
    return redirect("intake:form", workspace=request.workspace.slug, form_id=form.pk)


@require_POST
@only(*LEADING)
def remove(request: InsideRequest, form_id: int) -> HttpResponse:
    """Offer nothing any more."""
    form = find(request, form_id)
    if take_away(form):
        toast(request, f"{form.name} gives no file any more. Links to it lead nowhere.")
    return redirect("intake:form", workspace=request.workspace.slug, form_id=form.pk)


@require_safe
def fetch(request: HttpRequest, token: str) -> HttpResponseBase:
    """Hand out the file, always as a download. A GET is noted and decides nothing (law 8)."""
    said = links.read(links.FILE, token, links.FILE_LASTS)
    if said is None:
        return render(request, "intake/public/over.html", status=404)
    with within(said[0]):
        sent = Submission.objects.of(said[0]).filter(id=said[1]).first()
        offered = _offered(sent) if sent else None
        if sent is None or offered is None:
            return render(request, "intake/public/over.html", status=404)
        if request.method == "GET":
            _note(request, sent)
        return _handed_out(offered)


def _offered(sent: Submission) -> OfferFile | None:
    """Return what the form gives now, where its file is there."""
    of_form = OfferFile.objects.of(sent.workspace_id).filter(form_id=sent.form_id)
    offered = of_form.first()
    return offered if offered and path_of(offered).exists() else None


def _handed_out(offered: OfferFile) -> FileResponse:
    file = path_of(offered).open("rb")
    answer = FileResponse(
        file, as_attachment=True, filename=offered.name, content_type=offered.media_type
    )
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _note(request: HttpRequest, sent: Submission) -> None:
    Download.objects.create(
        workspace_id=sent.workspace_id,
        submission=sent,
        asked_at=request.now,  # type: ignore[attr-defined]
        user_agent=request.headers.get("User-Agent", "").replace("\x00", "")[:300],
        network=_network(request.META.get("REMOTE_ADDR", "")),
    )


def _network(address: str) -> str:
    """Return the caller's network: /24, or /48 for IPv6; "" where the address is unreadable."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))
