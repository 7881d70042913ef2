"""Hosted forms; what people sent through them stands in receipts."""

from django.db import models

from leadfarm.access.walls import Walled, walled_key
from leadfarm.leads.models import Campaign, Source


class Form(Walled):
    """A page anyone may fill in. What it says about consent is kept as each person saw it."""

    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    intro = models.CharField(max_length=400, default="", blank=True)
    # Names of the fields shown, in order; e-mail is always one of them.
    fields = models.JSONField(default=list)
    source = walled_key(Source, on_delete=models.PROTECT, null=True)
    campaign = walled_key(Campaign, on_delete=models.SET_NULL, null=True)
    # What filling it in means: Form, Contact us, Download, Newsletter sign-up.
    touch_kind = models.PositiveSmallIntegerField()
    consent_wording = models.CharField(max_length=600, default="", blank=True)
    thanks = models.CharField(max_length=400, default="", blank=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_form_has_an_address_of_its_own", fields=["slug"])
        ]

    def __str__(self) -> str:
        return self.name
