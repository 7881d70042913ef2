"""Visits to the company's own website: what was agreed to, who came, which pages they read.

Nothing here is made before a visitor agreed. Rows of page views are lean, because there are many:
a visit, a page and a time. Whatever can name somebody goes with the visitor or the contact.
"""

from django.db import models
from django.db.models import F, Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.leads.models import Contact, Lead, Touch


class Website(Walled):
    """What a workspace decided about visits to its website; at most one row."""

    # Stands in the address of the script; it is public and opens nothing.
    key = models.SlugField(max_length=24, db_index=False)
    is_on = models.BooleanField(default=False)
    # Where the script may report from: "https://www.norrvik.example".
    origins = models.JSONField(default=list)
    # False: the site asks by a banner of its own and tells the script what was answered.
    shows_banner = models.BooleanField(default=True)
    wording = models.CharField(max_length=600)
    agree_label = models.CharField(max_length=40)
    refuse_label = models.CharField(max_length=40)
    privacy_url = models.CharField(max_length=300, default="", blank=True)
    # Of the words above: the number of their newest BannerWording.
    version = models.PositiveIntegerField(default=1)
    # Visits of somebody who was never recognised are forgotten after so many days.
    keep_days = models.PositiveSmallIntegerField(default=90)
    made_at = models.DateTimeField()

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_workspace_has_one_website", fields=["workspace"]),
            models.UniqueConstraint(name="a_website_has_a_key_of_its_own", fields=["key"]),
            models.CheckConstraint(
                name="visits_are_kept_between_a_day_and_two_years",
                condition=Q(keep_days__gte=1, keep_days__lte=730),
            ),
        ]


class BannerWording(Walled):
    """The words of the banner as they stood from a moment on: what a proof of consent points to."""

    version = models.PositiveIntegerField()
    wording = models.CharField(max_length=600)
    agree_label = models.CharField(max_length=40)
    refuse_label = models.CharField(max_length=40)
    privacy_url = models.CharField(max_length=300, default="")
    since = models.DateTimeField()
    member = walled_key(Member, on_delete=models.DO_NOTHING, null=True)

    append_only = True
    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_wording_has_one_version", fields=["workspace", "version"]
            )
        ]


class SitePage(Walled):
    """A page of the website: address without query, and its title as last seen."""

    host = models.CharField(max_length=120)
    path = models.CharField(max_length=300)
    title = models.CharField(max_length=200, default="")

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_page_has_one_address", fields=["workspace", "host", "path"]
            )
        ]


class Visitor(Walled):
    """A browser whose owner agreed: the proof of it, and whom we recognised, if anybody.

    After a withdrawal the row stays as proof of both and takes nothing more; its visits are gone.
    """

    key = models.UUIDField()
    wording_version = models.PositiveIntegerField()
    # ConsentSource: our banner, or the site's own.
    agreed_by = models.PositiveSmallIntegerField()
    agreed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField()
    # /24 or /48 of where the consent came from, for a week.
    network = models.CharField(max_length=50, default="")
    contact = walled_key(Contact, null=True)
    recognised_at = models.DateTimeField(null=True)
    # Recognised: by a form, a link in a mail, a signed word of the site.
    recognised_by = models.PositiveSmallIntegerField(null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_visitor_has_one_key", fields=["workspace", "key"]),
            models.CheckConstraint(
                name="a_recognised_visitor_says_when_and_how",
                condition=Q(contact=None)
                | Q(recognised_at__isnull=False, recognised_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "contact"],
                name="visitor_by_contact",
                condition=Q(contact__isnull=False),
            ),
            models.Index(
                fields=["workspace", "last_seen_at"],
                name="visitor_to_forget",
                condition=Q(contact=None),
            ),
        ]


class VisitorClaim(Walled):
    """A visitor came by a link in a mail: theirs, if a human clicked it. A tick finds out."""

    visitor = walled_key(Visitor)
    contact = walled_key(Contact)
    lead = walled_key(Lead)
    message_id = models.BigIntegerField()
    claimed_at = models.DateTimeField()

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_visitor_claims_a_mail_once", fields=["workspace", "visitor", "message_id"]
            )
        ]


class Visit(Walled):
    """Pages read in one go: half an hour without one ends it. One touch on the lead, not many."""

    visitor = walled_key(Visitor)
    contact = walled_key(Contact, null=True)
    lead = walled_key(Lead, null=True)
    touch = walled_key(Touch, on_delete=models.DO_NOTHING, null=True)
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    pages = models.PositiveIntegerField(default=0)
    # How many of them stand on the record of the lead.
    told = models.PositiveIntegerField(default=0)
    by_machine = models.BooleanField(default=False)
    # Host and path of the page that led here, without its query; empty where none is told.
    referrer = models.CharField(max_length=200, default="")
    # The utm_* words of the first page that had any.
    utm = models.JSONField(null=True)
    network = models.CharField(max_length=50, default="")

    firm_sees = "lead"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_visit_ends_after_it_starts", condition=Q(last_at__gte=F("started_at"))
            )
        ]
        indexes = [
            models.Index(fields=["workspace", "visitor", "-last_at"], name="visit_by_visitor"),
            models.Index(
                fields=["workspace", "contact", "-started_at"],
                name="visit_by_contact",
                condition=Q(contact__isnull=False),
            ),
            models.Index(
                fields=["workspace", "started_at"],
                name="visit_to_tell",
                condition=Q(contact__isnull=False, told__lt=F("pages")),
            ),
            models.Index(fields=["last_at"], name="visit_with_network", condition=~Q(network="")),
        ]


class PageView(Walled):
    """One page read in a visit."""

    visit = walled_key(Visit)
    page = walled_key(SitePage)
    seen_at = models.DateTimeField()

    firm_sees = "nothing"

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "visit", "seen_at"], name="view_by_visit"),
            models.Index(fields=["workspace", "page", "seen_at"], name="view_by_page"),
        ]
