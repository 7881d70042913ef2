"""What is true about a file of records: which of them are the same, as labels or a column say."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.reading import open_table

Columns = dict[str, list[str]]
Pairs = set[tuple[int, int]]

LARGEST_MB = 1_000
_GROUP = re.compile(
    r"cluster|entity|group|ent_?id|true_?id|person_?id|match_?id|label", re.IGNORECASE
)
_SCORE = re.compile(r"score|label|match|prob|gold|class|dup|same", re.IGNORECASE)
_PARTS_OF_REC_ID = re.compile(r"(?P<who>.+?)-(org|dup-\d+)")
_NOT_THE_SAME = frozenset({"0", "0.0", "false", "no", "n", "f", "different", "distinct"})


def read_columns(path: Path) -> Columns:
    """Return the cells of a file by column title."""
    table = open_table(path, limit_mb=LARGEST_MB)
    rows = [row.cells for row in table.rows()]
    return {
        title: [row[at] if at < len(row) else "" for row in rows]
        for at, title in enumerate(table.titles)
    }


def pairs_by_column(columns: Columns) -> tuple[Pairs, set[str]]:
    """Return the true pairs as the file itself tells them, and which columns tell them.

    A column cluster, entity or group; or `rec-7-org`, `rec-7-dup-1` as FEBRL numbers its records.
    LeadfarmError when there is neither.
    """
    for name, cells in columns.items():
        parts = [_PARTS_OF_REC_ID.fullmatch(cell) for cell in cells]
        if parts and all(parts):
            return _same_within([part["who"] for part in parts if part]), {name}
    for name, cells in columns.items():
        if _GROUP.search(name) and len(set(cells)) < len(cells):
            return _same_within(cells), {name}
    raise LeadfarmError("The file does not say which rows are the same.", "Name one by --labels.")


def pairs_by_labels(columns: Columns, labels: Columns) -> Pairs:
    """Return the true pairs as a file of labels tells them.

    Either two columns of row keys, and perhaps a score (below 0.5: not the same); or a column of
    row keys and one of groups. LeadfarmError when no column of it holds row keys.
    """
    place = _places(columns, labels)
    keyed = [name for name, cells in labels.items() if _covers(cells, place) and not _group(name)]
    if len(keyed) >= 2:
        left, right = keyed[:2]
        rest = [name for name in labels if name not in keyed and _SCORE.search(name)]
        said = labels[rest[-1]] if rest else ["1"] * len(labels[left])
        told = zip(labels[left], labels[right], said, strict=True)
        return {
            _ordered(place[one], place[other])
            for one, other, same in told
            if _says_same(same) and one in place and other in place and one != other
        }
    groups = [name for name in labels if name not in keyed]
    if not keyed or not groups:
        raise LeadfarmError("The labels do not name rows of the file.", "Two columns of row keys.")
    name = next(filter(_group, groups), groups[0])
    by_place = dict(zip(labels[keyed[0]], labels[name], strict=True))
    return _same_within([by_place.get(key, f"alone {at}") for key, at in place.items()])


def columns_of_truth(columns: Columns) -> set[str]:
    """Return the columns that tell the truth and so may not be looked at."""
    return {name for name in columns if _GROUP.search(name)}


def _group(name: str) -> bool:
    return bool(_GROUP.search(name))


def _places(columns: Columns, labels: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return where each row key stands, by the column of keys that the labels name most."""
    keys = [cells for cells in columns.values() if len(set(cells)) == len(cells) > 0]
    keys.append([str(at) for at in range(len(next(iter(columns.values()), [])))])
    named = {cell for cells in labels.values() for cell in cells}
    best = max(keys, key=lambda cells: len(named.intersection(cells)))
    return {cell: at for at, cell in enumerate(best)}


def _covers(cells: Sequence[str], place: Mapping[str, int]) -> bool:
    return bool(cells) and sum(cell in place for cell in cells) >= 0.9 * len(cells)


def _says_same(said: str) -> bool:
    try:
        return float(said) >= 0.5
    except ValueError:
        return said.strip().lower() not in _NOT_THE_SAME


def _same_within(groups: Sequence[str]) -> Pairs:
    members = defaultdict(list)
    for at, group in enumerate(groups):
        members[group].append(at)
    return {pair for each in members.values() for pair in combinations(each, 2)}


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
