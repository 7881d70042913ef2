"""Giving leads to people by rules, places free and turns; what rules/routing.py decides, kept."""

from leadfarm.leads.routing.people import People, people_of
from leadfarm.leads.routing.router import (
    SIDES,
    PlacesTaken,
    Router,
    Standby,
    Terms,
    facts_of,
    write_down,
)

__all__ = [
    "SIDES",
    "People",
    "PlacesTaken",
    "Router",
    "Standby",
    "Terms",
    "facts_of",
    "people_of",
    "write_down",
]
