"""Duplicates are found without labels, in any table of people or companies (issue: identity)."""

import os
import random
from pathlib import Path

import pytest

from leadfarm.intake.duplicates import find, grouped, pairs_of
from leadfarm.project.bench.dedupe import measured, of_file
from leadfarm.project.bench.labels import pairs_by_column, pairs_by_labels
from leadfarm.project.bench.populations import SCENARIOS
from leadfarm.rules.duplicates.evidence import in_words
from leadfarm.rules.duplicates.kinds import Kind
from leadfarm.rules.duplicates.recognising import recognise

DATA = Path(os.environ.get("LEADFARM_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
GIVEN = ("Robert", "Vera", "Otto", "Ines", "Mira", "Karl", "Lena", "Nora", "Piet", "Sofie", "Timo")
FAMILY = (
    "Lind",
    "Brandt",
    "Okafor",
    "Jansen",
    "Moreau",
    "Novak",
    "Quist",
    "Rossi",
    "Tamm",
    "Vogel",
)


def people(many: int) -> dict[str, list[str]]:
    """`many` people of a few companies, each fifth twice: a slip, or the names swapped."""
    draw = random.Random(7)
    rows = []
    for number in range(many):
        given, family = draw.choice(GIVEN), draw.choice(FAMILY)
        company = f"{draw.choice(FAMILY)} Pump {number % 40}"
        mail = f"{given}.{family}{number}@pump{number % 40}.example".lower()
        phone = f"+49 30 {1_000_000 + number * 7919 % 8_999_999}"
        rows.append((str(number), given, family, f"{company} GmbH", mail, phone))
        if number % 5 == 0:
            twin = (family, given) if number % 2 else (given, family[:-1] + "x")
            rows.append((str(number), *twin, company, mail if number % 3 else "", phone))
    draw.shuffle(rows)
    titles = ("cluster", "Vorname", "Nachname", "Firma", "E-Mail", "Telefon")
    return dict(zip(titles, map(list, zip(*rows, strict=True)), strict=True))


def test_columns_are_known_by_name_and_by_value() -> None:
    kinds = recognise(
        {
            "FirstName": ["Vera"],
            "PLZ": ["10115"],
            "legal_name": ["Nordpump GmbH"],
            "Name": ["Vera Lind", "Otto Brandt"],
            "contact": ["vera@nordpump.example", "otto@nordpump.example"],
            "where": ["https://nordpump.example/about", "www.alpgear.example"],
            "created_at": ["2026-01-01"],
            "lname_c1": ["Lind"],
            "by": ["1971"],
        }
    )
    assert kinds == {
        "FirstName": Kind.GIVEN,
        "PLZ": Kind.POSTCODE,
        "legal_name": Kind.COMPANY,
        "Name": Kind.NOTHING,  # said again by the two halves
        "contact": Kind.EMAIL,
        "where": Kind.WEB,
        "created_at": Kind.NOTHING,
        "lname_c1": Kind.FAMILY,
        "by": Kind.BIRTH_YEAR,
    }


def test_duplicates_among_colleagues_are_found_and_say_why() -> None:
    columns = people(400)
    true, hidden = pairs_by_column(columns)
    seen = {name: cells for name, cells in columns.items() if name not in hidden}
    pairs = find(seen).pairs
    same = pairs_of(grouped((pair.left, pair.right, pair.bits) for pair in pairs))
    assert len(same & true) >= 0.95 * len(true)
    assert len(same & true) >= 0.95 * len(same)
    surest = max(pairs, key=lambda pair: pair.bits)
    assert surest.probability > 0.99
    assert "phone: same" in in_words(surest.evidence)
    assert find(seen).pairs == pairs  # the same table, the same answer


def test_a_chain_of_weak_likenesses_does_not_draw_strangers_together() -> None:
    chain = [(1, 2, 3.0), (2, 3, 3.0), (3, 4, 3.0)]
    assert grouped(chain) == [[1, 2], [3, 4]]
    assert grouped([(1, 2, 9.0), (2, 3, 8.0), (1, 3, -1.0)]) == [[1, 2, 3]]


def test_labels_come_as_pairs_or_as_groups() -> None:
    columns = {"key": ["a", "b", "c"]}
    pairs = {"key_l": ["a", "b"], "key_r": ["b", "c"], "score": ["1", "0"]}
    assert pairs_by_labels(columns, pairs) == {(0, 1)}
    groups = {"key": ["a", "b", "c"], "cluster": ["1", "2", "1"]}
    assert pairs_by_labels(columns, groups) == {(0, 2)}


@pytest.mark.parametrize(
    ("name", "labels", "least"),
    [("febrl3.csv", None, 0.95), ("fake_1000.csv", "fake_1000_labels.csv", 0.95)],
)
def test_bench_dedupe_on_labelled_people(name: str, labels: str | None, least: float) -> None:
    folder = DATA / "er"
    if not folder.is_dir():
        pytest.skip(f"no {folder}: LEADFARM_TEST_DATA names the folder of test data")
    (figure,) = of_file(folder / name, folder / labels if labels else None)
    assert figure.f1 is not None
    assert figure.f1 >= least, figure.as_json()


def judged(name: str, rows: int, seed: int) -> tuple[float, float]:
    """Return precision and recall on a made-up table that plants who is the same."""
    made = SCENARIOS[name](random.Random(seed), rows)
    figure = measured(made.columns, made.true_pairs, name)
    assert figure.precision is not None
    assert figure.recall is not None
    return figure.precision, figure.recall


@pytest.mark.parametrize(
    "name", ["contacts", "contacts of few names", "accounts", "organisations", "voters"]
)
def test_colleagues_daughters_neighbours_and_namesakes_stay_apart(name: str) -> None:
    precision, recall = judged(name, 700, seed=3)
    assert precision >= 0.9
    assert recall >= 0.88


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", SCENARIOS)
def test_duplicates_of_every_made_up_table(name: str, seed: int) -> None:
    precision, recall = judged(name, 3_000, seed)
    assert 2 * precision * recall / (precision + recall) >= 0.92
