"""Giving leads to people by rules, places free and turns; what rules/routing.py decides, kept."""

from leadfarm.leads.routing.people import People, people_of
from leadfarm.leads.routing.router import SIDES, PlacesTaken, Router, Standby, facts_of

__all__ = ["SIDES", "People", "PlacesTaken", "Router", "Standby", "facts_of", "people_of"]
