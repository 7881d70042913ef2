"""What it costs to be found: money by campaign or source and time."""

from django.db import models
from django.db.models import Q

from leadfarm.access.walls import Walled, walled_key
from leadfarm.leads.models import Campaign, Source


class Spend(Walled):
    """An amount in the workspace's currency, spent evenly from one day to another, both included.

    It belongs to a campaign, or to a source where no campaign is known.
    """

    campaign = walled_key(Campaign, null=True)
    source = walled_key(Source, null=True)
    kind = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    from_day = models.DateField()
    until_day = models.DateField()
    note = models.CharField(max_length=200, default="")
    recorded_at = models.DateTimeField()

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="spend_is_for_a_campaign_or_a_source",
                condition=Q(campaign__isnull=False) ^ Q(source__isnull=False),
            ),
            models.CheckConstraint(name="spend_is_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="spend_ends_after_it_starts",
                condition=Q(until_day__gte=models.F("from_day")),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "campaign", "from_day"], name="spend_by_campaign"),
            models.Index(fields=["workspace", "source", "from_day"], name="spend_by_source"),
        ]
