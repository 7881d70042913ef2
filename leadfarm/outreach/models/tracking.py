"""Clicks as they came in, and what a tick made of them (law 8)."""

from django.db import models
from django.db.models import Q

from leadfarm.access.walls import Walled, walled_key
from leadfarm.outreach.models.message import SEEN_WITH_ITS_MESSAGE, Message


class Click(Walled):
    """One request for a link of a message. It decides nothing until it is judged.

    `network` is the caller's address without its last part: enough to judge, too little to name.
    """

    message = walled_key(Message)
    link_number = models.PositiveSmallIntegerField()
    clicked_at = models.DateTimeField()
    user_agent = models.CharField(max_length=300, default="")
    network = models.CharField(max_length=50, default="")
    judged_at = models.DateTimeField(null=True)
    # MachineBecause; empty once judged: a human.
    machine_because = models.PositiveSmallIntegerField(null=True)

    firm_sees = SEEN_WITH_ITS_MESSAGE

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="only_a_judged_click_can_be_a_machines",
                condition=Q(machine_because=None) | Q(judged_at__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["workspace", "message", "clicked_at"], name="click_by_message"),
            models.Index(
                fields=["workspace", "clicked_at"],
                name="click_to_judge",
                condition=Q(judged_at=None),
            ),
        ]
