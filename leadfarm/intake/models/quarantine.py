"""Whom the quarantine lets in, whatever speaks against them."""

from django.db import models

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key


class LetIn(Walled):
    """A mail host that is never held against anybody: somebody has said so."""

    host = models.CharField(max_length=253)
    since = models.DateTimeField()
    member = walled_key(Member, on_delete=models.DO_NOTHING)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_host_is_let_in_once", fields=["workspace", "host"])
        ]
