"""bench dedupe: how many true duplicates of a file are found, how many found are true."""

from collections.abc import Iterator
from pathlib import Path

from leadfarm.intake.duplicates import find, grouped, pairs_of
from leadfarm.project.bench import people
from leadfarm.project.bench.figure import Figure, Meter
from leadfarm.project.bench.labels import (
    Columns,
    Pairs,
    columns_of_truth,
    pairs_by_column,
    pairs_by_labels,
    read_columns,
)

GOAL = "f1 >= 0.95"
SPEED = "100,000 in <= 15 s, 1,000,000 in <= 4 min"
THREADS = 2
ONE_IN = 10  # has a second record


def run(leads: int, base: int) -> Iterator[Figure]:
    """Look for duplicates among `leads` generated contacts, each tenth there twice; no `base`."""
    many = leads * ONE_IN // (ONE_IN + 1)
    rows = [people.person(number) for number in range(many)]
    rows += [_second(rows[at]) for at in range(0, many, ONE_IN)]
    cells = dict(zip(people.COLUMNS, map(list, zip(*rows, strict=True)), strict=True))
    true = {(at, many + at // ONE_IN) for at in range(0, many, ONE_IN)}
    seen = {name: cells[name] for name in people.COLUMNS if name not in _NOT_ON_A_CONTACT}
    figure = measured(seen, true, "generated contacts", THREADS)
    figure.goal = SPEED
    yield figure


_NOT_ON_A_CONTACT = ("Need", "Source", "Created date")


def _second(person: tuple[str, ...]) -> tuple[str, ...]:
    """Return the same person as someone else typed it: no e-mail, a slip in the name."""
    _, given, family, company, *rest = person
    return ("", given, family[:-1], company.removesuffix(" GmbH"), *rest)


def of_file(data: Path, labels: Path | None, threads: int = 1) -> Iterator[Figure]:
    """Find the duplicates of a file and compare with what its labels say.

    What counts as found: the pairs of records that end in one group, each more likely the same
    than not. Nothing of the labels is looked at before.
    """
    columns = read_columns(data)
    if labels:
        true, hidden = pairs_by_labels(columns, read_columns(labels)), columns_of_truth(columns)
    else:
        true, hidden = pairs_by_column(columns)
    seen = {name: cells for name, cells in columns.items() if name not in hidden}
    yield measured(seen, true, data.name, threads)


def measured(columns: Columns, true: Pairs, page: str, threads: int = 1) -> Figure:
    """Return precision, recall and f1 over pairs, with the time it took."""
    records = len(next(iter(columns.values()), []))
    figure, clock = Figure("dedupe", records, records, page=page, goal=GOAL), Meter()
    with clock.running():
        pairs = find(columns, threads=threads).pairs
        same = pairs_of(grouped((pair.left, pair.right, pair.bits) for pair in pairs))
    figure.took(clock)
    right = len(same & true)
    figure.precision = right / len(same) if same else 1.0
    figure.recall = right / len(true) if true else 1.0
    both = figure.precision + figure.recall
    figure.f1 = 2 * figure.precision * figure.recall / both if both else 0.0
    figure.detail = {"true_pairs": len(true), "found_pairs": len(same), "threshold": 0.5}
    return figure
