"""What a contact allows, what bars them, and when they may next be touched."""

from leadfarm.consent.models.pace import Pace
from leadfarm.consent.models.permission import Consent, PurposeRule, Suppression
from leadfarm.consent.models.rights import (
    AddressKey,
    Cleaning,
    Erasure,
    PrivacyRequest,
    PrivacyRule,
)

__all__ = [
    "AddressKey",
    "Cleaning",
    "Consent",
    "Erasure",
    "Pace",
    "PrivacyRequest",
    "PrivacyRule",
    "PurposeRule",
    "Suppression",
]
