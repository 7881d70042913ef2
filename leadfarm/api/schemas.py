"""What the API answers with, as its reference shows it."""

from datetime import date, datetime
from typing import Any

from ninja import Schema

from leadfarm.intake.told import FIELDS, KINDS


class Capture(Schema):
    """What became of an arrival."""

    receipt: int
    state: str
    lead: int | None = None
    contact: int | None = None
    touch: int | None = None
    opening: str | None = None
    matched_by: str | None = None
    reasons: list[str] | None = None


class BatchRow(Schema):
    """What became of one row of a batch."""

    row: int
    status: int
    result: Capture | None = None
    errors: list[dict[str, str]] | None = None


class Batch(Schema):
    """What became of a batch, row by row, and how many of each."""

    captured: int
    quarantined: int
    refused: int
    results: list[BatchRow]


class ContactOut(Schema):
    """A human being."""

    id: int
    name: str
    email: str
    phone: str
    job_title: str


class LeadOut(Schema):
    """One lead as it stands."""

    id: int
    external_id: str | None
    title: str
    need: str
    stage: str
    heat: int | None
    contact: ContactOut | None
    account: str | None
    source: str | None
    campaign: str | None
    entered_at: datetime
    next_step: str
    next_at: datetime | None
    url: str


class LeadPage(Schema):
    """Leads, newest first; `next` is the address of the rest, empty at the end."""

    leads: list[LeadOut]
    next: str | None


class TouchOut(Schema):
    """One thing that happened."""

    id: int
    kind: str
    by_machine: bool
    happened_at: datetime
    known_at: datetime
    campaign: str | None
    said: str


class TouchPage(Schema):
    """Touches, newest first."""

    touches: list[TouchOut]
    next: str | None


class FindingIn(Schema):
    """One thing learned."""

    section: str
    value: str
    field: str = ""
    confidence: str = "medium"
    happened_at: datetime | None = None


class FindingOut(Schema):
    """A finding as it was added; `is_new` is false where the newest said the same already."""

    id: int
    section: str
    field: str
    value: str
    is_new: bool


class Place(Schema):
    """A source or a campaign."""

    id: int
    name: str
    starts_on: date | None = None
    ends_on: date | None = None


def lead_in() -> dict[str, Any]:
    """Return the body of a capture as JSON Schema, from the one list of fields."""
    properties: dict[str, Any] = {}
    for field in FIELDS:
        shape: dict[str, Any] = {"type": "string", "maxLength": field.limit}
        properties[field.name] = {**shape, "description": field.label, "example": field.example}
    properties["kind"]["enum"] = [kind.slug for kind in KINDS]
    return {"type": "object", "properties": properties, "additionalProperties": False}


def body(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the OpenAPI words for "the body is this"."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


ONE = body(lead_in())
MANY = body(
    {
        "type": "object",
        "required": ["leads"],
        "properties": {"leads": {"type": "array", "maxItems": 1000, "items": lead_in()}},
    }
)
