"""What every part of an import is handed: where, which file, by which mapping, and the time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from leadfarm.access.models import Workspace
from leadfarm.intake.mapping import Mapping
from leadfarm.intake.models import ImportRun
from leadfarm.rules.business_time import BusinessHours

# An inquiry this fresh is greeted; of older ones a person first says what to do.
FRESH = timedelta(days=3)
RECHECK_MONTHS = 6


@dataclass(frozen=True)
class Job:
    """One run of an import."""

    workspace: Workspace
    run: ImportRun
    mapping: Mapping
    hours: BusinessHours
    now: datetime

    @property
    def half_life(self) -> timedelta:
        """In how much time the heat of a lead halves here."""
        return timedelta(days=self.workspace.half_life_days)

    @property
    def review_at(self) -> datetime:
        """When marketing looks at what came in."""
        return self.now + timedelta(days=self.mapping.review_days)
