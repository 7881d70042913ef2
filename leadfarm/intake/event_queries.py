"""Questions about events: who registered, came, stayed away, walked in, or met us there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from leadfarm.engine.statements import prepared
from leadfarm.intake.models import Event
from leadfarm.intake.sql import statement


class Part(StrEnum):
    """What somebody had to do with an event; each person has one part."""

    ATTENDED = "Attended"
    WALK_IN = "Walked in"
    MET = "Met at the booth"
    NO_SHOW = "Did not come"
    REGISTERED = "Registered"


@dataclass(frozen=True)
class Guest:
    """One person of an event."""

    lead_id: int
    contact_id: int | None
    registered: bool
    attended: bool
    missed: bool
    met: bool
    checked_in_at: datetime | None
    may_take_back: bool
    name: str | None
    email: str | None
    company: str | None
    title: str

    @property
    def part(self) -> Part:
        """Return what they had to do with it: who came and had registered, attended."""
        if self.attended:
            return Part.ATTENDED if self.registered else Part.WALK_IN
        if self.met:
            return Part.MET
        return Part.NO_SHOW if self.missed else Part.REGISTERED

    @property
    def called(self) -> str:
        """Return how to name them."""
        return self.name or self.email or self.title or "Name unknown"


def guests_of(event: Event, words: str = "") -> list[Guest]:
    """Return everybody of an event by family name; with words, those whose line holds them."""
    terms = {
        "workspace": event.workspace_id,
        "campaign": event.campaign_id,
        "event": event.id,
        "words": " ".join(words.lower().split())[:80],
    }
    return [Guest(**row) for row in prepared(statement("guests"), terms)]
