"""Templates: a draft that may have faults, and versions that have none."""

from datetime import datetime

from django.db import IntegrityError, transaction

from leadfarm.access.actors import Actor
from leadfarm.access.models import Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.outreach.codes import SourceKind
from leadfarm.outreach.models import Link, Template, TemplateVersion
from leadfarm.outreach.rendering import Compiled, Fault, compile_body, faults_of
from leadfarm.rules.consent import Purpose


class FaultyTemplate(LeadfarmError):
    """A template that cannot be published; `faults` lists everything at once."""

    def __init__(self, template: Template, faults: list[Fault]) -> None:
        listed = " ".join(str(fault) for fault in faults)
        super().__init__(f"{template.name} cannot be published. {listed}")
        self.faults = faults


def make_template(
    workspace: Workspace,
    name: str,
    *,
    now: datetime,
    subject: str = "",
    body: str = "",
    source_kind: SourceKind = SourceKind.RICH,
    purpose: Purpose = Purpose.INFORMATION,
) -> Template:
    """Return a new template with its draft; raise LeadfarmError where the name is taken."""
    template = Template(
        workspace=workspace,
        name=name.strip(),
        purpose=purpose,
        source_kind=source_kind,
        draft_subject=subject,
        draft_body=body,
        drafted_at=now,
        made_at=now,
    )
    _insert(template)
    return template


def _insert(template: Template) -> None:
    try:
        with transaction.atomic():
            template.save(force_insert=True)
    except IntegrityError:
        what = f"There is a template named {template.name!r} already."
        raise LeadfarmError(what, "Choose another name, or edit that one.") from None


def save_draft(template: Template, *, subject: str, body: str, now: datetime) -> None:
    """Keep what was written so far; what runs is not touched by it."""
    template.draft_subject, template.draft_body, template.drafted_at = subject, body, now
    template.save(update_fields=["draft_subject", "draft_body", "drafted_at"])


@transaction.atomic
def publish(template: Template, *, by: Actor, now: datetime) -> TemplateVersion:
    """Make the draft the next version, for good; raise FaultyTemplate where it has faults."""
    kind = SourceKind(template.source_kind)
    faults = faults_of(kind, template.draft_subject, template.draft_body)
    if faults:
        raise FaultyTemplate(template, faults)
    Template.objects.of(template.workspace_id).select_for_update().get(id=template.id)
    return _write_version(template, compile_body(kind, template.draft_body), by, now)


def _write_version(
    template: Template, compiled: Compiled, by: Actor, now: datetime
) -> TemplateVersion:
    before = latest_version(template)
    version = TemplateVersion.objects.create(
        workspace_id=template.workspace_id,
        template=template,
        number=before.number + 1 if before else 1,
        source_kind=template.source_kind,
        subject=template.draft_subject,
        body=template.draft_body,
        html=compiled.html,
        text=compiled.text,
        published_at=now,
        published_by_id=by.member_id,
    )
    _number_links(version, compiled.links)
    return version


def _number_links(version: TemplateVersion, links: dict[int, str]) -> None:
    of = version.workspace_id
    Link.objects.bulk_create(
        Link(workspace_id=of, version=version, number=number, url=url, is_hidden=number == 0)
        for number, url in links.items()
    )


def latest_version(template: Template) -> TemplateVersion | None:
    """Return what is sent today under this name; None before the first publishing."""
    versions = TemplateVersion.objects.of(template.workspace_id).filter(template=template)
    return versions.order_by("-number").first()


def archive(template: Template, *, now: datetime) -> None:
    """Take the template out of the list; what was planned with it still goes out."""
    template.archived_at = now
    template.save(update_fields=["archived_at"])


def wording_of(template: Template) -> TemplateVersion:
    """Return the newest wording. LeadfarmError where none is published."""
    version = latest_version(template)
    if version is None:
        raise LeadfarmError(f"“{template.name}” is not published yet.", "Publish it first.")
    return version
