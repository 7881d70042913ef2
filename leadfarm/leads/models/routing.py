"""Who looks after a lead: rules and pools, whose turn it is, who is away, and why it was so."""

from django.db import models
from django.db.models import F, Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, firms_own, walled_key
from leadfarm.leads.models.lead import Lead
from leadfarm.rules.codes import Side

NOBODY_OUTSIDE = "false"


class RoutingRule(Walled):
    """Leads that meet a clause go to a pool: named members with weights, or everybody of a team.

    A rule is never changed: a changed one takes its place, so that what it explained stays true.
    """

    side = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    clause = models.JSONField()
    team = walled_key("access.Team", on_delete=models.CASCADE, null=True)
    made_at = models.DateTimeField()
    made_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    retired_at = models.DateTimeField(null=True)

    firm_sees = NOBODY_OUTSIDE

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_routing_rule_is_for_marketing_pd_or_sales",
                condition=Q(side__in=[Side.MARKETING, Side.PD, Side.SALES]),
            ),
            models.CheckConstraint(name="a_routing_rule_has_a_name", condition=~Q(name="")),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "side", "position"],
                name="rule_in_order",
                condition=Q(retired_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.name


class RoutingSeat(Walled):
    """A member's place in the pool of a rule; with weight 2 they get twice as many."""

    rule = walled_key(RoutingRule)
    member = walled_key(Member)
    weight = models.PositiveSmallIntegerField(default=1)

    firm_sees = NOBODY_OUTSIDE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_member_sits_once_in_a_pool", fields=["workspace", "rule", "member"]
            ),
            models.CheckConstraint(
                name="a_weight_is_1_to_100", condition=Q(weight__gte=1, weight__lte=100)
            ),
        ]


class Turn(Walled):
    """How far a member has come in one pool; the one who is furthest behind is next.

    Without a rule: the pool of everybody of a side, which catches what no rule has placed.
    """

    rule = walled_key(RoutingRule, null=True)
    side = models.PositiveSmallIntegerField()
    member = walled_key(Member)
    turn = models.FloatField()
    given = models.PositiveBigIntegerField(default=0)

    firm_sees = NOBODY_OUTSIDE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_member_has_one_turn_in_a_pool",
                fields=["workspace", "side", "rule", "member"],
                nulls_distinct=False,
            )
        ]


class Workload(Walled):
    """How much a member takes on, when they work, and how much they were given lately.

    An empty limit is none; empty hours and country are the workspace's.
    """

    member = walled_key(Member)
    most_a_day = models.PositiveSmallIntegerField(null=True)
    most_a_week = models.PositiveSmallIntegerField(null=True)
    most_open = models.PositiveIntegerField(null=True)
    works_from = models.TimeField(null=True)
    works_until = models.TimeField(null=True)
    country = models.CharField(max_length=2, default="")

    # Counted while they are given, by whoever gives.
    day = models.DateField(null=True)
    given_today = models.PositiveIntegerField(default=0)
    week = models.DateField(null=True)
    given_this_week = models.PositiveIntegerField(default=0)

    firm_sees = firms_own("member_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_member_has_one_workload", fields=["workspace", "member"]
            ),
            models.CheckConstraint(
                name="a_members_day_ends_after_it_begins",
                condition=Q(works_from=None, works_until=None)
                | Q(works_from__isnull=False, works_until__gt=F("works_from")),
            ),
        ]


class TimeOff(Walled):
    """Days on which a member is away, first and last one included."""

    member = walled_key(Member)
    from_on = models.DateField()
    until_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    # Tasks of these days that were moved or handed over, with how they were before.
    moved = models.JSONField(default=dict)

    firm_sees = firms_own("member_id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="time_off_ends_after_it_begins", condition=Q(until_on__gte=F("from_on"))
            )
        ]
        indexes = [
            models.Index(fields=["workspace", "member", "until_on"], name="time_off_by_member")
        ]


class Assignment(Walled):
    """Why a lead went to whom: one row each time it was given, ids and codes only.

    `reasons` holds, by side, what rules/routing.py says about its choice (`Given.as_json`).
    """

    lead = walled_key(Lead)
    recorded_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    member = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    reasons = models.JSONField()

    append_only = True
    firm_sees = "lead"
    checked_by_set = ("lead", "member")

    class Meta:
        indexes = [models.Index(fields=["workspace", "lead"], name="assignment_by_lead")]
