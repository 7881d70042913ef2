"""Hosted forms: how each looked at any time, where it may be shown, what it gives in return."""

from django.db import models
from django.db.models import Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.leads.models import Campaign, Source


class Form(Walled):
    """A page anyone may fill in. A draft until it is opened; what it looked like then is kept.

    `design` is the version in force as hosting.design reads it, or the draft of the first one.
    """

    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    design = models.JSONField(default=dict)
    # Number of the FormVersion in force; 0: never opened.
    version = models.PositiveIntegerField(default=0)
    source = walled_key(Source, on_delete=models.PROTECT, null=True)
    campaign = walled_key(Campaign, on_delete=models.SET_NULL, null=True)
    # What filling it in means: Form, Contact us, Download, Newsletter sign-up, Event.
    touch_kind = models.PositiveSmallIntegerField()
    # Names of the web hosts whose pages may show it in a frame.
    framed_by = models.JSONField(default=list)
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_form_has_an_address_of_its_own", fields=["slug"]),
            models.CheckConstraint(
                name="an_opened_form_has_a_version",
                condition=Q(opened_at=None, version=0) | Q(opened_at__isnull=False, version__gte=1),
            ),
            models.CheckConstraint(
                name="only_an_opened_form_is_closed",
                condition=Q(closed_at=None) | Q(opened_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_draft(self) -> bool:
        """Return whether nobody outside has seen it yet."""
        return self.opened_at is None

    @property
    def is_open(self) -> bool:
        """Return whether it answers at its address."""
        return self.opened_at is not None and self.closed_at is None


class FormVersion(Walled):
    """What a form looked like and asked from `made_at` on; each wording of consent for ever."""

    form = walled_key(Form)
    number = models.PositiveIntegerField()
    design = models.JSONField()
    # Counts the wordings: two versions that say the same about consent share it.
    wording_number = models.PositiveIntegerField()
    made_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    made_at = models.DateTimeField()

    firm_sees = "nothing"
    append_only = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_form_version_has_its_own_number", fields=["workspace", "form", "number"]
            )
        ]


class WebHost(Walled):
    """A web host of the workspace: its pages may show forms in frames, thanks may lead there."""

    name = models.CharField(max_length=253)
    made_at = models.DateTimeField()

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_host_is_named_once", fields=["workspace", "name"])
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def origin(self) -> str:
        """Return the origin of its pages; only this very machine is trusted without TLS."""
        local = self.name.partition(":")[0] in ("localhost", "127.0.0.1")
        return f"{'http' if local else 'https'}://{self.name}"


class OfferFile(Walled):
    """What a form gives in return: one file, handed out by links that expire."""

    form = walled_key(Form)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_form_gives_one_file", fields=["workspace", "form"]),
            models.CheckConstraint(name="an_offered_file_has_a_name", condition=~Q(name="")),
        ]
