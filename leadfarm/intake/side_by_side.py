"""Pairs as they are laid out for a judge: evidence, vetoes, and the two records field by field."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from leadfarm.access.models import Workspace
from leadfarm.intake.codes import RecordKind, Relation
from leadfarm.intake.merging.automatic import suggested
from leadfarm.intake.merging.following import Record
from leadfarm.intake.merging.taking import FIELDS
from leadfarm.intake.merging.vetoing import vetoes_of
from leadfarm.intake.models import DuplicatePair
from leadfarm.leads.models import Account, Contact, Lead
from leadfarm.ui.words import country

# From how many bits on evidence is called strong, and plain; what is left is a little.
STRONG, PLAIN = 6.0, 2.0
# By which address or domain each kind is known; who keeps it, stays.
KNOWN_BY = {
    RecordKind.CONTACT: ("email", "Primary e-mail"),
    RecordKind.ACCOUNT: ("domain", "Domain"),
}
CALLED = {"account": "Company"}


@dataclass(frozen=True)
class Row:
    """One field of both records: its name in the form, its label, and (id, value) of each."""

    name: str
    label: str
    values: list[tuple[int, str]]

    @property
    def is_same(self) -> bool:
        """Return whether both say the same: then there is nothing to choose."""
        return len({value for _, value in self.values}) == 1


@dataclass(frozen=True)
class Side:
    """A pair as it is laid out: the evidence, the two records, and their fields in rows."""

    pair: DuplicatePair
    records: list[Record]
    survivor: int
    known_by: Row | None
    rows: list[Row]
    vetoes: tuple[str, ...]
    leads: list[int]
    addresses: list[str]

    @property
    def percent(self) -> int:
        """Return the probability in whole per cent, never 100: nothing is certain."""
        return min(99, int(self.pair.probability * 100))

    @property
    def noun(self) -> str:
        """Return what the two may be one of."""
        return "person" if self.pair.kind == RecordKind.CONTACT else "company"

    @property
    def reasons(self) -> list[tuple[str, bool]]:
        """Return the evidence in words, the weightiest first, and whether it speaks for it."""
        return [
            (f"{field}: {says}, {_weight_in_words(bits)}", bits > 0)
            for field, says, bits in self.pair.evidence
        ]

    @property
    def relations(self) -> list[Relation]:
        """Return how two records of this kind may hang together."""
        return [each for each in Relation if each.of == self.pair.kind]


def laid_out(workspace: Workspace, pairs: list[DuplicatePair]) -> list[Side]:
    """Return the pairs whose records are both there, in at most nine statements for all."""
    there: dict[tuple[int, int], Record] = {}
    ids = {
        kind: {pk for pair in pairs if pair.kind == kind for pk in (pair.one, pair.other)}
        for kind in RecordKind
    }
    people = Contact.objects.of(workspace).filter(id__in=ids[RecordKind.CONTACT])
    there |= {(RecordKind.CONTACT, row.id): row for row in people.select_related("account")}
    homes = Account.objects.of(workspace).filter(id__in=ids[RecordKind.ACCOUNT])
    there |= {(RecordKind.ACCOUNT, row.id): row for row in homes}
    whole = [
        pair for pair in pairs if {(pair.kind, pair.one), (pair.kind, pair.other)} <= set(there)
    ]
    vetoes, leads = vetoes_of(workspace.id, whole), _leads_of(workspace, ids)
    return [_side(workspace, pair, there, vetoes.get(pair.id, ()), leads) for pair in whole]


def _leads_of(workspace: Workspace, ids: dict[RecordKind, set[int]]) -> dict[tuple[int, int], int]:
    """Return how many leads hang on each of these people and companies, by kind and id."""
    found: dict[tuple[int, int], int] = {}
    for kind, column in ((RecordKind.CONTACT, "contact_id"), (RecordKind.ACCOUNT, "account_id")):
        if wanted := ids[kind]:
            leads = Lead.objects.of(workspace).filter(**{f"{column}__in": wanted})
            counted = leads.values_list(column).annotate(many=Count("id")).order_by(column)
            found |= {(kind, pk): many for pk, many in counted}
    return found


def _side(
    workspace: Workspace,
    pair: DuplicatePair,
    there: dict[tuple[int, int], Record],
    vetoes: tuple[str, ...],
    leads: dict[tuple[int, int], int],
) -> Side:
    kind = RecordKind(pair.kind)
    both = [there[pair.kind, pair.one], there[pair.kind, pair.other]]
    name, label = KNOWN_BY[kind]
    rows = [_row(field, both) for field in FIELDS[kind]]
    known = [(row.pk, getattr(row, name) or "") for row in both]
    return Side(
        pair,
        both,
        suggested(workspace, pair).survivor_id,
        Row(name, label, known) if any(value for _, value in known) else None,
        [row for row in rows if any(value for _, value in row.values)],
        vetoes,
        [leads.get((kind, row.pk), 0) for row in both],
        [_address(workspace, kind, row.pk) for row in both],
    )


def _address(workspace: Workspace, kind: RecordKind, pk: int) -> str:
    page = "contact" if kind == RecordKind.CONTACT else "account"
    return reverse(f"leads:{page}", kwargs={"workspace": workspace.slug, f"{page}_id": pk})


def _row(field: str, both: list[Record]) -> Row:
    shown = field.removesuffix("_id")
    say = country if shown == "country" else str
    values = [(record.pk, say(getattr(record, shown) or "")) for record in both]
    return Row(field, CALLED.get(shown, shown.replace("_", " ").capitalize()), values)


def _weight_in_words(bits: float) -> str:
    size = abs(bits)
    much = "strongly " if size >= STRONG else "" if size >= PLAIN else "a little "
    return f"speaks {much}{'for' if bits > 0 else 'against'} it"
