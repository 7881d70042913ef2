"""Events: a webinar, a trade show, a conference, a seminar. Each is a campaign with a day."""

from django.db import models
from django.db.models import F, Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.leads.models import Campaign, Contact, Lead, Touch


class Event(Walled):
    """What a campaign needs to be an event; cost, goal and leads are the campaign's.

    Who registered, came, stayed away or met us stands in the touches of that campaign.
    """

    campaign = walled_key(Campaign)
    kind = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, default="", blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()
    # When those who had registered and did not come were marked.
    closed_at = models.DateTimeField(null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_campaign_is_one_event", fields=["workspace", "campaign"]
            ),
            models.CheckConstraint(
                name="an_event_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ]
        indexes = [models.Index(fields=["workspace", "-starts_at"], name="event_by_day")]


class CheckIn(Walled):
    """Somebody came through the door. It becomes a touch some minutes later; until then it can be
    taken back, because a finger slips.
    """

    event = walled_key(Event)
    contact = walled_key(Contact)
    lead = walled_key(Lead)
    at = models.DateTimeField()
    member = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    touch = walled_key(Touch, on_delete=models.DO_NOTHING, null=True)

    firm_sees = "lead"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="somebody_comes_to_an_event_once", fields=["workspace", "event", "contact"]
            )
        ]
        indexes = [
            models.Index(fields=["at"], name="check_in_to_tell", condition=Q(touch=None)),
        ]
