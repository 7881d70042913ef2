"""Who appears in a simulation: invented people at invented companies, each with its truth."""

from leadfarm.simulation.cast.people import Company, Person, companies, person
from leadfarm.simulation.cast.sources import CAMPAIGNS, SOURCES, PlantedSource
from leadfarm.simulation.cast.truth import Fate, Prospect, prospects

__all__ = [
    "CAMPAIGNS",
    "SOURCES",
    "Company",
    "Fate",
    "Person",
    "PlantedSource",
    "Prospect",
    "companies",
    "person",
    "prospects",
]
