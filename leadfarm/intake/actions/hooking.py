"""Endpoints for webhooks: made, mapped, closed; and what they are sent, taken in."""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from leadfarm.access.actors import API
from leadfarm.access.models import Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.sealing import seal
from leadfarm.intake.actions.receiving import Received, receive
from leadfarm.intake.arrival import Arrival, Sent
from leadfarm.intake.codes import Door, Signing
from leadfarm.intake.doors import UnreadableError
from leadfarm.intake.hooks import paths
from leadfarm.intake.hooks.presets import Preset
from leadfarm.intake.models import Endpoint
from leadfarm.intake.told import BY_NAME, Default, read_told
from leadfarm.leads.models import Campaign, Source
from leadfarm.rules.codes import TouchKind

MOST_EVENTS = 500
NEITHER = "The body is neither JSON nor the fields of a form. Mend what the sender sends."


def make_endpoint(
    workspace: Workspace,
    name: str,
    preset: Preset,
    source: Source | None,
    campaign: Campaign | None,
    *,
    now: datetime,
) -> Endpoint:
    """Make an endpoint that reads what this product sends. Call it inside the workspace."""
    return Endpoint.objects.create(
        workspace=workspace,
        name=name,
        # The number of the workspace comes first, so that no table need be read outside one.
        token=f"{workspace.id}-{secrets.token_urlsafe(24)}",
        mapping=preset.mapping,
        key_path=preset.key_path,
        touch_kind=preset.kind,
        source=source,
        campaign=campaign,
        made_at=now,
    )


def faults_of(rules: Mapping[str, str], key_path: str) -> dict[str, str]:
    """Return what is wrong with a mapping, by field; by `key_path` for that of the event's id."""
    found = {}
    for name, rule in {**rules, "key_path": key_path}.items():
        try:
            paths.check(rule)
        except paths.PathError as wrong:
            found[name] = str(wrong)
    return found


def save_mapping(endpoint: Endpoint, rules: Mapping[str, str], key_path: str) -> None:
    """Keep how payloads are read from now on; LeadfarmError where a path cannot be read."""
    for name, fault in faults_of(rules, key_path).items():
        told = BY_NAME[name].label if name in BY_NAME else "Event id"
        raise LeadfarmError(f"{told}: {fault}")
    endpoint.mapping = {name: paths.check(rule) for name, rule in rules.items() if rule.strip()}
    endpoint.key_path = paths.check(key_path)[:200]
    endpoint.save(update_fields=["mapping", "key_path"])


def save_signing(endpoint: Endpoint, signing: Signing, header: str, secret: str) -> None:
    """Keep how the sender proves itself; an empty secret leaves the one there is."""
    if signing is not Signing.NONE and not (secret or endpoint.secret_sealed):
        raise LeadfarmError("A signed endpoint needs the sender's secret.", "Paste it.")
    if signing is Signing.HMAC and not header:
        raise LeadfarmError("Name the header that carries the signature.")
    endpoint.signing, endpoint.signature_header = signing, header
    endpoint.secret_sealed = seal(secret) if secret else endpoint.secret_sealed
    endpoint.save(update_fields=["signing", "signature_header", "secret_sealed"])


def set_closed(endpoint: Endpoint, closed_at: datetime | None) -> None:
    """Close the endpoint, or open it again (None)."""
    endpoint.closed_at = closed_at
    endpoint.save(update_fields=["closed_at"])


def take_events(
    endpoint: Endpoint, document: Any, key: str, *, now: datetime, refused: str = ""
) -> list[Received]:
    """Take in what an endpoint was sent: one event, or each of a list, each once.

    `refused`: why the sender is not believed; the events are kept with that reason.
    """
    found = []
    for event, number in _events(document):
        own = paths.pick(event, endpoint.key_path) if endpoint.key_path else None
        body = json.dumps(event, ensure_ascii=False)
        known = str(own or (f"{key}{number}" if key else "")) or _digest(body)
        told = {"refused": refused} if refused else None
        arrival = Arrival(
            Door.WEBHOOK,
            body,
            f"{endpoint.pk}:{'!' if refused else ''}{known}"[:255],
            endpoint=endpoint,
            told=told,
        )
        found.append(receive(endpoint.workspace, arrival, now=now, by=API))
    return found


def read_event(workspace: Workspace, arrival: Arrival, received_at: datetime) -> Sent:
    """Return what an event says by the mapping of its endpoint; UnreadableError says why not."""
    endpoint = arrival.endpoint
    if endpoint is None:
        raise UnreadableError("The endpoint it was sent to is no longer there.")
    if arrival.told is not None:
        raise UnreadableError(str(arrival.told["refused"]))
    document = json.loads(arrival.payload)
    if isinstance(document, str):
        raise UnreadableError(NEITHER)
    told = mapped(endpoint, document)
    if not told:
        raise UnreadableError("The mapping finds nothing in it. Mend the mapping, then replay it.")
    default = Default(
        TouchKind(endpoint.touch_kind), endpoint.source, endpoint.campaign, f"webhook {endpoint.pk}"
    )
    return read_told(workspace, told, default, received_at)


def mapped(endpoint: Endpoint, document: Any) -> dict[str, Any]:
    """Return the fields that the mapping finds in a document."""
    found = {name: paths.pick(document, rule) for name, rule in endpoint.mapping.items()}
    return {
        name: str(value)[: BY_NAME[name].limit]
        for name, value in found.items()
        if value is not None and name in BY_NAME
    }


def _events(document: Any) -> Iterator[tuple[Any, str]]:
    if isinstance(document, list) and document:
        for number, event in enumerate(document[:MOST_EVENTS]):
            yield event, f"#{number}"
    else:
        yield document, ""


def _digest(body: str) -> str:
    """What was delivered again without a number of its own is known by its content."""
    return hashlib.sha256(body.encode("utf-8", "replace")).hexdigest()
