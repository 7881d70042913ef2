"""What a chunk leaves while it is being written: the next one is decided on top of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from leadfarm.intake.importing.companies import Account
from leadfarm.intake.importing.people import Contact
from leadfarm.intake.importing.pursuit import Pursuit
from leadfarm.intake.importing.routing import Routing

Value = tuple[str | None, Decimal | None, date | None]
Place = tuple[int, int, str]  # lead, section and field of a finding
Seen = tuple[int, int, datetime]  # lead, kind and instant of a touch


@dataclass(frozen=True)
class Flight:
    """The records a chunk makes or changes, as they will stand, by id; nobody changes them here."""

    accounts: Mapping[int, Account] = field(default_factory=dict)
    contacts: Mapping[int, Contact] = field(default_factory=dict)
    pursuits: Mapping[int, Pursuit] = field(default_factory=dict)
    registered: frozenset[Seen] = frozenset()
    findings: Mapping[Place, Value] = field(default_factory=dict)
    routing: Routing | None = None


# Nothing is in flight: the database knows everything.
GROUND = Flight()
