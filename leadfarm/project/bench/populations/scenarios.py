"""Every made-up table by its name."""

from collections.abc import Callable
from random import Random

from leadfarm.project.bench.populations import companies, people
from leadfarm.project.bench.populations.population import Population

SCENARIOS: dict[str, Callable[[Random, int], Population]] = {
    "contacts": people.contacts,
    "contacts of few names": people.contacts_of_few_names,
    "voters": people.voters,
    "born": people.born,
    "lives": people.lives,
    "accounts": companies.accounts,
    "organisations": companies.organisations,
    "shops": companies.shops,
    "sites": companies.sites,
    "names only": companies.names_only,
}
