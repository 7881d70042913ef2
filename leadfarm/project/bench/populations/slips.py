"""How the same thing is written twice: slips of the pen, other forms, blanks."""

from random import Random

from leadfarm.rules.duplicates.nicknames import forms_of
from leadfarm.rules.names import fold

_NEIGHBOURS = {
    **dict(
        zip("qwertyuiop", ("wa", "qe", "wr", "et", "ry", "tu", "yi", "uo", "ip", "ol"), strict=True)
    ),
    **dict(zip("asdfghjkl", ("sq", "ad", "sf", "dg", "fh", "gj", "hk", "jl", "kp"), strict=True)),
    **dict(zip("zxcvbnm", ("xs", "zc", "xv", "cb", "vn", "bm", "nk"), strict=True)),
}
_GERMAN = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "å": "aa",
        "ø": "oe",
    }
)
_SOUNDS = (
    ("ph", "f"),
    ("ck", "k"),
    ("y", "i"),
    ("ei", "ie"),
    ("mm", "m"),
    ("tt", "t"),
    ("sch", "sh"),
    ("c", "k"),
    ("nn", "n"),
    ("z", "s"),
)
SHORT = {
    "Street": "St", "Avenue": "Ave", "Road": "Rd", "Lane": "Ln", "Drive": "Dr", "Court": "Ct",
    "Boulevard": "Blvd", "Place": "Pl", "North": "N", "South": "S", "East": "E", "West": "W",
    "Engineering": "Eng", "International": "Intl", "Systems": "Sys", "Logistics": "Log",
    "Machinery": "Mach", "Electronics": "Elec", "Solutions": "Sol", "and": "&",
    "Restaurant": "Rest", "Technologies": "Tech", "Manufacturing": "Mfg",
}  # fmt: skip


def typo(draw: Random, text: str) -> str:
    """Return the text with one slip of a finger: a sign wrong, doubled, left out or swapped."""
    if len(text) < 3:
        return text
    at = draw.randrange(1, len(text) - 1)
    kind = draw.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    if text[at].isdigit():
        return text[:at] + str((int(text[at]) + draw.randint(1, 9)) % 10) + text[at + 1 :]
    return text[:at] + draw.choice(_NEIGHBOURS.get(text[at].lower(), "ae")) + text[at + 1 :]


def spelling(draw: Random, name: str) -> str:
    """Return the name as it may be written elsewhere: without marks, by sound, or with a slip."""
    if not name.isascii():
        return name.translate(_GERMAN) if draw.random() < 0.5 else fold(name).title()
    sounds = [(one, other) for one, other in _SOUNDS if one in name.lower()[1:]]
    if sounds and draw.random() < 0.4:
        one, other = draw.choice(sounds)
        return name[0] + name[1:].replace(one, other, 1)
    return typo(draw, name)


def other_form(draw: Random, given: str) -> str:
    """Return a nickname where one is known, else an initial."""
    forms = [form for form in forms_of(fold(given)) if form != fold(given)]
    return draw.choice(forms).title() if forms else given[:1]


def shortened(text: str) -> str:
    """Return the text with usual words shortened."""
    return " ".join(SHORT.get(word, word) for word in text.split())


def phone_written(draw: Random, digits: str) -> str:
    """Return a number of ten digits as people write it."""
    area, mid, end = digits[:3], digits[3:6], digits[6:]
    forms = (
        f"{area}-{mid}-{end}",
        f"({area}) {mid}-{end}",
        f"{area}/{mid}-{end}",
        f"{area} {mid} {end}",
        digits,
        f"+1 {area} {mid} {end}",
    )
    return draw.choice(forms)


def sometimes(draw: Random, share: float, text: str) -> str:
    """Return the text, or nothing in this share of cases."""
    return "" if draw.random() < share else text
