"""How much of the profiles is known, and how much of that enrichment added."""

from dataclasses import dataclass

from django.db import connection

from leadfarm.access.models import Workspace
from leadfarm.intake.enrichment import providers
from leadfarm.intake.sql import statement
from leadfarm.rules.profile.codes import ProfileField


@dataclass(frozen=True)
class Rate:
    """One field of companies or people: how many there are, have a value, and got it filled."""

    company: bool
    field: ProfileField
    total: int
    known: int
    filled: int

    @property
    def before(self) -> float:
        """Return the share known without enrichment."""
        return (self.known - self.filled) / self.total if self.total else 0.0

    @property
    def after(self) -> float:
        """Return the share known now."""
        return self.known / self.total if self.total else 0.0


def fill_rates(workspace: Workspace) -> list[Rate]:
    """Return the rates of every field, companies first; call it inside the workspace."""
    names = [provider.name for provider in providers()]
    with connection.cursor() as cursor:
        cursor.execute(statement("fill_rate"), {"workspace": workspace.id, "providers": names})
        return [Rate(row[0], ProfileField(row[1]), *row[2:]) for row in cursor.fetchall()]
