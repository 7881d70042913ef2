"""The routes of the API, version 1."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode
from ninja import Query, Schema, Status
from pydantic import Field

from leadfarm.access.scopes import Scope
from leadfarm.api import capturing, learning, reading, schemas
from leadfarm.api.door import ApiRequest, LeadfarmApi, Token, may
from leadfarm.api.problems import Problem, handle
from leadfarm.intake.doors import Fault
from leadfarm.leads.models import Campaign, Source
from leadfarm.rules.names import normal_email
from leadfarm.rules.stages import Stage

A_PAGE, LARGEST_PAGE = 50, 200
READS = [Scope.READ.label]

api = LeadfarmApi(
    title="Leadfarm",
    version="1",
    description="Send leads in, read them, add what was learned.",
    urls_namespace="api",
    docs_url=None,
    auth=Token(),
)
handle(api)


class PageOf(Schema):
    """Which part of a list."""

    before: int | None = Field(None, description="Go on below this id; `next` of a page has it.")
    limit: int = Field(A_PAGE, ge=1, le=LARGEST_PAGE, description="How many, at most.")


class LeadQuery(PageOf):
    """Which leads."""

    email: str | None = Field(None, description="Of the contact with this address.")
    external_id: str | None = Field(None, description="What you call the lead.")
    stage: str | None = Field(None, description=f"One of {', '.join(Stage.slugs())}.")
    source: int | None = Field(None, description="Id of the source.")
    campaign: int | None = Field(None, description="Id of the campaign.")
    entered_from: datetime | None = Field(None, description="Entered at or after this instant.")
    entered_until: datetime | None = Field(None, description="Entered before this instant.")


@api.post(
    "/leads",
    response={201: schemas.Capture, 202: schemas.Capture},
    summary="Capture a lead",
    tags=[Scope.CAPTURE.label],
    openapi_extra=schemas.ONE,
)
@may(Scope.CAPTURE, enters=False)
def capture(request: ApiRequest) -> Any:
    """Take in one person who came to you.

    They join the lead they have, or open one. Send an Idempotency-Key with each lead: the same key
    with the same body gives the same answer and leaves no second touch. 202 says that it waits in
    quarantine.
    """
    key, body = request.headers.get("Idempotency-Key", "").strip(), _body(request)
    status, told = capturing.capture_one(request.auth, body, key, datetime.now(UTC))
    return Status(status.value, told)


@api.post(
    "/leads/batch",
    response=schemas.Batch,
    summary="Capture many",
    tags=[Scope.CAPTURE.label],
    openapi_extra=schemas.MANY,
)
@may(Scope.CAPTURE, enters=False)
def capture_many(request: ApiRequest) -> Any:
    """Take in up to 1,000 people; each row stands for itself and says what became of it.

    With an Idempotency-Key the same batch can be sent again: rows that are in are not taken twice.
    """
    key = request.headers.get("Idempotency-Key", "").strip()
    return capturing.capture_batch(request.auth, _body(request), key, datetime.now(UTC))


@api.get("/leads", response=schemas.LeadPage, summary="List leads", tags=READS)
@may(Scope.READ)
def leads(request: ApiRequest, wanted: Query[LeadQuery]) -> Any:
    """Return leads, newest first, in pages; all that is asked for must hold."""
    rows, rest = reading.lead_page(
        request.auth.workspace, _wanted(wanted), wanted.before, wanted.limit
    )
    told = reading.leads_told(request.auth.workspace, rows, datetime.now(UTC))
    return {"leads": told, "next": _next(request, rest)}


@api.get("/leads/{int:lead_id}", response=schemas.LeadOut, summary="Read a lead", tags=READS)
@may(Scope.READ)
def lead(request: ApiRequest, lead_id: int) -> Any:
    """Return one lead as it stands."""
    found = reading.one_lead(request.auth.workspace, lead_id)
    return reading.leads_told(request.auth.workspace, [found], datetime.now(UTC))[0]


@api.get(
    "/leads/{int:lead_id}/touches",
    response=schemas.TouchPage,
    summary="Touches of a lead",
    tags=READS,
)
@may(Scope.READ)
def touches(request: ApiRequest, lead_id: int, page: Query[PageOf]) -> Any:
    """Return what happened with a lead, the latest first."""
    found = reading.one_lead(request.auth.workspace, lead_id)
    rows, rest = reading.touch_page(found, page.before, page.limit)
    told = list(reading.touches_told(request.auth.workspace.id, rows))
    return {"touches": told, "next": _next(request, rest)}


@api.post(
    "/leads/{int:lead_id}/findings",
    response={201: schemas.FindingOut, 200: schemas.FindingOut},
    summary="Add a finding",
    tags=[Scope.FINDINGS.label],
)
@may(Scope.FINDINGS)
def findings(request: ApiRequest, lead_id: int, finding: schemas.FindingIn) -> Any:
    """Add what was learned to the dossier; it supersedes the earlier value and overwrites nothing.

    What the newest finding says already is not added again.
    """
    found = reading.one_lead(request.auth.workspace, lead_id)
    made = learning.add(found, finding, now=datetime.now(UTC))
    return Status(201 if made["is_new"] else 200, made)


@api.get("/sources", response=list[schemas.Place], summary="List sources", tags=READS)
@may(Scope.READ)
def sources(request: ApiRequest) -> Any:
    """Return the sources by name."""
    return list(Source.objects.of(request.auth.workspace).order_by("name")[:1000])


@api.get("/campaigns", response=list[schemas.Place], summary="List campaigns", tags=READS)
@may(Scope.READ)
def campaigns(request: ApiRequest) -> Any:
    """Return the campaigns by name."""
    return list(Campaign.objects.of(request.auth.workspace).order_by("name")[:1000])


def _body(request: HttpRequest) -> str:
    try:
        return request.body.decode()
    except UnicodeDecodeError as wrong:
        said = f"The body is no UTF-8: byte {wrong.start + 1} cannot be read. Send JSON in UTF-8."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, said) from None


def _wanted(asked: LeadQuery) -> reading.Wanted:
    faults = []
    stage = Stage.read(asked.stage) if asked.stage else None
    if asked.stage and stage is None:
        faults.append(Fault("stage", f"Use one of {', '.join(Stage.slugs())}."))
    email = normal_email(asked.email) if asked.email else None
    if asked.email and email is None:
        faults.append(Fault("email", "This is no e-mail address."))
    if faults:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Some parameters cannot be read.", faults)
    return reading.Wanted(
        stage,
        email,
        asked.external_id,
        asked.source,
        asked.campaign,
        asked.entered_from,
        asked.entered_until,
    )


def _next(request: HttpRequest, rest: int | None) -> str | None:
    if rest is None:
        return None
    asked = {name: str(value) for name, value in request.GET.dict().items()}
    return f"{request.path}?{urlencode({**asked, 'before': str(rest)})}"
