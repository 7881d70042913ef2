"""Workbooks: one sheet becomes a CSV file beside it, and everything after that reads a table.

A workbook is a zip archive and may unpack to anything, so it is measured first, and then read by
a process of its own that has little memory and little time.
"""

import json
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from leadfarm.intake.reading.faults import UnreadableFileError

ZIP = b"PK\x03\x04"
END_OF_ZIP = b"PK\x05\x06"
MOST_PARTS = 5_000
UNPACKED = 10  # times the limit of a file
BLOCK = 1024 * 1024
SECONDS = 180
SAVE_AGAIN = "Save the table as .xlsx or CSV (UTF-8) and upload that file."


@dataclass(frozen=True)
class Unfolded:
    """What came of a workbook: its sheets by name, and the one that was read."""

    sheets: list[str]
    sheet: str


def is_workbook(path: Path) -> bool:
    """Whether this is a workbook we read; UnreadableFileError for one in a form we do not.

    Looks at the table of contents only: nothing is unpacked.
    """
    with path.open("rb") as file:
        if file.read(4) != ZIP:
            return False
    if _parts(path) > MOST_PARTS:
        raise UnreadableFileError("This zip archive has too many parts.", SAVE_AGAIN)
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise UnreadableFileError(
            "This is a damaged Excel workbook or zip archive, not a CSV file.", SAVE_AGAIN
        ) from None
    if "xl/workbook.bin" in names:
        raise UnreadableFileError("This is a binary Excel workbook (.xlsb).", SAVE_AGAIN)
    if "xl/workbook.xml" in names or {"mimetype", "content.xml"} <= names:
        return True
    raise UnreadableFileError(
        "This is a zip archive, not a CSV file or a workbook.",
        "Unpack it and upload the table that lies in it.",
    )


def unfold(path: Path, into: Path, sheet: str, limit_mb: int) -> Unfolded:
    """Write one sheet as CSV (UTF-8), row by row as the workbook counts them; say which it was.

    Without a sheet the first is taken that shows something. Raises UnreadableFileError with what
    is wrong; no workbook, however made, costs more than a child process of bounded size.
    """
    measure(path, limit_mb * BLOCK * UNPACKED)
    package = Path(__file__).resolve().parents[3]
    command = [sys.executable, "-m", "leadfarm.intake.reading.unfolding"]
    child = subprocess.Popen(  # noqa: S603 (our own module)
        [*command, str(path), str(into), sheet, str(limit_mb * UNPACKED)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(package)},
    )
    try:
        said, _ = child.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        said = b""
    if not said:
        raise UnreadableFileError("This workbook is too large or damaged to be read.", SAVE_AGAIN)
    answer = json.loads(said)
    if "refused" in answer:
        raise UnreadableFileError(answer["refused"], SAVE_AGAIN)
    return Unfolded(answer["sheets"], answer["sheet"])


def measure(path: Path, limit: int) -> None:
    """Raise UnreadableFileError when the archive says, or turns out, to unpack to more bytes."""
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise UnreadableFileError("This workbook is protected by a password.", SAVE_AGAIN)
        left = limit - sum(part.file_size for part in parts)
        if left < 0:
            raise _bomb(limit)
        left = limit
        for part in parts:
            left -= _unpacked(file, part, left)
            if left < 0:
                raise _bomb(limit)


def _unpacked(file: BinaryIO, part: zipfile.ZipInfo, most: int) -> int:
    """Return how many bytes a part really unpacks to, whatever it says; stops behind `most`."""
    file.seek(part.header_offset + 26)
    name, extra = struct.unpack("<HH", file.read(4))
    file.seek(name + extra, os.SEEK_CUR)
    if part.compress_type == zipfile.ZIP_STORED:
        return part.compress_size
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise UnreadableFileError("This workbook is packed in an unusual way.", SAVE_AGAIN)
    inflate, found = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while not inflate.eof and found <= most:
        block = inflate.unconsumed_tail or file.read(BLOCK)
        if not block:
            break
        try:
            found += len(inflate.decompress(block, BLOCK))
        except zlib.error:
            raise UnreadableFileError("This workbook is damaged.", SAVE_AGAIN) from None
    return found


def _bomb(limit: int) -> UnreadableFileError:
    return UnreadableFileError(
        f"This workbook unpacks to more than {limit // BLOCK:,} MB.",
        "Split it into smaller files, or save the sheet as CSV.",
    )


def _parts(path: Path) -> int:
    """Return how many parts the end of the archive speaks of; 0 when it has no end."""
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - 66_000))
        tail = file.read()
    at = tail.rfind(END_OF_ZIP)
    if at < 0 or len(tail) < at + 12:
        return 0
    return int(struct.unpack("<H", tail[at + 10 : at + 12])[0])
