"""Hosted forms as anyone sees them: outside every workspace, without sign-in or JavaScript."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadfarm.access.headers import POLICY
from leadfarm.access.tally import one_more, swept
from leadfarm.access.walls import within
from leadfarm.intake.actions.submitting import Told, hold, submit
from leadfarm.intake.hosting import knowing, proof, receipt, stamp
from leadfarm.intake.hosting.asking import HostedForm
from leadfarm.intake.hosting.colours import style_sheet
from leadfarm.intake.hosting.design import Design, read
from leadfarm.intake.hosting.showing import page_of, policy
from leadfarm.intake.hosting.stamp import Stamp
from leadfarm.intake.hosting.traps import MOST, SPAN, sprung
from leadfarm.intake.models import Form
from leadfarm.intake.public_queries import design_of, form_and_count, open_form
from leadfarm.intake.visits.recognising import recognise_sender

TOO_MANY = (
    "Too many answers came from here. Please try again in ten minutes; this page keeps yours."
)


# Nobody is signed in here, so there is no session that another site could misuse.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a form; a POST captures what was sent and leads on to the thanks."""
    return _answer(request, slug, framed=False)


@csrf_exempt
@xframe_options_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the same for a frame, which only the hosts that the form names may draw around it."""
    return _answer(request, slug, framed=True)


@csrf_exempt
@require_POST
def forget(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget on this device who was here, and ask everything again."""
    form = open_form(slug)
    answer = HttpResponseRedirect(reverse("forms:hosted", args=[slug]))
    if form is not None:
        knowing.forget(answer, form)
    return answer


@require_safe
def colours(request: HttpRequest, accent: str) -> HttpResponse:
    """Return the style sheet of a company's own colour; the address says all of it."""
    answer = HttpResponse(style_sheet(accent), content_type="text/css")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@dataclass(frozen=True)
class Visit:
    """Somebody before a form: which design they see, and what of it they are asked."""

    request: HttpRequest
    form: Form
    design: Design
    seen: Stamp
    person: knowing.Person | None
    now: datetime
    framed: bool

    def asked(self, data: QueryDict | None = None) -> HostedForm:
        """Return the questions that are asked of them, with what they sent."""
        known = self.person.known if self.person else None
        told = self.person is not None and self.person.has_agreed(self.design)
        return HostedForm(
            self.design, data, known=known, can_remember=not self.framed, asks_consent=not told
        )


def _answer(request: HttpRequest, slug: str, *, framed: bool) -> HttpResponse:
    now = datetime.now(UTC)
    form, sent = _found(request, slug, now)
    if form is None:
        return render(request, "intake/public/closed.html", status=404)
    if request.method == "POST":
        seen = stamp.read(request.POST.get("stamp", ""))
    else:
        came = stamp.origin(request.GET.dict(), request.headers.get("Referer", ""))
        seen = Stamp(now, form.version, came, secrets.token_urlsafe(9))
    design, person = _known(request, form, seen.version, now, framed=framed)
    visit = Visit(request, form, design, seen, person, now, framed)
    return _sent(visit, sent) if request.method == "POST" else _page(visit, visit.asked())


def _known(
    request: HttpRequest, form: Form, number: int, now: datetime, *, framed: bool
) -> tuple[Design, knowing.Person | None]:
    """Return the design they see, and who they are; strangers before what is in force ask nothing.

    A frame on another site is handed no cookie of ours, and must not seem to be.
    """
    may_be_known = not framed and (
        knowing.is_remembered(request, form) or knowing.PARAMETER in request.GET
    )
    if not may_be_known and number in (0, form.version):
        return read(form.design), None
    with within(form.workspace):
        design = design_of(form, number)
        if not may_be_known:
            return design, None
        return design, knowing.recognised(request, form) or knowing.came_by_mail(request, form, now)


def _sent(visit: Visit, sent: int) -> HttpResponse:
    request, now = visit.request, visit.now
    solved = proof.judge(request.POST.get("proof", ""), now)
    asked = visit.asked(request.POST)
    if sent > MOST:
        return _page(visit, asked, said=TOO_MANY, status=429)
    if not asked.is_valid():
        return _page(visit, asked, status=422)
    told = _told(visit)
    traps = sprung(told.payload, visit.seen, solved, sent, now)
    if traps:
        hold(visit.form, told, traps, now=now)
        thanked = receipt.address(visit.form, None, framed=visit.framed)
        return HttpResponseRedirect(thanked, status=303)
    received = submit(visit.form, told, now=now)
    recognise_sender(received.receipt, request.POST.get("visitor", ""), now=now)
    where = receipt.address(visit.form, received.receipt, framed=visit.framed)
    answer = HttpResponseRedirect(where, status=303)
    if asked.cleaned_data.get("remember") and received.captured:
        contact = received.captured.contact
        knowing.remember(answer, visit.form, contact, secure=settings.HTTPS)
    return answer


def _told(visit: Visit) -> Told:
    payload, nonce = _payload(visit.request.POST), visit.seen.nonce
    words = json.dumps(payload, sort_keys=True).encode()
    return Told(
        payload,
        version=visit.seen.version,
        known_email=visit.person.email if visit.person else "",
        origin=visit.seen.origin,
        ip=visit.request.META.get("REMOTE_ADDR", ""),
        key=f"{nonce} {hashlib.sha256(words).hexdigest()[:20]}" if nonce else "",
    )


def _payload(sent: QueryDict) -> dict[str, str]:
    """Return all of it as it came, but for what the page itself put in."""
    return {
        key: str(value).replace("\x00", "")
        for key, value in sent.items()
        if key not in ("stamp", "proof")
    }


def _page(visit: Visit, asked: HostedForm, *, said: str = "", status: int = 200) -> HttpResponse:
    page = page_of(visit.form, visit.design, asked) | {
        "stamp": visit.seen.signed(),
        "riddle": proof.riddle(visit.now),
        "framed": visit.framed,
        "is_known": visit.person is not None,
        "said": said,
    }
    answer = render(visit.request, "intake/public/form.html", page, status=status)
    answer["Content-Security-Policy"] = policy(POLICY, visit.form, visit.design, visit.framed)
    # Who is recognised sees another page than the next one on the same network.
    answer["Cache-Control"] = "no-store"
    return answer


def _found(request: HttpRequest, slug: str, now: datetime) -> tuple[Form | None, int]:
    """Return the form, and how often its sender's address has sent it, to whichever web process."""
    if request.method != "POST":
        return open_form(slug), 0
    key = f"form:{slug}:{request.META.get('REMOTE_ADDR', '')}"
    form, sent = form_and_count(slug, one_more(key, SPAN, now))
    return form, swept(sent, now)
