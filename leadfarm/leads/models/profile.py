"""Where the values on a company or a person come from: who said them, since when, how sure."""

from django.db import models
from django.db.models import Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.leads.models.people import SEEN_THROUGH_LEADS, Account, Contact
from leadfarm.rules.codes import Confidence


class ProfileFact(Walled):
    """One value of a company's or a person's profile, as it was learned. A newer one supersedes.

    The value in force stands on the account or contact itself. Here stand numbers and codes;
    words (a name, a domain) stay there only, since they may name a person.
    """

    account = walled_key(Account, null=True)
    contact = walled_key(Contact, null=True)
    field = models.PositiveSmallIntegerField()
    value_number = models.BigIntegerField(null=True)
    value_code = models.CharField(max_length=12, default="")
    confidence = models.PositiveSmallIntegerField(default=Confidence.MEDIUM)
    source = models.CharField(max_length=40)
    member = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    happened_at = models.DateTimeField()
    known_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    append_only = True
    firm_sees = (
        SEEN_THROUGH_LEADS
        + "(seen.account_id = {table}.account_id OR seen.contact_id = {table}.contact_id"
        " OR EXISTS (SELECT FROM leads_groupmember member"
        " WHERE member.workspace_id = seen.workspace_id AND member.lead_id = seen.id"
        " AND member.contact_id = {table}.contact_id)))"
    )
    checked_by_set = ("account", "contact")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_profile_value_is_of_a_company_or_a_person",
                condition=Q(account=None, contact__isnull=False)
                | Q(account__isnull=False, contact=None),
            ),
            models.CheckConstraint(
                name="a_profile_value_says_where_it_comes_from", condition=~Q(source="")
            ),
            models.CheckConstraint(
                name="a_profile_value_is_known_before_it_is_recorded",
                condition=Q(known_at__lte=models.F("recorded_at")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "account", "field", "-known_at", "-id"],
                name="profile_by_account",
                condition=Q(account__isnull=False),
            ),
            models.Index(
                fields=["workspace", "contact", "field", "-known_at", "-id"],
                name="profile_by_contact",
                condition=Q(contact__isnull=False),
            ),
        ]
