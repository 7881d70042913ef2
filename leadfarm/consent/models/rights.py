"""Rights and clocks: what people ask of us, what was erased, and how long each thing is kept."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.leads.models import Contact
from leadfarm.rules.privacy import RequestKind, RequestState

UNDER_WAY = [RequestState.OPEN, RequestState.WAITING, RequestState.RUNNING]


class PrivacyRequest(Walled):
    """Somebody uses a right: what they ask, until when it is to be answered, and how it ended.

    An erasure leaves the request without its contact and without its words.
    """

    kind = models.PositiveSmallIntegerField()
    state = models.PositiveSmallIntegerField(default=RequestState.OPEN)
    contact = walled_key(Contact, on_delete=models.SET_NULL, null=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # How they asked, and why: "letter of 3 March".
    note = models.CharField(max_length=300, default="")
    made_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    # An erasure waits until then, as long as the workspace has chosen.
    not_before = models.DateTimeField(null=True)
    steps = models.PositiveSmallIntegerField(default=0)
    steps_done = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    ended_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    outcome = models.CharField(max_length=300, default="")

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_ended_request_says_when",
                condition=Q(state__in=UNDER_WAY, ended_at=None)
                | ~Q(state__in=UNDER_WAY) & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_refused_request_says_why",
                condition=~Q(state=RequestState.REFUSED) | ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="a_request_is_not_due_before_it_was_made",
                condition=Q(due_at__gte=F("asked_at")),
            ),
            models.CheckConstraint(
                name="an_erasure_under_way_knows_whom",
                condition=~Q(kind=RequestKind.ERASURE)
                | ~Q(state__in=[RequestState.WAITING, RequestState.RUNNING])
                | Q(contact__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_request_of_a_kind_at_a_time",
                fields=["workspace", "contact", "kind"],
                condition=Q(state__in=UNDER_WAY, contact__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "due_at"],
                name="request_to_answer",
                condition=Q(state__in=UNDER_WAY),
            ),
            models.Index(fields=["workspace", "-asked_at"], name="request_by_time"),
        ]


class Erasure(Walled):
    """One person erased: numbers and keyed hashes, enough to erase them again after a restore."""

    contacts = ArrayField(models.BigIntegerField())
    hashes = ArrayField(models.CharField(max_length=64))
    request_id = models.BigIntegerField(null=True)
    erased_at = models.DateTimeField()
    # Whoever had it done; the reason is a code of rules.privacy.ErasedBecause.
    member = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    reason = models.PositiveSmallIntegerField()
    # How many rows of which table went, or were emptied.
    counts = models.JSONField(default=dict)

    append_only = True
    firm_sees = "nothing"

    class Meta:
        indexes = [models.Index(fields=["workspace", "-erased_at"], name="erasure_by_time")]


class PrivacyRule(Walled):
    """How long a workspace keeps what, in days; empty: for as long as the record."""

    erasure_wait_days = models.PositiveSmallIntegerField(default=0)
    payload_days = models.PositiveSmallIntegerField(null=True)
    mail_days = models.PositiveSmallIntegerField(null=True)
    note_days = models.PositiveSmallIntegerField(null=True)
    file_days = models.PositiveSmallIntegerField(null=True)
    receipt_days = models.PositiveSmallIntegerField(null=True)
    # Who sleeps without a touch for so many months is proposed for erasure.
    sleeping_months = models.PositiveSmallIntegerField(null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_privacy_rule_per_workspace", fields=["workspace"])
        ]


class Cleaning(Walled):
    """One night's work of the retention clocks: how many of what went. Counts only."""

    cleaned_at = models.DateTimeField()
    counts = models.JSONField(default=dict)

    append_only = True
    firm_sees = "nothing"

    class Meta:
        indexes = [models.Index(fields=["workspace", "-cleaned_at"], name="cleaning_by_time")]


class AddressKey(Walled):
    """The workspace's own key for hashing addresses, sealed with the installation's."""

    sealed = models.TextField()
    made_at = models.DateTimeField()

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_address_key_per_workspace", fields=["workspace"])
        ]
