"""What a member does with what they are told: reads it, and chooses how it is mailed."""

from collections.abc import Mapping
from datetime import datetime

from leadfarm.access.models import Member, Notification, NotificationChoice
from leadfarm.access.walls import WalledQuerySet
from leadfarm.rules.notifications import ByMail, NotificationKind


def inbox_of(member: Member) -> WalledQuerySet[Notification]:
    """Return what this member was told, in no order."""
    return Notification.objects.of(member.workspace_id).filter(member=member)


def mark_read(member: Member, notification_id: int | None = None, *, now: datetime) -> int:
    """Mark one as read, or all that are not yet; return how many were not."""
    unread = inbox_of(member).filter(read_at=None)
    if notification_id is not None:
        unread = unread.filter(id=notification_id)
    return unread.update(read_at=now)


def mark_unread(member: Member, *, read_at: datetime) -> int:
    """Take back what was marked as read at this moment; return how many."""
    return inbox_of(member).filter(read_at=read_at).update(read_at=None)


def mark_one_unread(member: Member, notification_id: int) -> int:
    """Mark one as not read; return 1, or 0 where it was not read."""
    mine = inbox_of(member).filter(id=notification_id, read_at__isnull=False)
    return mine.update(read_at=None)


def choices_of(member: Member) -> dict[NotificationKind, ByMail]:
    """Return for each kind that this member's role is told of how it is mailed to them."""
    rows = NotificationChoice.objects.of(member.workspace_id).filter(member=member)
    chosen = dict(rows.values_list("kind", "by_mail"))
    kinds = (kind for kind in NotificationKind if member.role in kind.roles)
    return {kind: ByMail(chosen.get(kind, kind.by_mail)) for kind in kinds}


def choose_mails(member: Member, choices: Mapping[NotificationKind, ByMail]) -> None:
    """Let this member be mailed so from now on."""
    rows = [
        NotificationChoice(
            workspace_id=member.workspace_id, member=member, kind=kind, by_mail=by_mail
        )
        for kind, by_mail in choices.items()
    ]
    NotificationChoice.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["workspace", "member", "kind"],
        update_fields=["by_mail"],
    )
