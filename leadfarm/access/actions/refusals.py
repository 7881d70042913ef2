"""What cannot be done, said so that a person can put it right."""

from leadfarm.engine.errors import LeadfarmError


class Refused(LeadfarmError):
    """An act that the rules of the house do not allow: why, and what to do instead."""
