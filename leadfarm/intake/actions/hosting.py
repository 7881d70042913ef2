"""Hosted forms of a workspace: made, changed, opened, closed; each change a version."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leadfarm.access.models import Member, Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.hosting.design import Design, read
from leadfarm.intake.models import Form, FormVersion, WebHost
from leadfarm.leads.models import Campaign, Source
from leadfarm.rules.codes import TouchKind


@dataclass(frozen=True)
class Settings:
    """What of a form its visitors do not see: these take effect at once and have no versions."""

    name: str
    slug: str
    kind: TouchKind
    source: Source | None = None
    campaign: Campaign | None = None
    framed_by: tuple[str, ...] = ()

    def columns(self) -> dict[str, object]:
        """Return them as columns of a form."""
        return {
            "name": self.name,
            "slug": self.slug,
            "touch_kind": self.kind,
            "source": self.source,
            "campaign": self.campaign,
            "framed_by": list(self.framed_by),
        }


def make_form(workspace: Workspace, settings: Settings, design: Design, *, now: datetime) -> Form:
    """Make a draft that only members see. Call it inside the workspace."""
    return Form.objects.create(
        workspace=workspace, design=design.as_json(), made_at=now, **settings.columns()
    )


@transaction.atomic
def change_form(
    form: Form, settings: Settings, design: Design, *, by: Member | None, now: datetime
) -> Form:
    """Keep what was changed; a form that was opened gets a new version where visitors see it."""
    held = Form.objects.of(form.workspace_id).select_for_update().get(id=form.id)
    before = read(held.design)
    for name, value in settings.columns().items():
        setattr(held, name, value)
    held.design = design.as_json()
    if not held.is_draft and design != before:
        _keep_version(held, design, by=by, now=now)
    held.save()
    return held


@transaction.atomic
def open_form(form: Form, *, by: Member | None, now: datetime) -> Form:
    """Let the form answer at its address; a closed one opens again as it was left."""
    held = Form.objects.of(form.workspace_id).select_for_update().get(id=form.id)
    held.closed_at = None
    if held.is_draft:
        held.opened_at = now
        _keep_version(held, read(held.design), by=by, now=now)
    held.save()
    return held


def close_form(form: Form, *, now: datetime) -> bool:
    """Close a form: its address answers no more; what was sent through it stays."""
    mine = Form.objects.of(form.workspace_id).filter(pk=form.pk, closed_at=None)
    return mine.exclude(opened_at=None).update(closed_at=now) == 1


def _keep_version(form: Form, design: Design, *, by: Member | None, now: datetime) -> None:
    """Append the version that is in force from now on, and count its wording of consent."""
    last = FormVersion.objects.of(form.workspace_id).filter(form=form, number=form.version).first()
    wording = last.wording_number if last else 0
    if last is None or not design.says_the_same_about_consent(read(last.design)):
        wording += 1
    form.version += 1
    FormVersion.objects.create(
        workspace_id=form.workspace_id,
        form=form,
        number=form.version,
        design=design.as_json(),
        wording_number=wording,
        made_by=by,
        made_at=now,
    )


def add_host(workspace: Workspace, name: str, *, now: datetime) -> WebHost:
    """Name a web host as the workspace's own."""
    host, _ = WebHost.objects.get_or_create(
        workspace=workspace, name=name, defaults={"made_at": now}
    )
    return host


@transaction.atomic
def remove_host(host: WebHost) -> None:
    """Take a host away; raise LeadfarmError while a form leads or shows there."""
    forms = Form.objects.of(host.workspace_id).filter(closed_at=None)
    for form in forms.only("name", "framed_by", "design", "workspace_id"):
        leads_there = str(form.design.get("redirect", "")).startswith(f"{host.origin}/")
        if host.name in form.framed_by or leads_there:
            raise LeadfarmError(
                f"{form.name} uses {host.name}.", "Take the host out of that form first."
            )
    host.delete()
