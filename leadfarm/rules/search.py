"""The words by which a lead is found, folded so that case and accents do not matter."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 40
MOST = 40
_WORD = re.compile(r"[^\W_]+")
# Letters that have no accent to take off.
_SPELLED = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i"})


def fold(text: str) -> str:
    """The text in lower case, without accents: what two spellings of a name share."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_SPELLED))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def search_words(*texts: str) -> list[str]:
    """The distinct words of the texts, folded, at most 40 of at most 40 letters, in their order."""
    words = (word[:LONGEST] for text in texts for word in _WORD.findall(fold(text)))
    return list(dict.fromkeys(words))[:MOST]
