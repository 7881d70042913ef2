"""What the words of a column mean here: “Closed - Converted” is Qualified, “Other” is left out."""

from collections import Counter
from itertools import islice
from typing import Any

from django.http import QueryDict

from leadfarm.intake.mapping import TARGETS
from leadfarm.intake.mapping.guesses import plain
from leadfarm.intake.reading import Table
from leadfarm.intake.values.cells import BLANKS, read_stage
from leadfarm.rules.coded import Code
from leadfarm.rules.codes import TouchKind, VerdictKind
from leadfarm.rules.stages import Stage

LOOKED_AT = 5_000
SHOWN = 30
OURS: dict[str, type[Code]] = {"stage": Stage, "touch": TouchKind, "verdict": VerdictKind}
REJECT = "?"


def choices_for(to: str) -> list[tuple[str, str]]:
    """Return what a word of such a column may mean; nothing for columns of free text."""
    if to not in TARGETS or TARGETS[to].reads not in OURS:
        return []
    return [(code.slug, code.label) for code in OURS[TARGETS[to].reads]]


def words_of(table: Table, place: int, to: str, values: dict[str, str]) -> list[dict[str, Any]]:
    """Return the words a column holds, the most frequent first, and what each means so far."""
    if not choices_for(to):
        return []
    seen: Counter[str] = Counter()
    for row in islice(table.rows(), LOOKED_AT):
        word = row.cells[place].strip() if place < len(row.cells) else ""
        if word.lower() not in BLANKS:
            seen[word] += 1
    return [
        {"word": word, "rows": many, "means": meaning(word, to, values)}
        for word, many in seen.most_common(SHOWN)
    ]


def meaning(word: str, to: str, values: dict[str, str]) -> str:
    """Return the slug a word stands for, empty when it is left out, “?” when nobody knows."""
    for key, ours in values.items():
        if key.casefold() == word.casefold() or (plain(key) and plain(key) == plain(word)):
            return _read(to, ours) if ours else ""
    return _read(to, word)


def sent_words(sent: QueryDict, place: int, values: dict[str, str]) -> dict[str, str]:
    """Return the meanings that the form says, with those it did not show."""
    found = dict(values)
    for at in range(SHOWN):
        word, means = sent.get(f"word-{place}-{at}"), sent.get(f"means-{place}-{at}")
        if word is None or means is None:
            continue
        found = {key: ours for key, ours in found.items() if plain(key) != plain(word)}
        if means != REJECT:
            found[word[:120]] = means[:60]
    return found


def _read(to: str, word: str) -> str:
    kind = OURS[TARGETS[to].reads]
    found = read_stage(word) if kind is Stage else kind.read(word)
    return found.slug if found is not None else REJECT
