"""Tokens: how programs come in, each with its rights and no others."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from leadfarm.access.models.people import Member, Team
from leadfarm.access.scopes import Scope
from leadfarm.access.walls import Walled, walled_key


class ApiToken(Walled):
    """A program's way in: named, with scopes, of which only the hash of the secret is kept."""

    name = models.CharField(max_length=80)
    secret_hash = models.CharField(max_length=64)
    # The last letters of the secret: by which its owner knows it again.
    hint = models.CharField(max_length=4)
    scopes = ArrayField(models.PositiveSmallIntegerField())
    # An outside firm's: it sees only the leads the firm works (law 9).
    firm = walled_key(Team, null=True)
    made_by = walled_key(Member, on_delete=models.DO_NOTHING)
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_secret_opens_one_door", fields=["workspace", "secret_hash"]
            ),
            models.CheckConstraint(name="a_token_may_do_something", condition=~Q(scopes=[])),
        ]

    def __str__(self) -> str:
        return self.name

    def may(self, scope: Scope) -> bool:
        """Return whether it has this right."""
        return scope in self.scopes
