"""A sign-up that waits for its confirmation, and mail that somebody has just asked for."""

from django.db import models
from django.db.models import F, Q

from leadfarm.access.walls import Walled, walled_key
from leadfarm.consent.models.permission import Consent
from leadfarm.leads.models import Contact, Lead, PersonalText


class SignUp(Walled):
    """Somebody typed this address and ticked the box; only a confirmation makes it a consent.

    `is_unproven`: nothing else is known of the address, so until the confirmation nothing but
    answers goes there, for whatever purpose.
    """

    contact = walled_key(Contact)
    lead = walled_key(Lead)
    purpose = models.PositiveSmallIntegerField()
    wording_version = models.CharField(max_length=40)
    wording = models.TextField()
    source = models.CharField(max_length=120)
    ip = models.GenericIPAddressField(null=True)
    is_unproven = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    mailed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    consent = walled_key(Consent, on_delete=models.SET_NULL, null=True)

    firm_sees = "lead"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_sign_up_waits_per_contact_and_purpose",
                fields=["workspace", "contact", "purpose"],
                condition=Q(confirmed_at=None),
            ),
            models.CheckConstraint(
                name="a_sign_up_expires_after_it_was_asked",
                condition=Q(expires_at__gt=F("asked_at")),
            ),
            models.CheckConstraint(
                name="a_sign_up_says_which_words_and_where",
                condition=~Q(wording_version="") & ~Q(source=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "contact"],
                name="sign_up_unproven",
                condition=Q(confirmed_at=None, is_unproven=True),
            )
        ]


class AskedMail(Walled):
    """A mail that a contact has just asked for: outreach finds it and puts it into its ledger."""

    lead = walled_key(Lead)
    contact = walled_key(Contact)
    text = walled_key(PersonalText, on_delete=models.SET_NULL, null=True)
    # Why it is never held back: rules.quiet_window.Nature.
    nature = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    planned_at = models.DateTimeField(null=True)

    firm_sees = "lead"

    class Meta:
        indexes = [
            models.Index(
                fields=["workspace", "asked_at"],
                name="asked_mail_to_plan",
                condition=Q(planned_at=None),
            )
        ]
