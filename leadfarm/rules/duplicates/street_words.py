"""The words of addresses in one form: St is Street, W is West, str. is Straße."""

_SAME = """
st street str strasse straat; ave avenue av aven; blvd boulevard blv boul bd; rd road; dr drive;
ln lane; ct court; pl place plaza platz plz; sq square; hwy highway; pkwy parkway pky; ter terrace;
cres crescent cr; cl close; cir circle; wy way; apt apartment unit flat suite ste; fl floor;
rm room;
n north; s south; e east; w west; ne northeast; nw northwest; se southeast; sw southwest;
1st first; 2nd second; 3rd third; 4th fourth; 5th fifth; 6th sixth; 7th seventh; 8th eighth;
9th ninth; 10th tenth; bldg building; mt mount; pob pobox; nr no number
"""
_CANON = {
    form: line.split()[0] for line in _SAME.replace("\n", " ").split(";") for form in line.split()
}
_GLUED = ("strasse", "straat", "str")
_IN_ANY_TEXT = frozenset(
    {"n", "s", "e", "w", "ne", "nw", "se", "sw", "nr", "no", "number", "fl", "cl", "ct"}
)
# What gives an address away where the column does not say that it holds one.
STREET_SIGNS = frozenset(_CANON) - _IN_ANY_TEXT


def street_words(plain: str) -> list[str]:
    """Return the words of a folded address, each in its one form; Hauptstrasse as haupt st."""
    return [part for word in plain.split() for part in _parts(word)]


def _parts(word: str) -> list[str]:
    for ending in _GLUED:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return [word.removesuffix(ending), "st"]
    return [_CANON.get(word, word)]


def looks_like_a_street(text: str) -> bool:
    """Whether a folded text has a number and a word, or an ending, of streets."""
    words = text.replace(".", " ").replace(",", " ").split()
    numbered = any(word[0].isdigit() for word in words)
    return numbered and any(word in STREET_SIGNS or word.endswith(_GLUED) for word in words)
