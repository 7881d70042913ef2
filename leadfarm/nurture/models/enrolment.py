"""A lead's place in a program, and the log of the steps it took."""

from django.db import models
from django.db.models import Q

from leadfarm.access.walls import Walled, walled_key
from leadfarm.leads.models import Contact, Lead
from leadfarm.nurture.models.program import Node, Program, ProgramVersion
from leadfarm.rules.coded import Code


class EnrolmentState(Code):
    """The states users know from their sequences (UX 12), and the goal."""

    PENDING = 1, "Pending"
    ACTIVE = 2, "Active"
    PAUSED = 3, "Paused"
    GOAL = 11, "Goal reached"
    REPLIED = 12, "Finished, replied"
    NO_REPLY = 13, "Finished, no reply"
    BOUNCED = 14, "Bounced"
    OPTED_OUT = 15, "Opted out"
    FAILED = 16, "Failed"
    DISABLED = 17, "Taken over"


LIVE = (EnrolmentState.PENDING, EnrolmentState.ACTIVE, EnrolmentState.PAUSED)


class Enrolment(Walled):
    """Narrow on purpose: a step rewrites this row and no other of the lead.

    `waiting` tells the two halves of a step apart: not yet begun, or begun and waiting until
    `wake_at`, for the task, or for one of the touches it listens to.
    """

    program = walled_key(Program)
    version = walled_key(ProgramVersion)
    lead = walled_key(Lead)
    contact = walled_key(Contact, on_delete=models.SET_NULL, null=True)
    node = walled_key(Node)
    state = models.PositiveSmallIntegerField(default=EnrolmentState.ACTIVE)
    waiting = models.BooleanField(default=False)
    wake_at = models.DateTimeField(null=True)
    since = models.DateTimeField()
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # The kind of touch it was woken by; empty while it still listens.
    heard = models.SmallIntegerField(null=True)
    # How many steps it has taken, which numbers its log; and the touch cycle it is in.
    steps = models.PositiveSmallIntegerField(default=0)
    cycle = models.PositiveSmallIntegerField(default=1)
    # It was taken to a newer version: no message that it has had comes again because of that.
    moved = models.BooleanField(default=False, db_default=False)

    firm_sees = "lead"
    checked_by_set = ("node",)
    moved_by_set = ("node",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_lead_is_in_a_program_once",
                fields=["workspace", "lead", "program"],
                condition=Q(state__in=LIVE),
            ),
            models.CheckConstraint(
                name="an_active_enrolment_has_something_to_wait_for",
                condition=~Q(state=EnrolmentState.ACTIVE) | Q(wake_at__isnull=False, ended_at=None),
            ),
            models.CheckConstraint(
                name="an_ended_enrolment_is_not_woken",
                condition=Q(state__in=LIVE, ended_at=None)
                | ~Q(state__in=LIVE) & Q(wake_at=None, ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "node", "wake_at"],
                name="enrolment_due",
                condition=Q(state=EnrolmentState.ACTIVE),
            ),
            models.Index(
                fields=["workspace", "lead"],
                name="enrolment_ended",
                condition=~Q(state__in=LIVE),
            ),
        ]


class StepLog(Walled):
    """One step taken: from which node, by which way, when. Its number makes it unrepeatable."""

    pk = models.CompositePrimaryKey("workspace_id", "enrolment_id", "number")
    enrolment_id = models.BigIntegerField()
    number = models.PositiveSmallIntegerField()
    node_id = models.BigIntegerField()
    at = models.DateTimeField()
    way = models.CharField(max_length=60)

    append_only = True
    checked_by_set = ("workspace",)
    firm_sees = (
        "EXISTS (SELECT FROM nurture_enrolment seen WHERE seen.workspace_id = {table}.workspace_id"
        " AND seen.id = {table}.enrolment_id)"
    )

    class Meta:
        indexes = [models.Index(fields=["workspace", "node_id", "way"], name="step_by_node")]


class Arrival(Walled):
    """A lead to which something human happened: the next tick asks whether a program takes it.

    Written by a trigger on touches, in the transaction that records them; gone once asked.
    """

    pk = models.CompositePrimaryKey("workspace_id", "lead_id")
    lead_id = models.BigIntegerField()

    firm_sees = "lead"
