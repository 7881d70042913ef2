"""What arrived, through whichever door: one row each, kept with its raw payload (S1-4)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.intake.codes import ReceiptState
from leadfarm.intake.models.endpoints import Endpoint, Mailbox
from leadfarm.intake.models.forms import Form
from leadfarm.leads.models import Contact, Lead, PersonalText, Touch


class Receipt(Walled):
    """One arrival: by which door, what was made of it, and why nothing was where nothing was.

    The words lie in `payload`, which goes when its time is over; the row stays. Reasons are whole
    sentences that name fields, never people.
    """

    door = models.PositiveSmallIntegerField()
    # What the sender calls it: the same key at the same door is the same arrival, sent again.
    key = models.CharField(max_length=255, null=True)
    form = walled_key(Form, on_delete=models.SET_NULL, null=True)
    endpoint = walled_key(Endpoint, on_delete=models.SET_NULL, null=True)
    mailbox = walled_key(Mailbox, on_delete=models.SET_NULL, null=True)
    received_at = models.DateTimeField()
    state = models.PositiveSmallIntegerField()
    reasons = ArrayField(models.CharField(max_length=300), default=list)
    # Taken off the list by a person; state and reasons stay as they were.
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)

    lead = walled_key(Lead, null=True)
    contact = walled_key(Contact, on_delete=models.SET_NULL, null=True)
    touch = walled_key(Touch, null=True)
    payload = walled_key(PersonalText, on_delete=models.SET_NULL, null=True)
    # The key that found the contact (MatchBy); empty where nobody was there.
    matched_by = models.PositiveSmallIntegerField(null=True)
    # Opening of the lead, as rules.opening decided it.
    opening = models.PositiveSmallIntegerField(null=True)
    # What the person agreed to, in the words they saw; empty where they agreed to nothing.
    consent_wording = models.CharField(max_length=600, default="")

    firm_sees = "lead"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="an_arrival_is_taken_in_once",
                fields=["workspace", "door", "key"],
                condition=Q(key__isnull=False),
            ),
            models.CheckConstraint(
                name="a_captured_receipt_has_a_touch",
                condition=~Q(state=ReceiptState.CAPTURED)
                | Q(touch__isnull=False, lead__isnull=False, opening__isnull=False),
            ),
            models.CheckConstraint(
                name="a_receipt_that_is_not_captured_says_why",
                condition=Q(state=ReceiptState.CAPTURED) | ~Q(reasons=[]),
            ),
            models.CheckConstraint(
                name="a_captured_receipt_is_not_dismissed",
                condition=~Q(state=ReceiptState.CAPTURED) | Q(dismissed_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "-received_at", "-id"], name="receipt_by_time"),
            models.Index(
                fields=["workspace", "state", "-received_at", "-id"],
                name="receipt_to_judge",
                condition=~Q(state=ReceiptState.CAPTURED),
            ),
            models.Index(
                fields=["workspace", "form"],
                name="receipt_by_form",
                condition=Q(form__isnull=False),
            ),
            *(
                models.Index(
                    fields=["workspace", name],
                    name=f"receipt_by_{name}",
                    condition=Q(**{f"{name}__isnull": False}),
                )
                for name in ("endpoint", "lead", "contact", "touch", "payload")
            ),
        ]
