"""Which words of a value tell it apart: rare words say more than words that everybody uses."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

Words = Sequence[str]
# So much of the weight of its words makes up what a value tells.
TELLING = 0.6


def bits_of_words(values: Iterable[Words | None]) -> dict[str, float]:
    """Return how many bits each word says: the fewer of the values hold it, the more.

    A word met once may be met again as well as not: it counts as half a time.
    """
    counted, of_all = Counter[str](), 0
    for words in values:
        if words is not None:
            of_all += 1
            counted.update(words)
    return {word: -math.log2(max(many - 1, 0.5) / of_all) for word, many in counted.items()}


def told(words: Words, bits: dict[str, float]) -> float:
    """Return how many bits all words of a value say together."""
    return sum(bits[word] for word in words)


def telling(words: Words, bits: dict[str, float]) -> list[str]:
    """Return the rarest words, as many as make up most of what the value says, sorted."""
    enough, so_far = TELLING * told(words, bits), 0.0
    kept: list[str] = []
    for word in sorted(words, key=lambda word: (-bits[word], word)):
        if so_far >= enough and kept:
            break
        kept.append(word)
        so_far += bits[word]
    return sorted(kept)


def rarest(words: Words, bits: dict[str, float]) -> str | None:
    """Return the word that tells most; None where there is no word."""
    return min(words, key=lambda word: (-bits[word], word), default=None)
