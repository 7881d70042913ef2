"""Where programs of others and mailboxes hand in: webhook endpoints, IMAP accounts."""

from django.db import models
from django.db.models import Q

from leadfarm.access.walls import Walled, walled_key
from leadfarm.intake.codes import Signing
from leadfarm.leads.models import Campaign, Source


class Endpoint(Walled):
    """An address that another product posts to, and how its JSON is read.

    `mapping` names for each field of `told.FIELDS` the paths to try in turn, or a fixed text.
    """

    name = models.CharField(max_length=120)
    # The part of the address that nobody can guess.
    token = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    # Where the sender's own number of the event stands; empty: in a header, or nowhere.
    key_path = models.CharField(max_length=200, default="", blank=True)
    signing = models.PositiveSmallIntegerField(default=Signing.NONE)
    signature_header = models.CharField(max_length=80, default="", blank=True)
    secret_sealed = models.TextField(default="", blank=True)
    touch_kind = models.PositiveSmallIntegerField()
    source = walled_key(Source, on_delete=models.PROTECT, null=True)
    campaign = walled_key(Campaign, on_delete=models.SET_NULL, null=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="an_endpoint_has_an_address_of_its_own", fields=["workspace", "token"]
            ),
            models.CheckConstraint(
                name="a_signed_endpoint_has_a_secret",
                condition=Q(signing=Signing.NONE) | ~Q(secret_sealed=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Mailbox(Walled):
    """An IMAP account whose new mail is taken in; the cursor says up to which message."""

    address = models.CharField(max_length=254)
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField(default=993)
    user = models.CharField(max_length=254)
    password_sealed = models.TextField()
    folder = models.CharField(max_length=120, default="INBOX")
    source = walled_key(Source, on_delete=models.PROTECT, null=True)
    # The folder's own numbers: another validity means that it was made anew.
    uid_validity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    # Why the last look failed; empty where it did not.
    refusal = models.CharField(max_length=300, default="")
    closed_at = models.DateTimeField(null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_mailbox_is_polled_once",
                fields=["workspace", "host", "user", "folder"],
                condition=Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(name="a_mailbox_has_a_host", condition=~Q(host="")),
        ]

    def __str__(self) -> str:
        return self.address
