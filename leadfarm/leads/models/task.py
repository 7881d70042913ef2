"""A human step with a due time and, once done, a disposition."""

from django.db import models
from django.db.models import Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.leads.models.history import Touch
from leadfarm.leads.models.lead import Lead
from leadfarm.rules.codes import TaskKind

# Made when somebody comes to us: colleagues are told of them.
ANNOUNCED = [int(TaskKind.GREET), int(TaskKind.QUALIFY)]
NEED_A_DISPOSITION = sorted(int(kind) for kind in TaskKind if kind.needs_disposition)


class Task(Walled):
    """Something one person is to do for one lead. Done and cancelled tasks stay on the record."""

    kind = models.PositiveSmallIntegerField()
    lead = walled_key(Lead)
    owner = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    team = walled_key("access.Team", on_delete=models.SET_NULL, null=True)
    side = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=200)
    script = models.TextField(default="")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # Not shown before this: snoozed, or planned for later.
    not_before = models.DateTimeField(null=True)
    attempt = models.PositiveSmallIntegerField(default=1)

    done_at = models.DateTimeField(null=True)
    done_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    disposition = models.PositiveSmallIntegerField(null=True)
    agreed_on = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    touch = walled_key(Touch, on_delete=models.DO_NOTHING, null=True)
    # The program's step that waits for this task; its tick reads the disposition.
    enrolment_id = models.BigIntegerField(null=True)
    step_key = models.CharField(max_length=60, default="")
    handed_on_at = models.DateTimeField(null=True)

    firm_sees = "lead"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_talk_is_not_done_without_a_disposition",
                condition=Q(done_at=None)
                | Q(disposition__isnull=False)
                | ~Q(kind__in=NEED_A_DISPOSITION),
            ),
            models.CheckConstraint(
                name="a_task_is_done_or_cancelled_not_both",
                condition=Q(done_at=None) | Q(cancelled_at=None),
            ),
            models.CheckConstraint(name="a_task_says_why", condition=~Q(why="")),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "owner", "due_at"],
                name="open_task_by_owner",
                condition=Q(done_at=None, cancelled_at=None),
            ),
            models.Index(
                fields=["workspace", "team", "due_at"],
                name="open_task_by_team",
                condition=Q(done_at=None, cancelled_at=None),
            ),
            models.Index(fields=["workspace", "lead", "made_at"], name="task_by_lead"),
            # Whom to tell of a greeting, or of a raised hand.
            models.Index(
                fields=["workspace", "due_at"],
                name="open_greeting_by_due",
                condition=Q(kind__in=ANNOUNCED, done_at=None, cancelled_at=None),
            ),
            models.Index(
                fields=["workspace", "done_at"],
                name="task_to_hand_on",
                condition=Q(enrolment_id__isnull=False, done_at__isnull=False, handed_on_at=None),
            ),
        ]
