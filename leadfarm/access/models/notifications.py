"""What colleagues are told, and by which way each of them wants to hear of it."""

from django.db import models
from django.db.models import Q

from leadfarm.access.models.people import Member
from leadfarm.access.walls import Walled, firms_own, walled_key


class Notification(Walled):
    """One thing one member is told. Numbers only: who reads it sees what stands there by then.

    `subject_id` is the number of a row of the room that told it: which, says the kind.
    """

    member = walled_key(Member)
    kind = models.PositiveSmallIntegerField()
    subject_id = models.BigIntegerField()
    # How many there are of it, where it stands for several: leads of a file.
    many = models.PositiveIntegerField(default=1, db_default=1)
    happened_at = models.DateTimeField()
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    # The mail in which it goes out; empty: in none.
    message_id = models.BigIntegerField(null=True)

    firm_sees = firms_own("member_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_member_is_told_once_of_what_happened",
                fields=["workspace", "member", "kind", "subject_id", "happened_at"],
            ),
            models.CheckConstraint(name="a_notification_is_of_something", condition=Q(many__gte=1)),
        ]
        indexes = [
            models.Index(fields=["workspace", "member", "-told_at", "-id"], name="inbox_by_member"),
            models.Index(
                fields=["workspace", "member"], name="inbox_unread", condition=Q(read_at=None)
            ),
            models.Index(
                fields=["workspace", "told_at"],
                name="notification_to_mail",
                condition=Q(read_at=None, message_id=None),
            ),
            models.Index(
                fields=["workspace", "message_id"],
                name="notification_by_mail",
                condition=Q(message_id__isnull=False),
            ),
        ]


class NotificationChoice(Walled):
    """How a member wants to be mailed of one kind of thing; without a row, as the kind says."""

    member = walled_key(Member)
    kind = models.PositiveSmallIntegerField()
    by_mail = models.PositiveSmallIntegerField()

    firm_sees = firms_own("member_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_member_chooses_once_per_kind", fields=["workspace", "member", "kind"]
            )
        ]
