"""The quiet window of a contact, as one narrow row that whoever sends must win (law 6)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from leadfarm.access.walls import Walled
from leadfarm.consent.models.seen import SEEN_WITH_ITS_CONTACT
from leadfarm.leads.models import Contact


class Pace(Walled):
    """When a contact may next get an unsolicited touch. No row: never touched, free now.

    Taken by one upsert with `next_free_at <= now` in its WHERE, so that of two workers one wins.
    No column is indexed but the key: every change is a HOT update.
    """

    contact = models.OneToOneField(
        Contact, on_delete=models.CASCADE, primary_key=True, related_name="+", db_constraint=False
    )
    next_free_at = models.DateTimeField()
    # The last unsolicited touches, oldest first, as many as the weekly cap counts.
    recent_at = ArrayField(models.DateTimeField())

    firm_sees = SEEN_WITH_ITS_CONTACT
    checked_by_set = ("contact",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_pace_remembers_at_least_one_touch",
                condition=models.Q(recent_at__len__gte=1),
            )
        ]
