"""Rests of one lead in a program: begun by a person, over on a day, or sooner by hand."""

from django.db import models
from django.db.models import F, Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.nurture.models.enrolment import Enrolment


class Pause(Walled):
    """One rest. It names its end, so that nobody is forgotten; `over_at` empty: it lasts."""

    enrolment = walled_key(Enrolment)
    began_at = models.DateTimeField()
    until = models.DateTimeField()
    over_at = models.DateTimeField(null=True)
    by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)

    firm_sees = (
        "EXISTS (SELECT FROM nurture_enrolment seen WHERE seen.workspace_id = {table}.workspace_id"
        " AND seen.id = {table}.enrolment_id)"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_lead_rests_once_at_a_time",
                fields=["workspace", "enrolment"],
                condition=Q(over_at=None),
            ),
            models.CheckConstraint(
                name="a_rest_ends_after_it_begins", condition=Q(until__gt=F("began_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "until"], name="rest_over", condition=Q(over_at=None))
        ]
