"""Records that may be the same: pairs to judge, merges made, and what the workspace lets happen."""

from django.db import models
from django.db.models import F, Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.intake.codes import PairState, RecordKind
from leadfarm.leads.models import Account, Contact, Lead

ONE_KIND = Q(
    kind=RecordKind.CONTACT, contact__isnull=False, into_contact__isnull=False,
    account=None, into_account=None,
) | Q(
    kind=RecordKind.ACCOUNT, account__isnull=False, into_account__isnull=False,
    contact=None, into_contact=None,
)  # fmt: skip


class DuplicatePair(Walled):
    """Two contacts or two accounts that may be the same, the lower number first.

    What was judged stays judged: "not the same" is remembered and never asked again. The evidence
    names fields and how alike they are, no values of theirs.
    """

    kind = models.PositiveSmallIntegerField()
    one = models.BigIntegerField()
    other = models.BigIntegerField()
    probability = models.FloatField()
    evidence = models.JSONField(default=list)
    state = models.PositiveSmallIntegerField(default=PairState.OPEN)
    relation = models.PositiveSmallIntegerField(null=True)
    found_at = models.DateTimeField()
    judged_at = models.DateTimeField(null=True)
    member = walled_key(Member, on_delete=models.DO_NOTHING, null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_pair_is_asked_about_once", fields=["workspace", "kind", "one", "other"]
            ),
            models.CheckConstraint(
                name="a_pair_is_of_two_in_order", condition=Q(one__lt=F("other"))
            ),
            models.CheckConstraint(
                name="an_open_pair_is_not_judged",
                condition=~Q(state=PairState.OPEN) | Q(judged_at=None),
            ),
            models.CheckConstraint(
                name="a_related_pair_says_how",
                condition=Q(state=PairState.RELATED, relation__isnull=False)
                | ~Q(state=PairState.RELATED) & Q(relation=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "kind", "-probability", "id"],
                name="pairs_to_judge",
                condition=Q(state=PairState.OPEN),
            ),
            models.Index(fields=["workspace", "kind", "other"], name="pairs_by_other"),
        ]


class Merge(Walled):
    """One record taken into another. The row of the former stays: its address still finds it.

    `moved` holds the ids of what was pointed to the survivor, by table and column; `before` the
    survivor's values that were replaced. Both are all that undoing needs. These values are
    personal: their clock empties them, and from then on the merge of two people stands for good.
    """

    FOR_GOOD = "for_good"  # the key of `made` that says so

    kind = models.PositiveSmallIntegerField()
    contact = walled_key(Contact, null=True)
    into_contact = walled_key(Contact, null=True)
    account = walled_key(Account, null=True)
    into_account = walled_key(Account, null=True)
    moved = models.JSONField(default=dict)
    made = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    probability = models.FloatField(null=True)
    # Empty: done by itself, above the workspace's threshold.
    member = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_merge_is_of_one_kind", condition=ONE_KIND),
            models.UniqueConstraint(
                name="a_contact_is_merged_once",
                fields=["workspace", "contact"],
                condition=Q(undone_at=None, contact__isnull=False),
            ),
            models.UniqueConstraint(
                name="an_account_is_merged_once",
                fields=["workspace", "account"],
                condition=Q(undone_at=None, account__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "into_contact"],
                name="merge_by_contact",
                condition=Q(undone_at=None, into_contact__isnull=False),
            ),
            models.Index(
                fields=["workspace", "into_account"],
                name="merge_by_account",
                condition=Q(undone_at=None, into_account__isnull=False),
            ),
        ]


class LeadJoin(Walled):
    """A lead that rests because another of the same person goes on with its need.

    Its touches stay as they were written, and so does its address. Splitting wakes it, and its
    next step comes back as far as it can: so the join keeps whose that was and when.
    """

    lead = walled_key(Lead)
    into_lead = walled_key(Lead)
    member = walled_key(Member, on_delete=models.DO_NOTHING)
    joined_at = models.DateTimeField()
    split_at = models.DateTimeField(null=True)
    # The stage and the next step the lead had: a task's number where it was a task.
    was_stage = models.PositiveSmallIntegerField()
    was_side = models.PositiveSmallIntegerField()
    was_owner = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    was_at = models.DateTimeField(null=True)
    was_task_id = models.BigIntegerField(null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_lead_is_joined_once",
                fields=["workspace", "lead"],
                condition=Q(split_at=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "into_lead"],
                name="joins_by_lead",
                condition=Q(split_at=None),
            )
        ]


class DuplicateRule(Walled):
    """From which probability a workspace merges by itself; without a row, or empty, never."""

    merge_from = models.FloatField(null=True)
    looked_at = models.DateTimeField(null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_rule_for_duplicates", fields=["workspace"]),
            models.CheckConstraint(
                name="only_what_is_almost_sure_merges_by_itself",
                condition=Q(merge_from=None) | Q(merge_from__gte=0.9, merge_from__lte=1.0),
            ),
        ]
