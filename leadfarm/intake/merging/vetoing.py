"""Which pairs never merge by themselves, and why: asked of the records as they are now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from leadfarm.consent.models import Suppression
from leadfarm.intake.codes import RecordKind
from leadfarm.intake.models import DuplicatePair
from leadfarm.leads.models import Account, Contact, Lead
from leadfarm.rules.duplicates.vetoes import (
    Company,
    Person,
    vetoes_of_companies,
    vetoes_of_people,
)
from leadfarm.rules.names import own_number


def vetoes_of(workspace_id: int, pairs: Collection[DuplicatePair]) -> dict[int, tuple[str, ...]]:
    """Return by pair the sentences that forbid merging it by itself, in four statements at most.

    A pair with a record that is no longer there has none.
    """
    people = _people(workspace_id, _ids(pairs, RecordKind.CONTACT))
    homes = _companies(workspace_id, _ids(pairs, RecordKind.ACCOUNT))
    found: dict[int, tuple[str, ...]] = {}
    for pair in pairs:
        both = (pair.one, pair.other)
        if pair.kind == RecordKind.CONTACT and people.keys() >= set(both):
            found[pair.id] = vetoes_of_people(people[pair.one], people[pair.other])
        elif pair.kind == RecordKind.ACCOUNT and homes.keys() >= set(both):
            found[pair.id] = vetoes_of_companies(homes[pair.one], homes[pair.other])
    return found


def _ids(pairs: Iterable[DuplicatePair], kind: RecordKind) -> set[int]:
    return {pk for pair in pairs if pair.kind == kind for pk in (pair.one, pair.other)}


def _people(workspace_id: int, ids: set[int]) -> dict[int, Person]:
    if not ids:
        return {}
    numbers, bars = _external_ids(workspace_id, ids), _bars(workspace_id, ids)
    rows = Contact.objects.of(workspace_id).filter(id__in=ids)
    return {
        row.id: Person(
            given_name=row.given_name,
            family_name=row.family_name,
            email=row.email_key or "",
            external_ids=frozenset(numbers.get(row.id, ())),
            is_erased=row.erased_at is not None,
            no_profiling=row.no_profiling,
            bars=frozenset(bars.get(row.id, ())),
        )
        for row in rows
    }


def _external_ids(workspace_id: int, ids: set[int]) -> Mapping[int, set[str]]:
    leads = Lead.objects.of(workspace_id).filter(contact_id__in=ids, external_id__isnull=False)
    rows = leads.select_related("workspace").only("contact_id", "external_id", "workspace__slug")
    found = defaultdict[int, set[str]](set)
    for lead in rows:
        told = lead.external_id or ""
        if lead.contact_id is not None and own_number(lead.workspace.slug, told) is None:
            found[lead.contact_id].add(told)
    return found


def _bars(workspace_id: int, ids: set[int]) -> Mapping[int, set[int]]:
    rows = Suppression.objects.of(workspace_id).filter(contact_id__in=ids, lifted_at=None)
    found = defaultdict(set)
    for contact, reason in rows.values_list("contact_id", "reason"):
        found[contact].add(reason)
    return found


def _companies(workspace_id: int, ids: set[int]) -> dict[int, Company]:
    if not ids:
        return {}
    rows = Account.objects.of(workspace_id).filter(id__in=ids)
    return {row.id: Company(row.name, row.domain or "", row.country) for row in rows}
