"""One row as it stands after reading: values under their names, nothing decided yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from leadfarm.rules.codes import FindingSection, TouchKind, VerdictKind
from leadfarm.rules.stages import Stage


@dataclass(slots=True)
class Told:
    """One finding a row tells: where it goes, its value in one of three forms, since when known."""

    section: FindingSection
    field: str
    text: str | None
    number: Decimal | None
    day: date | None
    known_at: datetime


@dataclass(slots=True)
class Record:
    """A row of a file of leads or outcomes."""

    row: int
    external_id: str = ""
    email: str = ""
    full_name: str = ""
    given_name: str = ""
    family_name: str = ""
    phone: str = ""
    phone_key: str | None = None
    job_title: str = ""
    company: str = ""
    company_key: str = ""
    domain: str | None = None
    country: str = ""
    industry: str = ""
    employees: int | None = None
    title: str = ""
    need: str = ""
    source: str = ""
    campaign: str = ""
    entered_at: datetime | None = None
    known_at: datetime | None = None
    touch: TouchKind = TouchKind.LIST_ENTRY
    minutes: int | None = None  # how long they were there
    registered_at: datetime | None = None
    registration: str = ""
    # A stage reached since the workspace went live: by work here, not by files.
    late: Stage | None = None
    late_at: datetime | None = None
    # The row of the import that this one repairs.
    repaired_row: int = 0
    marketing_owner: str = ""
    pd_owner: str = ""
    sales_owner: str = ""
    stage: Stage | None = None
    stage_at: datetime | None = None
    stage_known_at: datetime | None = None
    verdict: VerdictKind | None = None
    reason: str = ""
    amount: Decimal | None = None
    close_on: date | None = None
    lost_to: str = ""
    findings: list[Told] = field(default_factory=list)
    # What its lead is found by; worked out while the chunk before is written.
    words: Sequence[str] = ()

    @property
    def first_at(self) -> datetime | None:
        """When the row first tells of somebody: who attends has registered before."""
        told = [at for at in (self.registered_at, self.entered_at) if at is not None]
        return min(told, default=None)

    @property
    def asks(self) -> bool:
        """Whether somebody came to us: by what the row is, or by registering for it."""
        return self.touch.is_inquiry or self.registered_at is not None

    @property
    def names_a_person(self) -> bool:
        """Whether the row tells who somebody is."""
        return bool(self.email or self.given_name or self.family_name or self.phone)
