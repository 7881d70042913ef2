"""Workbooks for tests: made as spreadsheets make them, and as nobody should."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook


def workbook(*sheets: tuple[str, Iterable[Iterable[Any]]]) -> bytes:
    """Return an .xlsx with these sheets."""
    book = Workbook()
    for at, (name, rows) in enumerate(sheets):
        sheet = book.active if at == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = name
        for row in rows:
            sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def with_part(book: bytes, name: str, content: bytes) -> bytes:
    """Return the workbook with a part added or put in the place of another."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(written, "w", 8) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return written.getvalue()


def lying(book: bytes, name: str, megabytes: int) -> bytes:
    """Return the workbook with a part of so many zeros that says it has 100 bytes."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(squeezer.compress(b"\0" * 2**20) for _ in range(megabytes))
    packed += squeezer.flush()
    honest = with_part(book, name, b"x" * 100)
    written, old = io.BytesIO(), zipfile.ZipFile(io.BytesIO(honest))
    with zipfile.ZipFile(written, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, packed if part.filename == name else old.read(part))
    content = bytearray(written.getvalue())
    for mark, sizes in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = _entry(content, mark, name.encode(), 30 if sizes == 8 else 46)
        content[at + sizes : at + sizes + 2] = struct.pack("<H", zipfile.ZIP_DEFLATED)
        content[at + sizes + 14 : at + sizes + 18] = struct.pack("<I", 100)
    return bytes(content)


def _entry(content: bytearray, mark: bytes, name: bytes, ahead: int) -> int:
    at = content.find(mark)
    while content[at + ahead : at + ahead + len(name)] != name:
        at = content.find(mark, at + 1)
    return at
