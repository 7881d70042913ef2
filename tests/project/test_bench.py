"""Figures of `leadfarm bench` say what they mean (DESIGN 12)."""

import json
from collections import Counter
from pathlib import Path

from leadfarm.project.bench import imports, people
from leadfarm.project.bench.figure import Figure, Meter
from leadfarm.project.cli.bench import BENCHES

DOCS = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def test_a_figure_carries_its_ratio_and_leaves_out_what_does_not_apply() -> None:
    figure = Figure("import", 1_000, 50, goal="ratio <= 4")
    figure.took(Meter(seconds=4.0, cpu_seconds=2.0), floor=2.0)
    told = json.loads(figure.as_json())
    assert (told["ratio"], told["per_second"], told["floor_seconds"]) == (2.0, 250.0, 2.0)
    assert "p95_ms" not in told


def test_percentiles_are_of_the_calls() -> None:
    figure = Figure("capture", 100, 0)
    figure.times([number / 1000 for number in range(1, 101)])
    assert (figure.p50_ms, figure.p95_ms, figure.p99_ms) == (51.0, 96.0, 100.0)


def test_the_file_of_the_import_has_the_shares_the_docs_name() -> None:
    rows = list(imports.numbers(2_000))
    seen = Counter(rows)
    known = sum(1 for number in rows if number < 0)
    new = sum(1 for number in seen if number >= 0)
    assert (new, known, len(rows) - new - known) == (1_600, 100, 300)
    table = b"".join(people.table(rows, ["vera@nordpump.example"])).decode().splitlines()
    assert len(table) == 2_001
    assert sum(line.startswith("vera@nordpump.example,") for line in table) == 100


def test_every_bench_is_explained() -> None:
    text = DOCS.read_text()
    assert [name for name in BENCHES if f"\n| {name} |" not in text] == []
