"""Capturing by the API: one lead or many, each once however often it is sent."""

import json
import re
from datetime import datetime
from http import HTTPStatus
from typing import Any

from leadfarm.access.actors import API
from leadfarm.access.models import ApiToken, Workspace
from leadfarm.access.walls import within
from leadfarm.api.problems import Problem
from leadfarm.intake.actions import Arrival, receive
from leadfarm.intake.actions.receiving import OUR_FAULT
from leadfarm.intake.arrival import Sent
from leadfarm.intake.codes import Door, ReceiptState
from leadfarm.intake.doors import Fault, UnreadableError
from leadfarm.intake.models import Receipt
from leadfarm.intake.told import Default, read_told
from leadfarm.leads.models import PersonalText
from leadfarm.rules.matching import MatchBy
from leadfarm.rules.opening import Opening

KEY_LIMIT = 200
MOST_ROWS = 1000
_NAMED = re.compile(r"([\w.-]{1,80}): (.+)", re.DOTALL)
Told = dict[str, Any]


def read_lead(workspace: Workspace, arrival: Arrival, received_at: datetime) -> Sent:
    """Return what a call says, also when it is replayed; UnreadableError names the fields."""
    told = arrival.told if arrival.told is not None else parsed(arrival.payload)
    return read_told(workspace, told, Default(), received_at)


def parsed(body: str) -> Told:
    """Return the object in the body; UnreadableError says where it is no JSON."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise UnreadableError(f"The body is no JSON: {str(wrong)[:120]}.") from None
    if not isinstance(found, dict):
        raise UnreadableError("The body must be one JSON object.")
    return found


def capture_one(token: ApiToken, body: str, key: str, now: datetime) -> tuple[HTTPStatus, Told]:
    """Take in one lead; return status and answer: the same to the same call. Problem if refused."""
    _check(key)
    arrival = Arrival(Door.API, body, f"{token.pk}:{key}" if key else "")
    received = receive(token.workspace, arrival, now=now, by=API)
    if received.is_repeat and not _is_same(received.receipt, body):
        raise Problem(
            HTTPStatus.CONFLICT,
            "This Idempotency-Key was used for another body. Use a new key for a new lead.",
            [Fault("Idempotency-Key", "It belongs to another body.")],
        )
    receipt = received.receipt
    if receipt.reasons == [OUR_FAULT]:
        raise Problem(HTTPStatus.INTERNAL_SERVER_ERROR, OUR_FAULT)
    if receipt.state == ReceiptState.REFUSED:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "The lead was not taken in. It is kept under Arrivals and can be replayed there.",
            faults_of(receipt),
        )
    is_in = receipt.state == ReceiptState.CAPTURED
    return HTTPStatus.CREATED if is_in else HTTPStatus.ACCEPTED, as_told(receipt)


def capture_batch(token: ApiToken, body: str, key: str, now: datetime) -> Told:
    """Take in many, each for itself; return what became of each. Problem where it is no batch."""
    _check(key)
    results = [
        _row(token, number, row, f"{key}#{number}" if key else "", now)
        for number, row in enumerate(_rows(body))
    ]
    states = [one["result"]["state"] if "result" in one else "refused" for one in results]
    counted = {state: states.count(state) for state in ("captured", "quarantined", "refused")}
    return {**counted, "results": results}


def _rows(body: str) -> list[Any]:
    try:
        rows = parsed(body).get("leads")
    except UnreadableError as wrong:
        raise Problem(HTTPStatus.BAD_REQUEST, wrong.reasons[0]) from None
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_ROWS:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "This is no batch.",
            [Fault("leads", f"Send a list of 1 to {MOST_ROWS:,} leads.")],
        )
    return rows


def _row(token: ApiToken, number: int, row: Any, key: str, now: datetime) -> Told:
    try:
        status, told = capture_one(token, json.dumps(row, ensure_ascii=False), key, now)
    except Problem as problem:
        faults = problem.faults or (Fault("", problem.detail),)
        errors = [{"field": one.field, "message": one.said} for one in faults]
        return {"row": number, "status": int(problem.status), "errors": errors}
    return {"row": number, "status": int(status), "result": told}


def _check(key: str) -> None:
    if len(key) > KEY_LIMIT:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "The Idempotency-Key is too long.",
            [Fault("Idempotency-Key", f"Use at most {KEY_LIMIT} characters.")],
        )


def as_told(receipt: Receipt) -> Told:
    """Return what became of an arrival, from its receipt alone: so the answer stays the same."""
    told: Told = {"receipt": receipt.pk, "state": ReceiptState(receipt.state).slug}
    if receipt.state == ReceiptState.CAPTURED:
        assert receipt.opening is not None
        told |= {
            "lead": receipt.lead_id,
            "contact": receipt.contact_id,
            "touch": receipt.touch_id,
            "opening": Opening(receipt.opening).slug,
            "matched_by": MatchBy(receipt.matched_by).slug if receipt.matched_by else None,
        }
    else:
        told["reasons"] = receipt.reasons
    return told


def faults_of(receipt: Receipt) -> list[Fault]:
    """Return the reasons of a refusal, those that name a field with the field."""
    found = [(reason, _NAMED.fullmatch(reason)) for reason in receipt.reasons]
    return [Fault(named[1], named[2]) if named else Fault("", reason) for reason, named in found]


def _is_same(receipt: Receipt, body: str) -> bool:
    """Whether the body is the one that came first; one whose time was over cannot be told apart."""
    with within(receipt.workspace_id):
        texts = PersonalText.objects.of(receipt.workspace_id)
        found = texts.filter(pk=receipt.payload_id) if receipt.payload_id else texts.none()
        kept = found.values_list("body", flat=True).first()
    return kept is None or kept == body or _content(kept) == _content(body)


def _content(body: str) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body
