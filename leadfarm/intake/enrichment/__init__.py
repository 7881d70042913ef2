"""Enrichment: blanks on companies and people are filled by providers, never anything else (S1-10).

A provider is asked about many at once and answers what it knows. The one that is always there,
`Offline`, reads domains, numbers and titles and asks nobody. One that asks a service over the
network implements the same two methods, registers itself with `add_provider` in its room's
`AppConfig.ready`, and goes out through a client that refuses private addresses and redirects to
them, since domains come from strangers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from leadfarm.rules.codes import Confidence
from leadfarm.rules.profile.codes import ProfileField


@dataclass(frozen=True, slots=True)
class Company:
    """What a provider is told of a company."""

    id: int
    name: str
    domain: str | None
    industry: str
    country: str


@dataclass(frozen=True, slots=True)
class Person:
    """What a provider is told of a person; no name and no address of theirs."""

    id: int
    job_title: str
    mail_domain: str
    phone_key: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One value: `code` is the number of a code list as text, or a country's two letters."""

    id: int
    field: ProfileField
    code: str
    confidence: Confidence


class Provider(Protocol):
    """Somebody who knows companies and people."""

    name: str

    def companies(self, asked: Sequence[Company]) -> Iterable[Answer]:
        """Return what is known of these companies; what is not known is left out."""

    def people(self, asked: Sequence[Person]) -> Iterable[Answer]:
        """Return what is known of these people; what is not known is left out."""


_providers: dict[str, Provider] = {}


def add_provider(provider: Provider) -> None:
    """Ask this provider too, after those that are there; the same name again replaces it."""
    _providers[provider.name] = provider


def providers() -> list[Provider]:
    """Return who is asked, in order; the first answer to a question counts."""
    return list(_providers.values())
