"""The lead and its standing: one record from the first touch to the order (laws 1 and 2)."""

from django.db import models
from django.db.models import F, Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.leads.models.origins import Campaign, Source
from leadfarm.leads.models.people import Account, Contact
from leadfarm.rules.codes import NextKind, Origin, RecheckRule
from leadfarm.rules.stages import OPEN, SLEEPING

OPEN_STAGES = sorted(int(stage) for stage in OPEN)
SLEEPING_STAGES = sorted(int(stage) for stage in SLEEPING)


class Lead(Walled):
    """One pursuit of one need at one account. What is listed and rarely moves."""

    account = walled_key(Account, on_delete=models.SET_NULL, null=True)
    contact = walled_key(Contact, on_delete=models.SET_NULL, null=True)
    external_id = models.CharField(max_length=120, null=True)
    title = models.CharField(max_length=200, default="")
    # What they want solved; a lead without it cannot become Sales-ready (S1-14).
    need = models.CharField(max_length=300, default="")
    source = walled_key(Source, on_delete=models.PROTECT, null=True)
    campaign = walled_key(Campaign, on_delete=models.SET_NULL, null=True)
    origin = models.PositiveSmallIntegerField(default=Origin.CAPTURED)
    previous_lead = walled_key("leads.Lead", on_delete=models.SET_NULL, null=True)

    marketing_owner = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    pd_owner = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    sales_owner = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    # The outside firm that works it: the second wall (law 9).
    firm = walled_key("access.Team", on_delete=models.DO_NOTHING, null=True)

    entered_at = models.DateTimeField()  # happened: the first touch
    known_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    close_on = models.DateField(null=True)
    forecast = models.PositiveSmallIntegerField(null=True)
    # The file it came in with, so that an import can be undone as a whole.
    import_id = models.BigIntegerField(null=True)

    firm_sees = "firm_id = {firm}"
    checked_by_set = (
        *("workspace", "source", "account", "contact"),
        *("marketing_owner", "pd_owner", "sales_owner"),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_lead_is_about_somebody",
                condition=Q(contact__isnull=False)
                | Q(account__isnull=False)
                | Q(external_id__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_lead_per_external_id",
                fields=["workspace", "external_id"],
                condition=Q(external_id__isnull=False),
            ),
            models.CheckConstraint(
                name="a_lead_is_known_before_it_is_recorded",
                condition=Q(known_at__lte=F("recorded_at")),
            ),
            models.CheckConstraint(name="an_amount_is_not_negative", condition=Q(amount__gte=0)),
        ]
        # Each order of the list ends with the lead's number: so do the indexes that serve it.
        indexes = [
            models.Index(
                fields=["workspace", "amount", "id"],
                name="lead_by_amount",
                condition=Q(amount__isnull=False),
            ),
            models.Index(fields=["workspace", "-entered_at", "-id"], name="lead_by_entry"),
            models.Index(fields=["workspace", "contact"], name="lead_by_contact"),
            models.Index(fields=["workspace", "account"], name="lead_by_account"),
            models.Index(
                fields=["workspace", "pd_owner"],
                name="lead_by_pd_owner",
                condition=Q(pd_owner__isnull=False),
            ),
            models.Index(
                fields=["workspace", "sales_owner"],
                name="lead_by_sales_owner",
                condition=Q(sales_owner__isnull=False),
            ),
            models.Index(
                fields=["workspace", "firm"], name="lead_by_firm", condition=Q(firm__isnull=False)
            ),
            models.Index(
                fields=["workspace", "import_id"],
                name="lead_by_import",
                condition=Q(import_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Lead {self.pk}"


class Standing(Walled):
    """What moves often about a lead: stage, whose move, the one next step, heat.

    A narrow row of its own, because a change of heat on a row with many indexes costs five to
    ten times as much.
    """

    lead = models.OneToOneField(
        Lead, on_delete=models.CASCADE, primary_key=True, db_constraint=False
    )
    stage = models.PositiveSmallIntegerField()
    stage_since = models.DateTimeField()
    whose_move = models.PositiveSmallIntegerField()

    next_kind = models.PositiveSmallIntegerField(null=True)
    next_side = models.PositiveSmallIntegerField(null=True)
    next_owner = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    next_why = models.CharField(max_length=200, default="")
    # Empty while the lead is in a program: its wake time lives on the enrolment.
    next_at = models.DateTimeField(null=True)
    task_id = models.BigIntegerField(null=True)
    enrolment_id = models.BigIntegerField(null=True)

    recheck_rule = models.PositiveSmallIntegerField(null=True)
    recheck_on = models.DateField(null=True)
    closed_because = models.CharField(max_length=60, default="")

    # log2(E0) + t0/h as rules/heat.py counts it; empty: never any engagement.
    heat = models.FloatField(null=True)
    fit = models.SmallIntegerField(null=True)
    judgement = models.PositiveSmallIntegerField(null=True)
    # Its contact objects to profiling: the database keeps heat and fit empty (migrations).
    unscored = models.BooleanField(default=False, db_default=False)

    firm_sees = "lead"
    checked_by_set = ("lead", "next_owner")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_open_lead_has_exactly_one_next_step",
                condition=~Q(stage__in=OPEN_STAGES)
                | Q(next_kind__isnull=False)
                & Q(next_kind=NextKind.TASK, task_id__isnull=False, enrolment_id=None)
                & Q(next_at__isnull=False, next_side__isnull=False)
                | Q(next_kind__isnull=False)
                & Q(next_kind=NextKind.ENROLMENT, enrolment_id__isnull=False, task_id=None)
                & Q(next_at=None, next_side__isnull=False)
                | Q(next_kind__isnull=False)
                & Q(next_kind=NextKind.REVIEW, next_at__isnull=False, next_side__isnull=False)
                & Q(task_id=None, enrolment_id=None),
            ),
            models.CheckConstraint(
                name="a_next_step_says_why", condition=Q(next_kind=None) | ~Q(next_why="")
            ),
            models.CheckConstraint(
                name="a_sleeping_lead_has_a_recheck_rule_and_a_reason",
                # A comparison with NULL is no refusal: so the rule is asked for first.
                condition=~Q(stage__in=SLEEPING_STAGES)
                | Q(recheck_rule__isnull=False)
                & ~Q(closed_because="")
                & (
                    Q(recheck_rule__in=[RecheckRule.NEVER, RecheckRule.ON_EVENT])
                    | Q(recheck_on__isnull=False)
                ),
            ),
            models.CheckConstraint(name="fit_is_0_to_100", condition=Q(fit__gte=0, fit__lte=100)),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "stage", "next_at", "lead"], name="standing_by_stage"
            ),
            models.Index(fields=["workspace", "next_at", "lead"], name="standing_by_next"),
            models.Index(fields=["workspace", "-heat", "-lead"], name="standing_by_heat"),
        ]


class GroupMember(Walled):
    """A contact's part in the buying group of a lead, as it is now; findings keep what it was."""

    lead = walled_key(Lead)
    contact = walled_key(Contact)
    role = models.PositiveSmallIntegerField(null=True)
    stance = models.PositiveSmallIntegerField(null=True)
    influence = models.PositiveSmallIntegerField(null=True)
    added_at = models.DateTimeField()

    firm_sees = "lead"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_contact_is_once_in_a_buying_group",
                fields=["workspace", "lead", "contact"],
            )
        ]
        indexes = [models.Index(fields=["workspace", "contact"], name="group_by_contact")]
