"""Templates and their versions: the words of a message, fixed once they are published."""

from django.db import models
from django.db.models import Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.outreach.codes import SourceKind
from leadfarm.rules.consent import Purpose


class Template(Walled):
    """A named message. Its draft may have faults; a version has none."""

    name = models.CharField(max_length=120)
    purpose = models.PositiveSmallIntegerField(default=Purpose.INFORMATION)
    source_kind = models.PositiveSmallIntegerField(default=SourceKind.RICH)
    draft_subject = models.CharField(max_length=300, default="")
    draft_body = models.TextField(default="")
    drafted_at = models.DateTimeField()
    made_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_template_is_named_once", fields=["workspace", "name"]),
            models.CheckConstraint(name="a_template_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class TemplateVersion(Walled):
    """One published wording; immutable. Programs point here, so what ran can be read again.

    `html` and `text` are Liquid, compiled from the body when it was published; their links are
    numbered placeholders (Link).
    """

    template = walled_key(Template)
    number = models.PositiveSmallIntegerField()
    source_kind = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    html = models.TextField()
    text = models.TextField()
    published_at = models.DateTimeField()
    published_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)

    append_only = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_version_has_its_own_number", fields=["workspace", "template", "number"]
            )
        ]


class Link(Walled):
    """A link of a template version. Clicks name message and number; the address stays here."""

    version = walled_key(TemplateVersion)
    number = models.PositiveSmallIntegerField()
    url = models.CharField(max_length=2000)
    # A link no human sees: who follows it is a machine (law 8).
    is_hidden = models.BooleanField(default=False)

    append_only = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_link_has_its_own_number", fields=["workspace", "version", "number"]
            )
        ]
