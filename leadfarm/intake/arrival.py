"""What comes through a door: as it came, and as it was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from leadfarm.consent.actions import Proof
from leadfarm.intake.codes import Door
from leadfarm.intake.models import Endpoint, Form, Mailbox
from leadfarm.leads.actions import Fact
from leadfarm.leads.models import Campaign, Source
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Purpose


@dataclass(frozen=True)
class Through:
    """The form somebody sent: the version they saw, what they answered, how they came there."""

    form: Form
    version: int = 0
    answered: tuple[str, ...] = ()
    origin: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """What somebody sent, as it was read; the address is in normal form, or empty."""

    email: str
    kind: TouchKind
    given_name: str = ""
    family_name: str = ""
    phone: str = ""
    job_title: str = ""
    company: str = ""
    country: str = ""
    need: str = ""
    said: str = ""
    # What the sender calls the lead; the same id is the same lead.
    external_id: str = ""
    source: Source | None = None
    campaign: Campaign | None = None
    # The lead that a mail of ours was about, where this answers it.
    answers_lead_id: int | None = None
    # How they agreed to be written to, and for what, where they did.
    consent: Proof | None = None
    purpose: Purpose = Purpose.NEWSLETTER
    # They write that they want no more mail.
    wants_no_mail: bool = False
    # What the dossier learns from it.
    facts: tuple[Fact, ...] = ()
    through: Through | None = None
    # When it was, where the sender says so; None: when it arrived.
    happened_at: datetime | None = None


@dataclass(frozen=True)
class Arrival:
    """One thing through one door: the raw payload, and by what it can be known again.

    `told` is what the door has read of it already, field by field; else its reader reads it.
    """

    door: Door
    payload: str
    key: str = ""
    form: Form | None = None
    endpoint: Endpoint | None = None
    mailbox: Mailbox | None = None
    told: Mapping[str, Any] | None = None
