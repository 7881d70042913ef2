"""Saved views of the lead list: a clause, columns and a sort under a name."""

from django.db import models

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, firms_own, walled_key


class SavedView(Walled):
    """A tab above the list; its owner's own, or shared with everybody."""

    name = models.CharField(max_length=60)
    owner = walled_key(Member, on_delete=models.CASCADE)
    shared = models.BooleanField(default=False)
    clause = models.JSONField(null=True)
    columns = models.JSONField(default=list)
    sort = models.CharField(max_length=30, default="")
    layout = models.CharField(max_length=10, default="list")
    position = models.PositiveSmallIntegerField(default=0)

    # The name of a view can name a prospect: a firm sees only its own people's.
    firm_sees = firms_own("owner_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_view_is_named_once_per_owner", fields=["workspace", "owner", "name"]
            )
        ]
