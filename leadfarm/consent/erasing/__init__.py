"""Erasing a person: everything that names them goes, what reports count stays."""

from leadfarm.consent.erasing.person import Person, person_of
from leadfarm.consent.erasing.running import erase, what_goes

__all__ = ["Person", "erase", "person_of", "what_goes"]
