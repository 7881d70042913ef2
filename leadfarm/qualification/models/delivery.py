"""Deliveries and verdicts: what went to sales, with which evidence, and what sales said."""

from types import MappingProxyType

from django.db import models
from django.db.models import Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, emptied, walled_key
from leadfarm.leads.models import Lead, PersonalText
from leadfarm.qualification.models.definition import Definition
from leadfarm.rules.codes import Code, DisqualifyReason, RecycleReason, RejectReason, VerdictKind

PART = """ || jsonb_build_object('{part}', (
    SELECT coalesce(jsonb_agg(line || '{{"found": "erased"}}'), '[]')
      FROM jsonb_array_elements(coalesce(criteria -> '{part}', '[]')) line))"""
WITHOUT_WORDS = "criteria" + PART.format(part="reasons") + PART.format(part="checks")


class Delivery(Walled):
    """A lead handed to sales under one definition, with the criteria frozen as they were met.

    A misrouted one goes on to the right rep as a delivery of its own that continues the first.
    """

    lead = walled_key(Lead)
    definition = walled_key(Definition, on_delete=models.PROTECT)
    # {"truth", "reasons": [{"sentence", "truth", "found", "evidence"}], "checks": [...]}
    criteria = models.JSONField()
    delivered_to = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    delivered_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    actor_kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    continues = walled_key("qualification.Delivery", on_delete=models.DO_NOTHING, null=True)
    # Set by the database: a lead becomes Sales-ready in the transaction of its delivery only.
    transaction = models.BigIntegerField(null=True, editable=False)

    append_only = True
    # What was met stays; the words that were found go.
    forgets = MappingProxyType({"criteria": WITHOUT_WORDS})
    firm_sees = "lead"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_delivery_is_continued_once", fields=["workspace", "continues"]
            ),
            models.CheckConstraint(
                name="a_delivery_meets_its_definition", condition=Q(criteria__truth="met")
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "lead", "-at"], name="delivery_by_lead"),
            models.Index(fields=["workspace", "definition", "at"], name="delivery_by_definition"),
        ]

    def answer(self) -> "Verdict | None":
        """Return what sales said to it, or None while it waits."""
        said = Verdict.objects.of(self.workspace_id).filter(
            delivery_id=self.pk, kind__in=[VerdictKind.ACCEPTED, VerdictKind.REJECTED]
        )
        return said.select_related("member").first()


def _codes(kind: type[Code]) -> list[int]:
    return [int(code) for code in kind]


class Verdict(Walled):
    """What was said about a lead: accepted, rejected, disqualified or recycled; kept unedited."""

    lead = walled_key(Lead)
    delivery = walled_key(Delivery, on_delete=models.DO_NOTHING, null=True)
    kind = models.PositiveSmallIntegerField()
    reason = models.PositiveSmallIntegerField(null=True)
    # Of a rejection: the criterion, as a number in the frozen list, that sales found not met.
    criterion = models.PositiveSmallIntegerField(null=True)
    text = walled_key(PersonalText, on_delete=emptied, null=True)
    member = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    actor_kind = models.CharField(max_length=12)
    at = models.DateTimeField()

    append_only = True
    firm_sees = "lead"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_delivery_is_answered_once",
                fields=["workspace", "delivery"],
                condition=Q(kind__in=[VerdictKind.ACCEPTED, VerdictKind.REJECTED]),
            ),
            models.CheckConstraint(
                name="acceptance_and_rejection_answer_a_delivery",
                condition=~Q(kind__in=[VerdictKind.ACCEPTED, VerdictKind.REJECTED])
                | Q(delivery__isnull=False),
            ),
            models.CheckConstraint(
                name="a_verdict_has_a_reason_of_its_kind",
                condition=Q(kind=VerdictKind.ACCEPTED, reason__isnull=True)
                | Q(reason__isnull=False)
                & (
                    Q(kind=VerdictKind.REJECTED, reason__in=_codes(RejectReason))
                    | Q(kind=VerdictKind.DISQUALIFIED, reason__in=_codes(DisqualifyReason))
                    | Q(kind=VerdictKind.RECYCLED, reason__in=_codes(RecycleReason))
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "lead", "-at"], name="verdict_by_lead"),
            models.Index(fields=["workspace", "at"], name="verdict_by_time"),
        ]

    def in_words(self) -> str:
        """Return who said it, and when: what the second of two reads."""
        who = self.member.name if self.member else "a program"
        what = VerdictKind(self.kind).label.lower()
        return f"The lead was {what} by {who} on {self.at:%-d %B %Y at %H:%M} UTC."

    def why(self) -> str:
        """Return the reason in words, with the criterion where one was named; "" for acceptance."""
        reasons = VerdictKind(self.kind).reasons
        if reasons is None or self.reason is None:
            return ""
        said = reasons(self.reason).label
        if self.criterion is None or self.delivery is None:
            return said
        return f"{said}: {self.delivery.criteria['reasons'][self.criterion]['sentence']}"
