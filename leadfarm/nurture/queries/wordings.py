"""The templates programs use: which there are, and what is wrong with those that cannot be sent."""

from collections.abc import Iterable

from leadfarm.outreach.actions.templates import latest_version
from leadfarm.outreach.codes import SourceKind
from leadfarm.outreach.models import Template, TemplateVersion
from leadfarm.outreach.rendering import faults_of


def template_names(workspace_id: int) -> list[str]:
    """Return the names of the templates a message can use."""
    published = TemplateVersion.objects.of(workspace_id).values("template_id")
    named = Template.objects.of(workspace_id).filter(id__in=published, archived_at=None)
    return list(named.order_by("name").values_list("name", flat=True))


def cannot_be_sent(workspace_id: int, names: Iterable[str]) -> dict[str, str]:
    """Return what keeps each of these templates from being sent, by name; only those with faults.

    A template is asked as it is published; one that never was, as it is drafted.
    """
    asked = Template.objects.of(workspace_id).filter(name__in=sorted(names))
    found = {template.name: _fault_of(template) for template in asked}
    return {name: said for name, said in found.items() if said}


def _fault_of(template: Template) -> str:
    version = latest_version(template)
    subject = version.subject if version else template.draft_subject
    body = version.body if version else template.draft_body
    said = " ".join(
        str(each) for each in faults_of(SourceKind(template.source_kind), subject, body)
    )
    if version is None:
        return said or "It is not published yet."
    return said
