"""Hosted forms: made, closed, and what happens when one is sent."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.consent.actions import Proof
from leadfarm.intake.actions.receiving import Received, receive
from leadfarm.intake.arrival import Arrival, Sent
from leadfarm.intake.codes import Door
from leadfarm.intake.doors import Fault, UnreadableError
from leadfarm.intake.forms import HostedForm
from leadfarm.intake.models import Form
from leadfarm.leads.models import Campaign, Source
from leadfarm.rules.codes import TouchKind

PLAIN = ("given_name", "family_name", "phone", "job_title", "company", "need")


def submit(form: Form, told: dict[str, Any], payload: dict[str, str], *, now: datetime) -> Received:
    """Take in what was sent through a form, with the proof of consent as the person saw it.

    `told` are the fields as read, `payload` all of it as it came.
    """
    kept = json.dumps(payload, ensure_ascii=False)
    arrival = Arrival(Door.FORM, kept, form=form, told=told)
    return receive(form.workspace, arrival, now=now)


def read_form(_workspace: Workspace, arrival: Arrival, _received_at: datetime) -> Sent:
    """Return what a form says; UnreadableError names the fields that cannot be read."""
    if arrival.form is None:
        raise UnreadableError("The form it was sent through is no longer there.")
    if arrival.told is not None:
        return _sent(arrival.form, arrival.told)
    form = HostedForm(arrival.form, json.loads(arrival.payload))
    if not form.is_valid():
        wrong = form.errors.as_data().items()
        raise UnreadableError(*(Fault(name, each.messages[0]) for name, (each, *_) in wrong))
    return _sent(arrival.form, form.cleaned_data)


def _sent(form: Form, told: Mapping[str, Any]) -> Sent:
    agreed = bool(told.get("consent") and form.consent_wording)
    return Sent(
        email=told["email"],
        kind=TouchKind(form.touch_kind),
        **{name: told.get(name, "") for name in PLAIN},
        said=told.get("message", ""),
        source=form.source,
        campaign=form.campaign,
        consent=_proof(form) if agreed else None,
    )


def _proof(form: Form) -> Proof:
    return Proof(
        wording_version=f"form {form.pk}",
        source=f"Form {form.slug}"[:80],
        wording=form.consent_wording,
    )


def make_form(
    workspace: Workspace,
    *,
    name: str,
    slug: str,
    fields: list[str],
    kind: TouchKind,
    source: Source | None,
    campaign: Campaign | None,
    wording: str,
    thanks: str,
    now: datetime,
) -> Form:
    """Make a form that is open from now on. Call it inside the workspace."""
    return Form.objects.create(
        workspace=workspace,
        name=name,
        slug=slug,
        fields=fields,
        touch_kind=kind,
        source=source,
        campaign=campaign,
        consent_wording=wording,
        thanks=thanks,
        made_at=now,
    )


def close_form(form: Form, *, now: datetime) -> None:
    """Close a form: its address answers no more; what was sent through it stays."""
    Form.objects.of(form.workspace_id).filter(pk=form.pk, closed_at=None).update(closed_at=now)
