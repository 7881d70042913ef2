"""People and companies made up by seed, with the truth of who is the same."""

from leadfarm.project.bench.populations.population import Population
from leadfarm.project.bench.populations.scenarios import SCENARIOS

__all__ = ["SCENARIOS", "Population"]
