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
from leadfarm.consent.models.signing_up import AskedMail, SignUp

__all__ = [
    "AddressKey",
    "AskedMail",
    "Cleaning",
    "Consent",
    "Erasure",
    "Pace",
    "PrivacyRequest",
    "PrivacyRule",
    "PurposeRule",
    "SignUp",
    "Suppression",
]
