"""What was learned, and what people said: findings, personal text, comments."""

from django.db import models
from django.db.models import Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, emptied, walled_key
from leadfarm.leads.models.history import Touch
from leadfarm.leads.models.lead import Lead
from leadfarm.leads.models.people import Contact
from leadfarm.rules.codes import Confidence


class PersonalText(Walled):
    """Words that can name a person: notes, quotes, mail bodies, raw payloads, pages read.

    Kept apart from history so that erasure deletes them here and rewrites nothing there.
    """

    KINDS = ("note", "said", "mail", "payload", "comment", "verdict", "finding", "visit")

    kind = models.CharField(max_length=10)
    lead = walled_key(Lead, null=True)
    contact = walled_key(Contact, null=True)
    touch = walled_key(Touch, null=True)
    author = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    body = models.TextField()
    pinned = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    delete_on = models.DateField(null=True)

    firm_sees = "lead"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_personal_text_is_of_a_known_kind",
                condition=Q(
                    kind__in=[
                        *("note", "said", "mail", "payload", "comment", "verdict", "finding"),
                        "visit",
                    ]
                ),
            ),
            models.UniqueConstraint(
                name="a_lead_has_one_pinned_note",
                fields=["workspace", "lead"],
                condition=Q(pinned=True),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "lead", "-written_at"], name="text_by_lead"),
            models.Index(
                fields=["workspace", "touch"],
                name="text_by_touch",
                condition=Q(touch__isnull=False),
            ),
            models.Index(
                fields=["delete_on"], name="text_to_delete", condition=Q(delete_on__isnull=False)
            ),
        ]


class Finding(Walled):
    """One learned fact of the dossier. A newer one of its thread supersedes; none is overwritten.

    The row holds numbers, dates and codes; words lie in a personal text, which erasure may take
    away. `field` names it inside its section, `thread` tells apart what a field can have several
    of (a person's number, or that of the first words); 0 where there is only one.
    """

    lead = walled_key(Lead)
    section = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=60, default="")
    thread = models.BigIntegerField(default=0)
    value_number = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    value_date = models.DateField(null=True)
    value_code = models.PositiveSmallIntegerField(null=True)
    text = walled_key(PersonalText, on_delete=emptied, null=True)
    # It was said in words, even where they have been erased since.
    in_words = models.BooleanField(default=False)
    # "This was wrong": nothing is known of the thread from here on.
    withdrawn = models.BooleanField(default=False)
    confidence = models.PositiveSmallIntegerField(default=Confidence.MEDIUM)
    source = models.CharField(max_length=40, default="")
    touch = walled_key(Touch, on_delete=models.DO_NOTHING, null=True)
    member = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    happened_at = models.DateTimeField()
    known_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    append_only = True
    firm_sees = "lead"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_finding_says_something_or_takes_it_back",
                condition=Q(withdrawn=True)
                | Q(in_words=True)
                | Q(value_number__isnull=False)
                | Q(value_date__isnull=False)
                | Q(value_code__isnull=False),
            ),
            models.CheckConstraint(
                name="a_finding_taken_back_has_no_value",
                condition=Q(withdrawn=False)
                | Q(in_words=False, value_number=None, value_date=None, value_code=None),
            ),
            models.CheckConstraint(
                name="a_finding_is_known_before_it_is_recorded",
                condition=Q(known_at__lte=models.F("recorded_at")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "lead", "section", "field", "thread", "-known_at", "-id"],
                name="finding_by_lead",
            ),
            # An erased text is taken out of the finding that held it.
            models.Index(
                fields=["workspace", "text"],
                name="finding_by_text",
                condition=Q(text__isnull=False),
            ),
        ]

    @property
    def words(self) -> str | None:
        """Return what was said in words; None where nothing was, or the words were erased."""
        return self.text.body if self.text else None


class Comment(Walled):
    """A word between colleagues of marketing, PD and sales about a lead; no prospect sees it."""

    lead = walled_key(Lead)
    author = walled_key(Member, on_delete=models.DO_NOTHING)
    text = walled_key(PersonalText, on_delete=models.SET_NULL, null=True)
    written_at = models.DateTimeField()

    firm_sees = "lead"

    class Meta:
        indexes = [models.Index(fields=["workspace", "lead", "written_at"], name="comment_by_lead")]
