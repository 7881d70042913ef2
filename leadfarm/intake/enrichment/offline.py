"""The provider that asks nobody: what domains, numbers, titles and industries say themselves."""

from collections.abc import Iterable, Iterator, Sequence

from leadfarm.intake.enrichment import Answer, Company, Person
from leadfarm.rules.codes import Confidence
from leadfarm.rules.profile.codes import ProfileField
from leadfarm.rules.profile.domains import country_of, country_of_phone, name_of
from leadfarm.rules.profile.sectors import read_sector
from leadfarm.rules.profile.titles import read_title

LOW, MEDIUM = Confidence.LOW, Confidence.MEDIUM


class Offline:
    """Reads what is there. A title is likely right; the ending of a domain is hearsay."""

    name = "offline"

    def companies(self, asked: Sequence[Company]) -> Iterable[Answer]:
        """Return industry groups, countries by domain, and names where only a domain is known."""
        for one in asked:
            sector = read_sector(one.industry)
            if sector is not None:
                yield Answer(one.id, ProfileField.SECTOR, str(sector.value), MEDIUM)
            if country := country_of(one.domain):
                yield Answer(one.id, ProfileField.COUNTRY, country, LOW)
            if one.name == one.domain and (name := name_of(one.domain)):
                yield Answer(one.id, ProfileField.NAME, name, LOW)

    def people(self, asked: Sequence[Person]) -> Iterable[Answer]:
        """Return seniority, department and country."""
        for one in asked:
            yield from self._standing(one)
            if country := country_of_phone(one.phone_key):
                yield Answer(one.id, ProfileField.COUNTRY, country, MEDIUM)
            elif country := country_of(one.mail_domain):
                yield Answer(one.id, ProfileField.COUNTRY, country, LOW)

    def _standing(self, one: Person) -> Iterator[Answer]:
        said = read_title(one.job_title)
        if said.seniority is not None:
            yield Answer(one.id, ProfileField.SENIORITY, str(said.seniority.value), MEDIUM)
        if said.department is not None:
            yield Answer(one.id, ProfileField.DEPARTMENT, str(said.department.value), MEDIUM)
