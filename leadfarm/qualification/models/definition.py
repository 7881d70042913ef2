"""The sales-ready definition and its signatures: drafted, proposed, in force, retired."""

from django.db import models
from django.db.models import F, Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.rules.codes import Side


class Definition(Walled):
    """One version: criteria (a clause) and what both sides promise. Its state is told by its dates.

    From the proposal on nothing in it changes; it is in force from the second signature until the
    next version is (sql/laws.sql).
    """

    version = models.PositiveSmallIntegerField()
    criteria = models.JSONField()
    promises = models.JSONField()
    # What the change is for, in the words of who proposes it.
    reason = models.CharField(max_length=300, default="")
    drafted_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    drafted_at = models.DateTimeField()
    proposed_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    proposed_at = models.DateTimeField(null=True)
    effective_from = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_version_is_numbered_once", fields=["workspace", "version"]
            ),
            models.UniqueConstraint(
                name="one_definition_is_in_force",
                fields=["workspace"],
                condition=Q(effective_from__isnull=False, retired_at=None),
            ),
            models.UniqueConstraint(
                name="one_definition_waits_for_signatures",
                fields=["workspace"],
                condition=Q(proposed_at__isnull=False, effective_from=None, withdrawn_at=None),
            ),
            models.UniqueConstraint(
                name="one_definition_is_being_drafted",
                fields=["workspace"],
                condition=Q(proposed_at=None, withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="a_definition_is_proposed_then_in_force_then_retired",
                condition=Q(effective_from=None, retired_at=None)
                | Q(
                    proposed_at__isnull=False,
                    effective_from__gte=F("proposed_at"),
                    withdrawn_at=None,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.version}"

    @property
    def state(self) -> str:
        """Return draft, proposed, in force, retired or withdrawn."""
        if self.withdrawn_at:
            return "withdrawn"
        if self.retired_at:
            return "retired"
        if self.effective_from:
            return "in force"
        return "proposed" if self.proposed_at else "draft"


class Signature(Walled):
    """One side's word for one version. Two sides, two members; never taken back."""

    definition = walled_key(Definition)
    member = walled_key(Member, on_delete=models.DO_NOTHING)
    side = models.PositiveSmallIntegerField()
    signed_at = models.DateTimeField()

    append_only = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_side_signs_once", fields=["workspace", "definition", "side"]
            ),
            models.UniqueConstraint(
                name="a_member_signs_for_one_side", fields=["workspace", "definition", "member"]
            ),
            models.CheckConstraint(
                name="marketing_and_sales_sign", condition=Q(side__in=[Side.MARKETING, Side.SALES])
            ),
        ]
