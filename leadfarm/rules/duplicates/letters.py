"""Names of any script in plain Latin letters, however carried over: Мюллер, Müller, Mueller."""

import re
from functools import lru_cache

from leadfarm.rules.names import fold

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў"
_IN_LATIN = "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch  y  e yu ya i i e g u"
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψω"
_AS_LATIN = "a v g d e z i th i k l m n x o p r s s t y f ch ps o"
_LETTERS = dict(zip(_CYRILLIC, _IN_LATIN.split(" "), strict=True))
_LETTERS |= dict(zip(_GREEK, _AS_LATIN.split(" "), strict=True))
_LATIN = str.maketrans(_LETTERS)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u052f]")
# How German and the northern languages write a letter they lack: ue for ü, aa for å.
_PAIRS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))


@lru_cache(maxsize=200_000)
def latin(text: str) -> str:
    """Return the text folded, in Latin letters, with ae, oe, ue and aa as a, o, u and a."""
    plain = fold(text)
    if _OTHER_SCRIPT.search(plain):
        plain = plain.translate(_LATIN)
    for pair, letter in _PAIRS:
        plain = plain.replace(pair, letter)
    return plain
