"""Proof of consent, and what bars a contact or an address."""

from django.db import models
from django.db.models import Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.consent.models.seen import SEEN_WITH_ITS_CONTACT
from leadfarm.leads.models import Contact
from leadfarm.rules.consent import SuppressionReason


class PurposeRule(Walled):
    """What a workspace decided about one purpose; without a row the glossary's default holds."""

    purpose = models.PositiveSmallIntegerField()
    needs_consent = models.BooleanField()
    # A purchase of the last two years, or an inquiry of the last six months, counts as consent.
    implied_counts = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_rule_per_purpose", fields=["workspace", "purpose"])
        ]


class Consent(Walled):
    """One proof: who agreed to what, when, in which words, how. Withdrawal is a date on it.

    The network address can name a person, so the row can be deleted with its contact.
    """

    contact = walled_key(Contact)
    purpose = models.PositiveSmallIntegerField()
    basis = models.PositiveSmallIntegerField()
    # The version of the words that were shown, and the words themselves.
    wording_version = models.CharField(max_length=40)
    wording = models.TextField(default="")
    source = models.CharField(max_length=120)
    ip = models.GenericIPAddressField(null=True)
    # Where the address was confirmed from, and when it had been signed up (double opt-in).
    confirmed_ip = models.GenericIPAddressField(null=True)
    signed_up_at = models.DateTimeField(null=True)
    happened_at = models.DateTimeField()
    known_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # Who wrote it down; empty: the contact's own doing.
    member = walled_key(Member, on_delete=models.DO_NOTHING, null=True)

    firm_sees = SEEN_WITH_ITS_CONTACT

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_consent_is_known_before_it_is_recorded",
                condition=Q(known_at__lte=models.F("recorded_at")),
            ),
            models.CheckConstraint(
                name="a_consent_says_which_words_and_where",
                condition=~Q(wording_version="") & ~Q(source=""),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "contact", "purpose"], name="consent_valid"),
            models.Index(
                fields=["workspace", "expires_at"],
                name="consent_running_out",
                condition=Q(withdrawn_at=None, expires_at__isnull=False),
            ),
        ]


class Suppression(Walled):
    """A bar against touching a contact or an address; lifted, never deleted.

    The address is kept as a keyed hash only, so that it outlives an erasure without naming
    anybody. `purpose` empty: bars every purpose that can be refused.
    """

    contact = walled_key(Contact, on_delete=models.SET_NULL, null=True)
    address_hash = models.CharField(max_length=64, default="")
    reason = models.PositiveSmallIntegerField()
    channel = models.PositiveSmallIntegerField()
    purpose = models.PositiveSmallIntegerField(null=True)
    made_at = models.DateTimeField()
    member = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    # What it came from, by reason: the message that was answered with it.
    message_id = models.BigIntegerField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.CharField(max_length=200, default="")

    firm_sees = SEEN_WITH_ITS_CONTACT

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_suppression_bars_somebody",
                condition=Q(contact__isnull=False) | ~Q(address_hash=""),
            ),
            models.CheckConstraint(
                name="an_erasure_is_never_lifted",
                condition=Q(lifted_at=None) | ~Q(reason=SuppressionReason.ERASED),
            ),
            models.CheckConstraint(
                name="a_lifted_suppression_says_why",
                condition=Q(lifted_at=None) | ~Q(lifted_because=""),
            ),
            models.UniqueConstraint(
                name="a_contact_is_barred_once_per_reason",
                fields=["workspace", "contact", "reason", "purpose"],
                condition=Q(lifted_at=None, contact__isnull=False),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "address_hash"],
                name="suppression_by_address",
                condition=Q(lifted_at=None) & ~Q(address_hash=""),
            )
        ]
