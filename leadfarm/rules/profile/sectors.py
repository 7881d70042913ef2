"""Industries in anybody's words brought to about thirty groups of ours."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz, process

from leadfarm.rules.names import fold
from leadfarm.rules.profile.sector_list import Sector

__all__ = ["Sector", "read_sector"]

# Below this the words may mean anything: unknown rather than wrong.
SURE_ENOUGH = 90
SHORTEST = 4
_SPOKEN = {
    fold(word): sector for sector in Sector for word in (sector.label, *sector.synonyms.split(";"))
}
_LONG = {word: sector for word, sector in _SPOKEN.items() if len(word) >= SHORTEST}


@lru_cache(maxsize=20_000)
def read_sector(industry: str) -> Sector | None:
    """Return the group these words mean, or None where that is not sure."""
    words = " ".join(fold(industry).replace("&", " and ").replace("/", " / ").split())
    if not words:
        return None
    if words in _SPOKEN:
        return _SPOKEN[words]
    parts = [part for part in _parts(words) if part in _SPOKEN]
    if parts:
        return _SPOKEN[parts[0]]
    if len(words) < SHORTEST:
        return None
    found = process.extractOne(words, _LONG.keys(), scorer=fuzz.ratio, score_cutoff=SURE_ENOUGH)
    return _LONG[found[0]] if found else _within(words)


def _parts(words: str) -> list[str]:
    """Return what stands between commas, slashes and "and"."""
    for mark in (",", ";", "/", "|", "(", ")", " - ", " and ", " und ", " et ", " y ", " e "):
        words = words.replace(mark, "\n")
    return [part.strip() for part in words.split("\n") if part.strip()]


def _within(words: str) -> Sector | None:
    """Return the group whose longest word stands in the text; None where two groups do."""
    padded = f" {words} "
    found = {sector: word for word, sector in _LONG.items() if f" {word} " in padded}
    if not found:
        return None
    longest = max(len(word) for word in found.values())
    best = {sector for sector, word in found.items() if len(word) == longest}
    return best.pop() if len(best) == 1 else None
