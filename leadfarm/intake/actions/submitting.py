"""Hosted forms: made, closed, and what happens when one is sent."""

from datetime import datetime
from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.consent.actions import Proof, agree
from leadfarm.intake.actions.capture import Captured, Sent, capture
from leadfarm.intake.models import Form
from leadfarm.leads.models import Campaign, Source
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Purpose

PLAIN = ("given_name", "family_name", "phone", "job_title", "company", "need")


def submit(form: Form, told: dict[str, Any], payload: dict[str, str], *, now: datetime) -> Captured:
    """Capture what was sent through a form, with the proof of consent as the person saw it.

    `told` are the fields as read, `payload` all of it as it came. Call it inside the workspace.
    """
    captured = capture(form.workspace, _sent(form, told, payload), now=now)
    if told.get("consent") and form.consent_wording:
        agree(captured.contact, Purpose.NEWSLETTER, _proof(form), happened_at=now, now=now)
    return captured


def _sent(form: Form, told: dict[str, Any], payload: dict[str, str]) -> Sent:
    return Sent(
        email=told["email"],
        kind=TouchKind(form.touch_kind),
        **{name: told.get(name, "") for name in PLAIN},
        said=told.get("message", ""),
        source=form.source,
        campaign=form.campaign,
        payload=payload,
        form_id=form.pk,
        agreed_to=form.consent_wording if told.get("consent") else "",
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
