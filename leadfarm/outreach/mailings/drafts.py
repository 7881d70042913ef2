"""What a draft of a mailing can be made of."""

from django.db.models import QuerySet

from leadfarm.outreach.models import Template, TemplateVersion
from leadfarm.rules.consent import Purpose


def published_templates(workspace_id: int) -> QuerySet[Template]:
    """Return the messages that can be sent to many: published, and of a purpose one can refuse."""
    published = TemplateVersion.objects.of(workspace_id).values("template_id")
    refusable = [purpose for purpose in Purpose if purpose.can_be_refused]
    mine = Template.objects.of(workspace_id).filter(archived_at=None, purpose__in=refusable)
    return mine.filter(id__in=published).order_by("name")
