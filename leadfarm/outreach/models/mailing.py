"""A one-off mailing: one message to everybody of a segment, a newsletter or an invitation."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.outreach.codes import MailingState
from leadfarm.outreach.models.template import Template, TemplateVersion


class Mailing(Walled):
    """One message to many at once. Whom it reaches is asked when it begins, not when it is planned.

    `audience` is a clause over leads, empty for every lead; `chosen` narrows it to leads picked by
    hand. `until` is when it is no longer true: whoever could not be written to by then is left out.
    """

    name = models.CharField(max_length=120)
    state = models.PositiveSmallIntegerField(default=MailingState.DRAFT)
    template = walled_key(Template, on_delete=models.PROTECT)
    # The wording it was planned with; a newer one of its template changes nothing.
    version = walled_key(TemplateVersion, on_delete=models.PROTECT, null=True)
    audience = models.JSONField(null=True)
    chosen = ArrayField(models.BigIntegerField(), null=True)
    go_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    # Whether its words stand on the public archive page once it has begun.
    in_archive = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    planned_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # How many contacts it did not go to from the start, by HeldBecause.
    left_out = models.JSONField(default=dict)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_mailing_is_named_once", fields=["workspace", "name"]),
            models.CheckConstraint(name="a_mailing_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="a_planned_mailing_says_when_and_with_which_words",
                condition=Q(state=MailingState.DRAFT)
                | Q(go_at__isnull=False, until__isnull=False, version__isnull=False),
            ),
            models.CheckConstraint(
                name="a_mailing_ends_after_it_begins",
                condition=Q(go_at=None) | Q(until=None) | Q(until__gt=F("go_at")),
            ),
            models.CheckConstraint(
                name="a_mailing_under_way_has_begun",
                condition=~Q(state__in=[MailingState.GOING, MailingState.DONE])
                | Q(began_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "go_at"],
                name="mailing_to_begin",
                condition=Q(state=MailingState.PLANNED),
            )
        ]

    def __str__(self) -> str:
        return self.name
