"""bench dedupe: how many true duplicates of a file are found, how many found are true."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from leadfarm.intake.duplicates import find, grouped, pairs_of
from leadfarm.project.bench.figure import Figure, Meter
from leadfarm.project.bench.labels import (
    Columns,
    Pairs,
    columns_of_truth,
    pairs_by_column,
    pairs_by_labels,
    read_columns,
)
from leadfarm.project.bench.populations import SCENARIOS

GOAL = "f1 >= 0.95"
SPEED = "100,000 in <= 15 s, 1,000,000 in <= 4 min"
THREADS = 2
SEED = 1


def run(leads: int, base: int) -> Iterator[Figure]:
    """Look for duplicates among `leads` made-up contacts, each eighth there twice; no `base`."""
    made = SCENARIOS["contacts"](Random(SEED), leads)  # noqa: S311
    figure = measured(made.columns, made.true_pairs, "made-up contacts", THREADS)
    figure.goal = SPEED
    yield figure


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
