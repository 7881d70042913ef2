"""What happened: touches and stage changes. Written once, never changed (law 5)."""

from types import MappingProxyType

from django.db import models
from django.db.models import F, Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.leads.models.lead import Lead
from leadfarm.leads.models.origins import Campaign
from leadfarm.leads.models.people import Contact
from leadfarm.rules.codes import Origin, TouchKind
from leadfarm.rules.touch_kinds import BY_OUR_PEOPLE

# Who registered for an event, came, stayed away or met us there.
OF_EVENTS = (
    *(TouchKind.WEBINAR_REGISTERED, TouchKind.WEBINAR_ATTENDED, TouchKind.WEBINAR_NO_SHOW),
    *(TouchKind.EVENT, TouchKind.EVENT_REGISTERED, TouchKind.EVENT_ATTENDED),
    TouchKind.EVENT_NO_SHOW,
)


class Touch(Walled):
    """One inbound or outbound event, by a human or a machine. Lean: at most 180 bytes on disk.

    Workspace, kind and by_machine fill one eight-byte slot. Who started it is said by the kind.
    """

    kind = models.SmallIntegerField()
    disposition = models.SmallIntegerField(null=True)
    by_machine = models.BooleanField()
    lead = walled_key(Lead)
    contact = walled_key(Contact, null=True)
    happened_at = models.DateTimeField()
    known_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    member = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    campaign = walled_key(Campaign, on_delete=models.DO_NOTHING, null=True)
    # What it is about, by kind: the message, the import, the form.
    ref = models.BigIntegerField(null=True)
    minutes = models.SmallIntegerField(null=True)
    # Heat of the lead after a human touch: answers "how warm was it then".
    heat_after = models.FloatField(null=True)

    append_only = True
    forgets = MappingProxyType({"heat_after": "NULL"})  # who objects to profiling has no heat
    firm_sees = "lead"
    checked_by_set = ("lead", "contact", "member")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_touch_is_known_before_it_is_recorded",
                condition=Q(known_at__lte=F("recorded_at")),
            )
        ]
        indexes = [
            models.Index(fields=["workspace", "lead", "happened_at"], name="touch_by_lead"),
            models.Index(
                fields=["workspace", "campaign", "contact"],
                name="touch_of_event",
                condition=Q(kind__in=[int(kind) for kind in OF_EVENTS], campaign__isnull=False),
            ),
            # Whom have we spoken to? Few touches are ours, by hand: most leads need not be read.
            models.Index(
                fields=["workspace", "lead"],
                name="touch_by_hand",
                condition=Q(kind__in=[int(kind) for kind in BY_OUR_PEOPLE], by_machine=False),
            ),
        ]


class StageChange(Walled):
    """One move of a lead: from where to where, when, by whom and why. The first has no from."""

    lead = walled_key(Lead)
    from_stage = models.PositiveSmallIntegerField(null=True)
    to_stage = models.PositiveSmallIntegerField()
    origin = models.PositiveSmallIntegerField(default=Origin.CAPTURED)
    happened_at = models.DateTimeField()
    known_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    member = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    because = models.CharField(max_length=200)

    append_only = True
    forgets = MappingProxyType({"because": "'Erased on request'"})
    firm_sees = "lead"
    checked_by_set = ("lead", "member")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_stage_change_goes_somewhere_else",
                condition=Q(from_stage=None) | ~Q(from_stage=F("to_stage")),
            ),
            models.CheckConstraint(name="a_stage_change_says_why", condition=~Q(because="")),
        ]
        indexes = [
            models.Index(fields=["workspace", "lead", "happened_at"], name="change_by_lead"),
            models.Index(fields=["workspace", "to_stage", "happened_at"], name="change_by_stage"),
        ]
