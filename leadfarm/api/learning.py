"""Findings by the API: appended to the dossier, what is known already not twice."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from leadfarm.access.actors import API
from leadfarm.api.problems import Problem
from leadfarm.api.schemas import FindingIn
from leadfarm.intake.doors import Fault
from leadfarm.leads.actions import Fact, learn
from leadfarm.leads.models import Finding, Lead
from leadfarm.rules.codes import Confidence, FindingSection

LONGEST = 600
CONFIDENCES = {one.slug: one for one in Confidence}


def add(lead: Lead, told: FindingIn, *, now: datetime) -> dict[str, Any]:
    """Append the finding and return it as told; Problem names the fields at fault."""
    section, value, confidence = _checked(told, now)
    newest = (
        Finding.objects.of(lead.workspace_id)
        .filter(lead_id=lead.id, section=section, field=told.field)
        .select_related("text")
        .order_by("-known_at", "-id")
        .first()
    )
    is_new = newest is None or newest.withdrawn or newest.words != value
    if newest is None or is_new:
        fact = Fact(section, value, told.field, confidence)
        newest = learn(lead, fact, by=API, now=now, happened_at=told.happened_at)
    return {
        "id": newest.pk, "section": section.slug, "field": told.field, "value": value,
        "is_new": is_new,
    }  # fmt: skip


def _checked(told: FindingIn, now: datetime) -> tuple[FindingSection, str, Confidence]:
    faults = []
    section, confidence = FindingSection.read(told.section), CONFIDENCES.get(told.confidence)
    value = told.value.replace("\0", "").strip()
    if section is None:
        faults.append(Fault("section", f"Use one of {', '.join(FindingSection.slugs())}."))
    if confidence is None:
        faults.append(Fault("confidence", f"Use one of {', '.join(CONFIDENCES)}."))
    if not 0 < len(value) <= LONGEST:
        faults.append(Fault("value", f"Say it in 1 to {LONGEST} characters."))
    if len(told.field) > 60:
        faults.append(Fault("field", "Use at most 60 characters."))
    if told.happened_at is not None and (told.happened_at.tzinfo is None or told.happened_at > now):
        faults.append(Fault("happened_at", "Write an instant with its zone that is not ahead."))
    if faults or section is None or confidence is None:
        detail = "The finding was not added."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, faults)
    return section, value, confidence
