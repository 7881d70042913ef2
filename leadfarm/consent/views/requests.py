"""The requests of people who use their rights: the list, one of them, its end, its file."""

from typing import Any

from django.core import signing
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from leadfarm.access.actions import audit
from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.consent import jobs
from leadfarm.consent.actions.rights import begin_erasure, end
from leadfarm.consent.erasing import what_goes
from leadfarm.consent.erasing.running import fates
from leadfarm.consent.exporting import export
from leadfarm.consent.models import Cleaning, Erasure, PrivacyRequest
from leadfarm.consent.models.rights import UNDER_WAY
from leadfarm.consent.queries.expiring import running_out
from leadfarm.consent.queries.sleepers import sleepers
from leadfarm.consent.views.contact import OFFICERS
from leadfarm.engine.errors import LeadfarmError
from leadfarm.rules.privacy import EXPORT_LASTS, RequestKind, RequestState
from leadfarm.ui.toasts import alarm, toast

SALT = "leadfarm.privacy-file"
SHOWN = 100
ENDINGS = {
    "done": RequestState.DONE,
    "refused": RequestState.REFUSED,
    "taken-back": RequestState.TAKEN_BACK,
}


@require_safe
@only(*OFFICERS)
def show_all(request: InsideRequest) -> HttpResponse:
    """List what people ask of us, what is due first; what was erased; which consents run out."""
    rows = PrivacyRequest.objects.of(request.workspace).select_related("contact", "ended_by")
    is_open = Q(state__in=UNDER_WAY)
    erasures = Erasure.objects.of(request.workspace)
    context = {
        "open": [_line(request, one) for one in rows.filter(is_open).order_by("due_at")[:SHOWN]],
        "over": [
            _line(request, one) for one in rows.exclude(is_open).order_by("-ended_at")[:SHOWN]
        ],
        "running_out": running_out(request.workspace, request.now),
        "sleepers": sleepers(request.workspace, request.now),
        "erased": erasures.aggregate(many=Count("id"))["many"],
        "cleaning": Cleaning.objects.of(request.workspace).order_by("-cleaned_at").first(),
    }
    return render(request, "consent/privacy/requests.html", context)


@require_safe
@only(*OFFICERS)
def show(request: InsideRequest, privacy_request_id: int) -> HttpResponse:
    """Show one request, with what an erasure takes and leaves, or the file of an access."""
    found = _found(request, privacy_request_id)
    kind, state = RequestKind(found.kind), RequestState(found.state)
    alive = found.contact is not None and found.contact.erased_at is None
    found_rows = what_goes(found.contact) if alive and kind is RequestKind.ERASURE else []
    context = {
        "asked": found,
        "kind": kind,
        "state": state,
        "is_open": state in (RequestState.OPEN, RequestState.WAITING),
        "fates": fates(found_rows),
        "alive": alive,
        "file": _file_address(request, found) if request.GET.get("file") and alive else "",
        "lasts": EXPORT_LASTS.days,
        "may_begin": alive
        and kind is RequestKind.ERASURE
        and state in (RequestState.OPEN, RequestState.WAITING),
    }
    return render(request, "consent/privacy/request.html", context)


@require_POST
@only(*OFFICERS)
def finish(request: InsideRequest, privacy_request_id: int) -> HttpResponse:
    """End a request: done, refused with the reason, or taken back."""
    found = _found(request, privacy_request_id)
    state = ENDINGS.get(request.POST.get("verdict", ""))
    try:
        if state is None:
            raise LeadfarmError("Say how it ended.")
        if found.kind == RequestKind.ERASURE and state is RequestState.DONE:
            raise LeadfarmError("An erasure is done by erasing, and says so by itself.")
        outcome = request.POST.get("outcome", "").replace("\x00", "").strip()
        end(found, state, outcome, by=request.member, now=request.now)
        toast(request, f"{RequestKind(found.kind).label}: {state.label.lower()}")
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
    return _back(request, found)


@require_POST
@only(*OFFICERS)
def begin(request: InsideRequest, privacy_request_id: int) -> HttpResponse:
    """Begin an erasure now that its page has shown what goes."""
    found = _found(request, privacy_request_id)
    try:
        begin_erasure(found, by=request.member, now=request.now)
        jobs.erase_when_due(found)
        toast(request, "The erasure begins")
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
    return _back(request, found)


@require_POST
@only(*OFFICERS)
def make_file(request: InsideRequest, privacy_request_id: int) -> HttpResponse:
    """Sign a way to the file of everything about the person; the audit trail says who had it."""
    found = _found(request, privacy_request_id)
    by = Actor.of(request.member)
    audit(request.workspace.id, "privacy: file made", by=by, now=request.now, on=found)
    place = {"workspace": request.workspace.slug, "privacy_request_id": found.id}
    return redirect(f"{reverse('consent:request', kwargs=place)}?file=1")


@require_safe
@only(*OFFICERS)
def take_file(request: InsideRequest, privacy_request_id: int) -> HttpResponse:
    """Hand out the file as long as its signature holds; then the request's page makes another."""
    found = _found(request, privacy_request_id)
    try:
        told = signing.loads(request.GET.get("signed", ""), salt=SALT, max_age=EXPORT_LASTS)
    except signing.BadSignature:
        alarm(request, "This way to the file is over. Make the file anew.")
        return _back(request, found)
    if told != found.id or found.contact is None or found.contact.erased_at is not None:
        raise Http404("There is no such file.")
    answer = HttpResponse(export(found.contact, now=request.now), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="person-{found.contact.id}.zip"'
    return answer


def _found(request: InsideRequest, number: int) -> PrivacyRequest:
    rows = PrivacyRequest.objects.of(request.workspace).select_related(
        "contact", "made_by", "ended_by"
    )
    return get_object_or_404(rows, id=number)


def _back(request: InsideRequest, found: PrivacyRequest) -> HttpResponse:
    place: dict[str, Any] = {"workspace": request.workspace.slug, "privacy_request_id": found.id}
    return redirect(reverse("consent:request", kwargs=place))


def _file_address(request: InsideRequest, found: PrivacyRequest) -> str:
    place = {"workspace": request.workspace.slug, "privacy_request_id": found.id}
    signed = signing.dumps(found.id, salt=SALT)
    return f"{reverse('consent:file', kwargs=place)}?signed={signed}"


def _line(request: InsideRequest, one: PrivacyRequest) -> dict[str, Any]:
    left = (one.due_at - request.now).days
    return {
        "row": one,
        "kind": RequestKind(one.kind),
        "state": RequestState(one.state),
        "late": left < 0,
        "soon": left < 7,
    }
