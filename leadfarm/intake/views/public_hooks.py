"""Where programs of others hand in: outside every workspace, known by an opaque address."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from leadfarm.access.tally import count
from leadfarm.access.walls import within
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.actions.hooking import take_events
from leadfarm.intake.codes import ReceiptState
from leadfarm.intake.hooks import signatures
from leadfarm.intake.models import Endpoint

LARGEST = 1_000_000
MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 1_200
KEY_HEADERS = ("Idempotency-Key", "Webhook-Id", "X-Event-Id", "X-Request-Id")


# Nobody is signed in here: the address, and the signature where one is asked for, are what counts.
@csrf_exempt
@require_POST
def receive_hook(request: HttpRequest, token: str) -> JsonResponse:
    """Take in what was posted and say what became of it; kept is answered as well, once and all."""
    now = datetime.now(UTC)
    endpoint = _endpoint(token)
    if endpoint is None:
        return _said("No webhook has this address. Copy it anew from the page Webhooks.", 404)
    if count(f"hook:{endpoint.workspace_id}:{endpoint.pk}", MINUTE, now) > MOST_A_MINUTE:
        return _said("Too many events in a minute. Send the rest a minute later.", 429)
    body = _body(request)
    if body is None:
        return _said("The body is larger than 1 MB.", 413)
    try:
        document, refused = (
            _document(request, body),
            signatures.fault(endpoint, request.headers, body),
        )
    except LeadfarmError as wrong:
        return _said(str(wrong), 500)
    key = next((request.headers[name] for name in KEY_HEADERS if name in request.headers), "")
    received = take_events(endpoint, document, key[:180], now=now, refused=refused)
    told = [
        {"receipt": one.receipt.pk, "state": ReceiptState(one.receipt.state).slug}
        for one in received
    ]
    return JsonResponse({"received": told}, status=401 if refused else 200)


def _endpoint(token: str) -> Endpoint | None:
    number = token.partition("-")[0]
    if number.isdecimal() and len(number) < 10:
        with within(int(number)):
            found = Endpoint.objects.of(int(number)).filter(token=token, closed_at=None)
            return found.select_related("workspace").first()
    return None


def _body(request: HttpRequest) -> bytes | None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return None
    try:
        return request.body if len(request.body) <= LARGEST else None
    except RequestDataTooBig:
        return None


def _document(request: HttpRequest, body: bytes) -> Any:
    """Return what was sent: JSON, the fields of a form, or else the text as it came."""
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return {name: _one(values) for name, values in request.POST.lists()}
    text = body.decode("utf-8", "replace")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _said(text: str, status: int) -> JsonResponse:
    return JsonResponse({"detail": text}, status=status)
