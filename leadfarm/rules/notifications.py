"""What colleagues are told by themselves, and by which way unless they choose otherwise."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from leadfarm.rules.coded import Code
from leadfarm.rules.codes import Role, TaskKind

LEADING = (Role.MARKETER, Role.MANAGER, Role.ADMIN)
SATURDAY = 5
# The inbox fills by the minute; a mail gathers what came within this time of the last one.
MAILS_APART = timedelta(minutes=5)
# What nobody could be mailed about for so long is no news any more.
MAILED_WITHIN = timedelta(days=2)
# An inbox forgets what it was told so long ago.
KEPT_FOR = timedelta(days=180)
# A greeting is announced so long before it is due: at once in working hours, else when they begin.
AHEAD = timedelta(hours=TaskKind.GREET.due_hours)


class ByMail(Code):
    """Whether a notification, besides standing in the inbox, is mailed."""

    AT_ONCE = 1, "At once"
    DAILY = 2, "Once a day"
    OFF = 3, "Not by mail"


class NotificationKind(Code):
    """What happened: as the settings name it, and how it is mailed where nobody has chosen.

    Those that wait for nobody's next mail are urgent. Only the roles named are told of it.
    """

    HAND_RAISED = 1, "Somebody asks for help now", ByMail.AT_ONCE, True, tuple(Role)
    GREET_DUE = 2, "A greeting is due", ByMail.AT_ONCE, False, tuple(Role)
    GREET_OVERDUE = 3, "A greeting is overdue", ByMail.AT_ONCE, False, tuple(Role)
    LEAD_ASSIGNED = 4, "A lead becomes yours", ByMail.DAILY, False, tuple(Role)
    LEADS_IMPORTED = 5, "Leads of a file become yours", ByMail.DAILY, False, tuple(Role)
    IMPORT_FINISHED = 6, "An import of yours is finished", ByMail.AT_ONCE, False, LEADING
    IMPORT_FAILED = 7, "An import of yours failed", ByMail.AT_ONCE, False, LEADING
    WEBHOOK_FAILING = 8, "What a webhook sends cannot be read", ByMail.AT_ONCE, False, LEADING
    MAILBOX_FAILING = 9, "A mailbox cannot be read", ByMail.AT_ONCE, False, LEADING
    STREAM_DRY = 10, "A stream has nothing new for somebody", ByMail.DAILY, False, LEADING
    PROGRAM_COMPLAINTS = 11, "A program draws complaints", ByMail.AT_ONCE, True, LEADING
    # No mail can say it, and afterwards it is no news.
    SENDING_STOPPED = 12, "The mail server takes no mail", ByMail.OFF, False, LEADING

    by_mail: ByMail
    is_urgent: bool
    roles: tuple[Role, ...]


def digest_before(now: datetime, begins: time) -> datetime:
    """Return when the last digest was due: at the beginning of the last working day.

    `now` is in the reader's zone. What was told before that moment belongs into that digest.
    """
    moment = datetime.combine(now.date(), begins, now.tzinfo)
    if moment > now:
        moment -= timedelta(days=1)
    while moment.weekday() >= SATURDAY:
        moment -= timedelta(days=1)
    return moment
