"""How fast a workspace may send, whether it may at all, and how much it has sent."""

from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.rules.sending_pace import Limits, Pace, WarmUp

LIMITS = ("minute", "hour", "day", "domain_minute", "domain_hour", "domain_day")


class SendingRule(Walled):
    """The limits of the mailbox and of each domain of recipients, and the pause of everything.

    An empty limit is none. While a new mailbox is warmed up, its limit a day is where that ends.
    """

    minute = models.PositiveIntegerField(null=True)
    hour = models.PositiveIntegerField(null=True)
    day = models.PositiveIntegerField(null=True)
    domain_minute = models.PositiveIntegerField(null=True)
    domain_hour = models.PositiveIntegerField(null=True)
    domain_day = models.PositiveIntegerField(null=True)
    warm_up_from = models.DateField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_sending_rule_per_workspace", fields=["workspace"]),
            models.CheckConstraint(
                name="a_limit_of_sending_lets_something_through",
                condition=~Q(minute=0) & ~Q(hour=0) & ~Q(day=0)
                & ~Q(domain_minute=0) & ~Q(domain_hour=0) & ~Q(domain_day=0),
            ),
            models.CheckConstraint(
                name="a_warm_up_ends_at_a_limit_of_the_day",
                condition=Q(warm_up_from=None) | Q(day__isnull=False),
            ),
            models.CheckConstraint(
                name="a_pause_of_sending_says_who",
                condition=Q(paused_at=None, paused_by=None)
                | Q(paused_at__isnull=False, paused_by__isnull=False),
            ),
        ]  # fmt: skip

    @property
    def limits_something(self) -> bool:
        """Say whether there is any limit to be kept."""
        return any(getattr(self, name) is not None for name in LIMITS)

    @property
    def warm_up(self) -> WarmUp | None:
        """Return the plan of a mailbox that is being warmed up."""
        if self.warm_up_from is None or self.day is None:
            return None
        return WarmUp(self.warm_up_from, self.day)

    def of_mailbox(self, zone: ZoneInfo) -> Pace:
        """Return the limits of the mailbox."""
        return Pace(Limits(self.minute, self.hour, self.day), zone, self.warm_up)

    def of_domain(self, zone: ZoneInfo) -> Pace:
        """Return the limits of each domain of recipients."""
        return Pace(Limits(self.domain_minute, self.domain_hour, self.domain_day), zone)


class Outflow(Walled):
    """What has gone to a domain, and what was promised; the empty domain is the mailbox itself.

    Each book counts three: in the minute, the hour and the day of its moment. Kept where limits
    are; whoever claims messages locks the mailbox's first.
    """

    domain = models.CharField(max_length=253)
    used_at = models.DateTimeField()
    used = ArrayField(models.PositiveIntegerField(), size=3)
    promised_at = models.DateTimeField()
    promised = ArrayField(models.PositiveIntegerField(), size=3)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_domain_has_one_book_of_sending", fields=["workspace", "domain"]
            ),
            models.CheckConstraint(
                name="a_book_counts_minute_hour_and_day",
                condition=Q(used__len=3, promised__len=3),
            ),
        ]
