"""Where the mail of a sign-up leads: a page that asks once more, and a POST that confirms."""

import ipaddress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leadfarm.access.walls import within
from leadfarm.consent.actions import confirm as confirm_sign_up
from leadfarm.consent.models import SignUp
from leadfarm.intake.hosting import links
from leadfarm.intake.hosting.design import Design, read
from leadfarm.intake.hosting.showing import page_of
from leadfarm.intake.models import Form, Submission


# The signed address from the mail is what lets somebody do this; there is no session to misuse.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, do on POST (law 8: scanners of mail follow every link)."""
    said = links.read(links.CONFIRM, token)
    if said is None:
        return _over(request)
    with within(said[0]):
        signed = SignUp.objects.of(said[0]).select_related("lead", "contact").filter(id=said[1])
        found = signed.first()
        if found is None:
            return _over(request)
        now = request.now  # type: ignore[attr-defined]
        if found.confirmed_at is None and found.expires_at <= now:
            return _over(request)
        if request.method == "POST":
            confirm_sign_up(found, ip=_ip(request), now=now)
        done = request.method == "POST" or found.confirmed_at is not None
        return _page(request, found, done=done)


def _page(request: HttpRequest, signed: SignUp, *, done: bool) -> HttpResponse:
    of_it = Submission.objects.of(signed.workspace_id).filter(sign_up=signed)
    sent = of_it.select_related("form__workspace").order_by("-id").first()
    page = page_of(sent.form, read(sent.form.design)) if sent else _plain(signed)
    page |= {"signed": signed, "done": done}
    return render(request, "intake/public/confirm.html", page)


def _plain(signed: SignUp) -> dict[str, object]:
    """Return the page's variables where the form is gone."""
    return page_of(Form(workspace=signed.lead.workspace), Design())


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/public/over.html", status=404)


def _ip(request: HttpRequest) -> str | None:
    try:
        return str(ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None
