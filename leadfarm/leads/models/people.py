"""Accounts and contacts: who the lead is about."""

from django.db import models
from django.db.models import Q

from leadfarm.access.walls import Walled, walled_key
from leadfarm.rules.names import is_no_number

SEEN_THROUGH_LEADS = (
    "EXISTS (SELECT FROM leads_lead seen WHERE seen.workspace_id = {table}.workspace_id"
    " AND seen.firm_id = {firm} AND "
)

NAMELESS = "Name unknown"


class Account(Walled):
    """A company. Its registrable domain, where it has one, is its name for machines."""

    name = models.CharField(max_length=200)
    # The name without legal form, case and accents: what two spellings share.
    name_key = models.CharField(max_length=200, default="")
    domain = models.CharField(max_length=253, null=True)
    country = models.CharField(max_length=2, default="")
    industry = models.CharField(max_length=80, default="")
    # The industry in our own list, read from the words; None where they say too little.
    sector = models.PositiveSmallIntegerField(null=True)
    employees = models.PositiveIntegerField(null=True)
    recorded_at = models.DateTimeField()
    # When its blanks were last looked at; emptied by the database when what is read changes.
    enriched_at = models.DateTimeField(null=True)

    firm_sees = SEEN_THROUGH_LEADS + "seen.account_id = {table}.id)"
    checked_by_set = ("workspace",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_account_per_domain",
                fields=["workspace", "domain"],
                condition=Q(domain__isnull=False),
            ),
            models.CheckConstraint(name="an_account_is_called_something", condition=~Q(name="")),
        ]
        indexes = [
            models.Index(fields=["workspace", "name_key"], name="account_by_name"),
            models.Index(
                fields=["workspace", "id"],
                name="account_to_enrich",
                condition=Q(enriched_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(Walled):
    """A human being; permanent. The e-mail key is unique: the same address is the same person.

    Phone keys are no unique key: colleagues share a switchboard (docs/decisions/0002).
    """

    account = walled_key(Account, on_delete=models.SET_NULL, null=True)
    given_name = models.CharField(max_length=100, default="")
    family_name = models.CharField(max_length=100, default="")
    job_title = models.CharField(max_length=160, default="")
    # Read from the job title, or told by somebody; None where the title says too little.
    seniority = models.PositiveSmallIntegerField(null=True)
    department = models.PositiveSmallIntegerField(null=True)
    email = models.CharField(max_length=254, default="")
    email_key = models.CharField(max_length=254, null=True)
    phone = models.CharField(max_length=40, default="")
    phone_key = models.CharField(max_length=20, null=True)
    country = models.CharField(max_length=2, default="")
    time_zone = models.CharField(max_length=64, default="")
    recorded_at = models.DateTimeField()
    enriched_at = models.DateTimeField(null=True)  # as on the account
    # They object to profiling: nothing about them is scored, people alone judge.
    no_profiling = models.BooleanField(default=False, db_default=False)
    # Erased on request: the row keeps its number, for history, and nothing else.
    erased_at = models.DateTimeField(null=True)

    firm_sees = (
        SEEN_THROUGH_LEADS
        + "(seen.contact_id = {table}.id OR EXISTS (SELECT FROM leads_groupmember member"
        " WHERE member.workspace_id = seen.workspace_id AND member.lead_id = seen.id"
        " AND member.contact_id = {table}.id)))"
    )
    checked_by_set = ("workspace", "account")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_contact_per_address",
                fields=["workspace", "email_key"],
                condition=Q(email_key__isnull=False),
            ),
            models.CheckConstraint(
                name="an_erased_contact_names_nobody",
                condition=Q(erased_at=None)
                | Q(given_name="", family_name="", job_title="", email="", phone="")
                & Q(email_key=None, phone_key=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace"],
                name="contact_without_profile",
                condition=Q(no_profiling=True),
            ),
            models.Index(
                fields=["workspace", "phone_key"],
                name="contact_by_phone",
                condition=Q(phone_key__isnull=False),
            ),
            models.Index(fields=["workspace", "account"], name="contact_by_account"),
            models.Index(
                fields=["workspace", "id"],
                name="contact_to_enrich",
                condition=Q(enriched_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def phone_fact(self) -> tuple[str, str]:
        """The number as written, marked where it is none, and what calls it (`dial`)."""
        mark = " (no phone number)" if is_no_number(self.phone) else ""
        return self.phone + mark, self.dial

    @property
    def dial(self) -> str:
        """The link that calls: always E.164; empty where a phone could not dial what was typed."""
        return f"tel:{self.phone_key}" if self.phone_key else ""

    @property
    def name(self) -> str:
        """Return the name as people say it; the address where no name is known."""
        nobody = "Erased person" if self.erased_at else NAMELESS
        return f"{self.given_name} {self.family_name}".strip() or self.email or nobody
