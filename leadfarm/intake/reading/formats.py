"""How a workbook shows its numbers: 1234 as 01234, 0.125 as 12.5%.

The reader of workbooks gives values without their formats. Where a workbook has formats that change
what people read, its cells are looked through once more for them; other formats cost nothing.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

BLOCK = 1024 * 1024
COLUMNS = 16_384
# Formats every workbook has without naming them.
BUILT_IN = {9: "0%", 10: "0.00%"}
LITERALS = " -/().+"
_UNSEEN = re.compile(r"\[[^\]]*\]|_.|\*.")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
Shape = Callable[[float], str]
Element = ElementTree.Element


@dataclass(frozen=True)
class Padded:
    """Digits in places: 00000 shows 1234 as 01234, 000-00 as 012-34."""

    places: str

    def __call__(self, value: float) -> str:
        """Return the number as it is shown; one that does not fit shows all its digits."""
        wanted = self.places.count("0")
        digits = str(int(value)).zfill(wanted)
        shown, digits = digits[: len(digits) - wanted], digits[len(digits) - wanted :]
        after = iter(digits)
        return shown + "".join(next(after) if one == "0" else one for one in self.places)


def percent(value: float) -> str:
    """Return the share as it is shown, with all that is known of it: 12.5%."""
    return f"{format(round(value * 100, 9), '.12g')}%"


class Formats:
    """The cells of one sheet whose format changes what is read."""

    def __init__(self, path: Path, sheet: str) -> None:
        self._shapes: dict[int, Shape] = {}
        self._styles: dict[int, int] = {}
        try:
            with zipfile.ZipFile(path) as book:
                self._shapes = dict(_shapes(book))
                if self._shapes:
                    self._styles = dict(_styled(book, _part_of(book, sheet), self._shapes))
        except (KeyError, ValueError, ElementTree.ParseError, zipfile.BadZipFile):
            self._styles = {}  # another kind of workbook: its values stand as they are

    def shown(self, row: int, column: int, value: float) -> str | None:
        """Return a number as people see it (places counted from 0); None where it is as it is."""
        style = self._styles.get(row * COLUMNS + column)
        if style is None:
            return None
        shape = self._shapes[style]
        if isinstance(shape, Padded) and (value < 0 or not float(value).is_integer()):
            return None
        return shape(value)


def shape_of(code: str) -> Shape | None:
    """Return how a number of this format is shown; None where people read its value."""
    section = _UNSEEN.sub("", code.split(";")[0])
    if "%" in _LITERAL.sub("", section):
        return percent
    places = _LITERAL.sub(lambda found: found[1] or found[2] or "", section)
    is_padded = places.count("0") > 1 and not places.strip("0" + LITERALS)
    return Padded(places) if is_padded and ".0" not in places else None


def _shapes(book: zipfile.ZipFile) -> Iterator[tuple[int, Shape]]:
    """Yield the styles of cells, by number, whose format matters."""
    styles = ElementTree.fromstring(book.read("xl/styles.xml"))  # noqa: S314 (in a child, measured)
    codes = dict(BUILT_IN)
    for one in _named(styles, "numFmt"):
        codes[int(one.get("numFmtId", "0"))] = one.get("formatCode", "")
    for cells in _named(styles, "cellXfs"):
        for number, style in enumerate(cells):
            shape = shape_of(codes.get(int(style.get("numFmtId", "0")), ""))
            if shape is not None:
                yield number, shape


def _part_of(book: zipfile.ZipFile, sheet: str) -> str:
    """Return the part of the archive that holds a sheet; KeyError where there is none."""
    listed = ElementTree.fromstring(book.read("xl/workbook.xml"))  # noqa: S314
    links = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {one.get("Id"): one.get("Target", "") for one in links}
    for one in _named(listed, "sheet"):
        if one.get("name") == sheet:
            link = next(value for name, value in one.items() if name.endswith("}id"))
            target = targets[link]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)


def _styled(
    book: zipfile.ZipFile, part: str, shapes: dict[int, Shape]
) -> Iterator[tuple[int, int]]:
    """Yield the places of the cells that have one of these styles, and which."""
    wanted = b"|".join(str(number).encode() for number in sorted(shapes))
    cell = re.compile(
        rb'<(?:\w+:)?c\s(?=[^>]*\bs="(' + wanted + rb')")[^>]*\br="([A-Z]{1,3})(\d{1,7})"'
    )
    left = b""
    with book.open(part) as content:
        while block := content.read(BLOCK):
            text = left + block
            end = text.rfind(b">") + 1
            for style, letters, row in cell.findall(text[:end]):
                yield (int(row) - 1) * COLUMNS + _column(letters), int(style)
            left = text[end:]


def _column(letters: bytes) -> int:
    number = 0
    for one in letters:
        number = number * 26 + one - 64
    return number - 1


def _named(tree: Element, name: str) -> Iterator[Element]:
    return (one for one in tree.iter() if one.tag.rpartition("}")[2] == name)
