"""What a column probably is: first by its title, then by what its cells look like."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from leadfarm.intake.codes import ImportKind
from leadfarm.intake.mapping.targets import TARGETS, Target, targets_for
from leadfarm.intake.values import dates
from leadfarm.rules.names import normal_email

_WORDS = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")


def guess(
    titles: Sequence[str], samples: Sequence[Sequence[str]], kind: ImportKind
) -> dict[str, dict[str, Any]]:
    """Return a mapping of columns by title; columns nobody can guess are left out.

    No place is given twice, except that any number of columns may become findings.
    """
    found: dict[str, dict[str, Any]] = {}
    taken: set[str] = set()
    for title, column in _by_title(titles, kind, taken).items():
        found[title] = {"to": column}
    for place, title in enumerate(titles):
        cells = [row[place].strip() for row in samples if place < len(row)]
        if title in found and not _fits(TARGETS[found[title]["to"]], cells):
            taken.discard(found.pop(title)["to"])
        if title not in found and "email" not in taken and _all_emails(cells):
            found[title] = {"to": "email"}
            taken.add("email")
    if "given_name" in taken or "family_name" in taken:
        found = {title: column for title, column in found.items() if column["to"] != "full_name"}
    return found


def guess_type(cells: Sequence[str]) -> str:
    """Return what a finding's cells are: number, date or text."""
    filled = [cell for cell in cells if cell.strip()]
    if filled and all(_NUMBER.fullmatch(cell.strip()) for cell in filled):
        return "number"
    if filled and all(dates.looks_like_date(cell) for cell in filled):
        return "date"
    return "text"


def plain(title: str) -> str:
    """Return a title as titles are compared: words in lower case without accents, one space."""
    if not title.isascii():
        title = unicodedata.normalize("NFKD", title)
        title = "".join(letter for letter in title if not unicodedata.combining(letter))
    return " ".join(_WORDS.findall(_CAMEL.sub(" ", title).casefold()))


def _by_title(titles: Sequence[str], kind: ImportKind, taken: set[str]) -> dict[str, str]:
    """Take the titles in the order of a target's synonyms, so that the surest one wins."""
    named = {plain(title): title for title in reversed(titles)}
    found: dict[str, str] = {}
    for target in targets_for(kind):
        for synonym in [plain(target.label), *target.titles.split("|")]:
            title = named.get(synonym) or named.get(synonym.replace(" ", ""))
            if title and title not in found and target.name not in taken:
                found[title] = target.name
                taken.add(target.name)
    return found


def _fits(target: Target, cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    if not filled:
        return True
    if target.reads in ("date", "day"):
        return any(dates.looks_like_date(cell) for cell in filled)
    if target.reads == "email":
        return any("@" in cell for cell in filled)
    if target.reads in ("number", "money"):
        return any(letter.isdigit() for cell in filled for letter in cell)
    return True


def _all_emails(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(normal_email(cell) for cell in filled)
