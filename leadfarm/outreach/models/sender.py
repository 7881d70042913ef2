"""In whose name a workspace writes, and through which server."""

from django.db import models
from django.db.models import Q

from leadfarm.access.walls import Walled
from leadfarm.outreach.codes import Security


class Sender(Walled):
    """Name, address, signature and the postal address the law asks for. One per workspace."""

    from_name = models.CharField(max_length=120)
    from_address = models.CharField(max_length=254)
    reply_to = models.CharField(max_length=254, default="")
    postal_address = models.CharField(max_length=300)
    dkim_selector = models.CharField(max_length=60, default="")
    # Sealed with the installation's key; the public half goes into the domain's DNS.
    dkim_key_sealed = models.TextField(default="")
    dkim_public = models.TextField(default="")
    # What DNS said of the domain when somebody last had it asked.
    dns_findings = models.JSONField(default=list)
    dns_asked_at = models.DateTimeField(null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_sender_per_workspace", fields=["workspace"]),
            models.CheckConstraint(
                name="a_sender_has_an_address_and_a_postal_address",
                condition=Q(from_address__contains="@") & ~Q(postal_address=""),
            ),
        ]

    @property
    def domain(self) -> str:
        """Return the domain that signs."""
        return self.from_address.rpartition("@")[2].lower()


class MailServer(Walled):
    """The SMTP server of a workspace. A demo workspace cannot have one: the database refuses it."""

    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField(default=587)
    security = models.PositiveSmallIntegerField(default=Security.STARTTLS)
    user = models.CharField(max_length=254, default="")
    password_sealed = models.TextField(default="")
    last_sent_at = models.DateTimeField(null=True)
    # The breaker: since when it is open, the last refusal that was about us and not about one
    # address, and when it is tried again.
    stopped_since = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=300, default="")
    retry_at = models.DateTimeField(null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_mail_server_per_workspace", fields=["workspace"]),
            models.CheckConstraint(name="a_mail_server_has_a_host", condition=~Q(host="")),
            models.CheckConstraint(
                name="a_mail_server_that_is_left_alone_is_tried_again",
                condition=Q(stopped_since=None, refused_at=None, retry_at=None)
                | Q(stopped_since__isnull=False, refused_at__isnull=False, retry_at__isnull=False),
            ),
        ]
