"""What an endpoint received, shown as what a mapping is built against."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max

from leadfarm.access.models import Workspace
from leadfarm.intake.actions.hooking import mapped
from leadfarm.intake.doors import UnreadableError
from leadfarm.intake.hooks import paths
from leadfarm.intake.models import Endpoint, Receipt
from leadfarm.intake.told import BY_NAME, checked


@dataclass(frozen=True)
class Leaf:
    """One value of an event: where it stands, what it is, and which field it goes to."""

    path: str
    text: str
    field: str


@dataclass(frozen=True)
class Reading:
    """How the mapping reads an event now: fields and values, or what is wrong."""

    told: list[tuple[str, str]]
    faults: tuple[str, ...]


def counted(workspace: Workspace, found: list[Endpoint]) -> list[tuple[Endpoint, int, Any]]:
    """Return the endpoints, each with how much it received, and when the last."""
    rows = Receipt.objects.of(workspace).filter(endpoint__isnull=False).values_list("endpoint_id")
    many = {one: (n, last) for one, n, last in rows.annotate(Count("id"), Max("received_at"))}
    return [(one, *many.get(one.pk, (0, None))) for one in found]


def sample(endpoint: Endpoint, receipt_id: int | None) -> Receipt | None:
    """Return the event asked for, else the last that came, with its payload; None: none yet."""
    rows = Receipt.objects.of(endpoint.workspace_id).filter(endpoint=endpoint)
    kept = rows.exclude(payload=None).select_related("payload").order_by("-id")
    return (kept.filter(pk=receipt_id).first() if receipt_id else None) or kept.first()


def leaves_of(endpoint: Endpoint, receipt: Receipt | None) -> list[Leaf]:
    """Return every value of the event, with the field that the mapping takes it for."""
    taken = {path: name for name, rule in endpoint.mapping.items() for path in _paths(rule)}
    found = []
    for path, text in paths.leaves(_document(receipt)):
        found.append(Leaf(path, text[:300], taken.get(path, "")))
        if len(found) == paths.MOST_LEAVES:
            break
    return found


def reading(endpoint: Endpoint, receipt: Receipt | None, now: datetime) -> Reading | None:
    """Return how the mapping reads the event now; None where none has come."""
    if receipt is None:
        return None
    told = mapped(endpoint, _document(receipt))
    shown = [(BY_NAME[name].label, str(value)) for name, value in told.items()]
    try:
        checked(endpoint.workspace, told, now)
    except UnreadableError as wrong:
        return Reading(shown, wrong.reasons)
    return Reading(shown, ())


def with_choices(
    before: Mapping[str, str], rules: dict[str, str], chosen: Mapping[str, str]
) -> dict[str, str]:
    """Return the rules with the values for which another field was chosen on the page.

    A value that gets a field is asked first there; a value that loses it is asked no more.
    """
    had = {path: name for name, rule in before.items() for path in _paths(rule)}
    found = dict(rules)
    for path, name in chosen.items():
        if not path or had.get(path, "") == name:
            continue
        for other, rule in found.items():
            left = [one for one in _paths(rule) if one != path]
            found[other] = rule if rule.startswith("=") else "|".join(left)
        if name in found:
            others = [] if found[name].startswith("=") else _paths(found[name])
            found[name] = "|".join([path, *others])
    return found


def _paths(rule: str) -> list[str]:
    return [] if rule.startswith("=") else [one.strip() for one in rule.split("|") if one.strip()]


def _document(receipt: Receipt | None) -> Any:
    if receipt is None or receipt.payload is None:
        return None
    try:
        return json.loads(receipt.payload.body)
    except (ValueError, RecursionError):
        return None
