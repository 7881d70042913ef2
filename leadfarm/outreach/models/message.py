"""The message ledger: one row per outbound message, from the plan to its end (law 7)."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.leads.models import Contact, Lead, PersonalText
from leadfarm.outreach.codes import INSIDE, WAITING, MessageKind, MessageState
from leadfarm.outreach.models.mailing import Mailing
from leadfarm.outreach.models.template import TemplateVersion
from leadfarm.rules.quiet_window import Nature

# outreach_message carries its own wall for firms, which holds inside this look as well.
SEEN_WITH_ITS_MESSAGE = (
    "EXISTS (SELECT FROM outreach_message seen WHERE seen.workspace_id = {table}.workspace_id"
    " AND seen.id = {table}.message_id)"
)
WENT_OUT = [MessageState.SENT, MessageState.BOUNCED]
NEEDS_SOMEBODY = [MessageState.IN_DOUBT, MessageState.FAILED]


class Message(Walled):
    """One message: decided by the row's insert, sent at most once.

    `sending_at` is the durable mark set right before a message is handed over; no index holds it,
    so that the mark is a HOT update. `mail_key` is the Message-ID, fixed with the plan.
    """

    kind = models.PositiveSmallIntegerField()
    state = models.PositiveSmallIntegerField(default=MessageState.PLANNED, db_default=1)
    nature = models.PositiveSmallIntegerField(default=Nature.UNSOLICITED, db_default=1)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Why it is held, failed or was cancelled: HeldBecause, or empty.
    held_because = models.PositiveSmallIntegerField(null=True)
    smtp_code = models.PositiveSmallIntegerField(null=True)
    lead = walled_key(Lead, null=True)
    contact = walled_key(Contact, null=True)
    template_version = walled_key(TemplateVersion, on_delete=models.PROTECT, null=True)
    # What a person wrote for this one message.
    text = walled_key(PersonalText, on_delete=models.SET_NULL, null=True)
    member = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    enrolment_id = models.BigIntegerField(null=True)
    mailing = walled_key(Mailing, null=True)
    step_key = models.CharField(max_length=60, default="", db_default="")
    mail_key = models.UUIDField(db_default=RandomUUID(), editable=False)

    planned_at = models.DateTimeField()
    not_before = models.DateTimeField()
    # When its contact's quiet window was taken for it; empty: still to be taken before sending.
    window_at = models.DateTimeField(null=True)
    lease = models.BigIntegerField(null=True)
    leased_at = models.DateTimeField(null=True)
    sending_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    # Of one that came back: BounceKind; the words stand in `smtp_reply`.
    bounce = models.PositiveSmallIntegerField(null=True)
    # Since when the other side asks us to try again later.
    deferred_since = models.DateTimeField(null=True)
    smtp_reply = models.CharField(max_length=300, default="", db_default="")

    firm_sees = "lead"
    checked_by_set = ("workspace", "lead", "contact", "template_version", "mailing")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_program_plans_a_step_once",
                fields=["workspace", "enrolment_id", "step_key"],
                condition=Q(enrolment_id__isnull=False),
            ),
            models.UniqueConstraint(
                # Of contacts that were merged both may have had it; of one lead nobody twice.
                name="a_mailing_is_written_once_a_lead",
                fields=["workspace", "mailing", "lead"],
                condition=Q(mailing__isnull=False),
            ),
            models.CheckConstraint(
                name="a_message_goes_to_a_contact_of_a_lead_or_to_a_member",
                condition=Q(kind__in=list(INSIDE)) | Q(lead__isnull=False, contact__isnull=False),
            ),
            models.CheckConstraint(
                name="a_sent_message_says_when",
                condition=Q(state__in=WENT_OUT, sent_at__isnull=False)
                | ~Q(state__in=WENT_OUT) & Q(sent_at=None),
            ),
            models.CheckConstraint(
                name="a_bounced_message_says_what_that_means",
                condition=Q(state=MessageState.BOUNCED, bounce__isnull=False)
                | ~Q(state=MessageState.BOUNCED) & Q(bounce=None),
            ),
            models.CheckConstraint(
                name="a_leased_message_names_its_lease",
                condition=~Q(state=MessageState.LEASED)
                | Q(lease__isnull=False, leased_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_message_is_not_due_before_it_is_planned",
                condition=Q(not_before__gte=F("planned_at")),
            ),
        ]
        indexes = [
            # The last mail to a colleague.
            models.Index(
                fields=["workspace", "member", "-planned_at"],
                name="message_to_colleague",
                condition=Q(kind=MessageKind.TO_COLLEAGUE),
            ),
            # What a contact has had already.
            models.Index(
                fields=["workspace", "contact", "template_version"],
                name="message_by_contact",
                condition=Q(template_version__isnull=False),
            ),
            # An answer names the Message-ID it answers.
            models.Index(fields=["workspace", "mail_key"], name="message_by_key"),
            models.Index(
                fields=["workspace", "not_before"],
                name="message_queue",
                condition=Q(state__in=list(WAITING), mailing=None),
            ),
            models.Index(
                fields=["workspace", "not_before"],
                name="mailing_queue",
                condition=Q(state__in=list(WAITING), mailing__isnull=False),
            ),
            models.Index(
                fields=["workspace", "lease"],
                name="message_leased",
                condition=Q(state=MessageState.LEASED),
            ),
            models.Index(
                fields=["workspace", "state", "-planned_at"],
                name="message_for_somebody",
                condition=Q(state__in=NEEDS_SOMEBODY),
            ),
        ]


class MailboxMail(Walled):
    """What a contact of a demo workspace received: its only way of delivery."""

    message = walled_key(Message)
    contact = walled_key(Contact, null=True)
    subject = models.CharField(max_length=998)
    html = models.TextField()
    text = models.TextField()
    headers = models.TextField()
    received_at = models.DateTimeField()

    firm_sees = SEEN_WITH_ITS_MESSAGE

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_message_arrives_once", fields=["workspace", "message"])
        ]
        indexes = [
            models.Index(fields=["workspace", "contact", "-received_at"], name="mailbox_by_contact")
        ]
