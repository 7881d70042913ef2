"""Where touches come from: sources and campaigns. What they cost is intake's to know."""

from django.db import models
from django.db.models import Q

from leadfarm.access.walls import Walled, walled_key
from leadfarm.leads.models.people import SEEN_THROUGH_LEADS


class Source(Walled):
    """A way leads find us: organic search, trade fair, referral. The blank one is a source too."""

    name = models.CharField(max_length=120, blank=True)
    # Who greets a new inquiry from here; empty: the sales owner of the lead.
    greeting_team = walled_key("access.Team", on_delete=models.SET_NULL, null=True)

    firm_sees = SEEN_THROUGH_LEADS + "seen.source_id = {table}.id)"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_source_is_named_once", fields=["workspace", "name"])
        ]

    def __str__(self) -> str:
        return self.name or "Source not given"


class Campaign(Walled):
    """A planned effort: audience, offer, dates, budget and a goal for what a lead may cost."""

    name = models.CharField(max_length=160)
    # What links carry as utm_campaign, in lower case; empty: found by no link.
    code = models.CharField(max_length=80, default="", db_default="", blank=True)
    source = walled_key(Source, on_delete=models.PROTECT, null=True)
    audience = models.CharField(max_length=300, default="")
    offer = models.CharField(max_length=300, default="")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    budget = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    goal_cost_per_qualified = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    firm_sees = SEEN_THROUGH_LEADS + "seen.campaign_id = {table}.id)"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_campaign_is_named_once", fields=["workspace", "name"]),
            models.UniqueConstraint(
                name="a_campaign_code_is_given_once",
                fields=["workspace", "code"],
                condition=~Q(code=""),
            ),
            models.CheckConstraint(
                name="a_campaign_ends_after_it_starts",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
