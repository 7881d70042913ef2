"""What a receipt does not tell of a form that was sent, and who fetched the file it gave."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from leadfarm.access.walls import Walled, walled_key
from leadfarm.consent.models import SignUp
from leadfarm.intake.models.forms import Form
from leadfarm.intake.models.receipts import Receipt
from leadfarm.leads.models import Touch


class Submission(Walled):
    """One form as it was sent, beside its receipt: no word of the sender's stands here."""

    receipt = walled_key(Receipt)
    form = walled_key(Form)
    # The version that was seen; 0 where a program sent it and saw none.
    version = models.PositiveIntegerField(default=0)
    # Keys of the questions that were answered: what need not be asked again.
    answered = ArrayField(models.CharField(max_length=40), default=list)
    # Where from: utm_source and the like, the page before, the page it stood on.
    origin = models.JSONField(default=dict)
    sign_up = walled_key(SignUp, on_delete=models.SET_NULL, null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_receipt_is_of_one_submission", fields=["workspace", "receipt"]
            )
        ]
        indexes = [models.Index(fields=["workspace", "form"], name="submission_by_form")]


class Download(Walled):
    """One request for an offered file. It is an observation until a tick has judged it (law 8)."""

    submission = walled_key(Submission)
    asked_at = models.DateTimeField()
    user_agent = models.CharField(max_length=300, default="")
    # The caller's address without its last part.
    network = models.CharField(max_length=50, default="")
    judged_at = models.DateTimeField(null=True)
    by_machine = models.BooleanField(null=True)
    touch = walled_key(Touch, null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_download_is_judged_whole",
                condition=Q(judged_at=None, by_machine=None, touch=None)
                | Q(judged_at__isnull=False, by_machine__isnull=False)
                & Q(judged_at__gte=F("asked_at")),
            )
        ]
        indexes = [
            models.Index(fields=["workspace", "submission"], name="download_by_submission"),
            models.Index(
                fields=["workspace", "asked_at"],
                name="download_to_judge",
                condition=Q(judged_at=None),
            ),
        ]
