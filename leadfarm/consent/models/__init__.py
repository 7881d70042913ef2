"""What a contact allows, what bars them, and when they may next be touched."""

from leadfarm.consent.models.pace import Pace
from leadfarm.consent.models.permission import Consent, PurposeRule, Suppression

__all__ = ["Consent", "Pace", "PurposeRule", "Suppression"]
