"""Which encoding a file is written in, found from its bytes."""

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

from leadfarm.intake.reading.faults import UnreadableFileError

SAMPLE = 256 * 1024
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Tried for what is no Unicode; the western ones are read as cp1252, what Windows writes.
LIKELY = ["cp1252", "cp1250", "cp1251", "cp1253", "big5", "gb18030", "cp932", "cp949"]
WESTERN = {"cp1252", "cp1250", "latin_1", "iso8859_15", "iso8859_2"}
ACCENTED = "äöüßéèêëàâçñáíóúïîôùûåøæãõ"
NOT_TABLES = (
    (b"PK\x03\x04", "a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls), or one protected by a password"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)
TEXT_NOT_TABLES = (
    ("<!doctypehtml", "a web page"),
    ("<html", "a web page"),
    ("<?xml", "an XML file"),
    ("{\\rtf", "a text document"),
    ("{", "a JSON file"),
    ("[{", "a JSON file"),
)
# What no text is full of; zeros are told apart by how many there are.
CONTROLS = {code: None for code in range(32) if code not in (0, 9, 10, 12, 13, 27)}
BINARY = "This is a binary file, not a CSV file."
WHAT_TO_DO = "Save the table as .xlsx or CSV (UTF-8) and upload that file."


def encoding_of(path: Path) -> str:
    """Return the name of the codec for this file; UnreadableFileError when it is no text at all."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    if not sample.strip():
        raise UnreadableFileError("The file is empty.", "Choose a file with a header and rows.")
    for start, kind in NOT_TABLES:
        if sample.startswith(start):
            raise UnreadableFileError(f"This is {kind}, not a CSV file.", WHAT_TO_DO)
    encoding = _by_mark(sample) or _utf16_without_mark(sample) or _by_content(path, sample)
    text = sample.decode(encoding, "replace")
    # Sound of 16 bits looks like UTF-16 from its zeros, but says nothing.
    if len(text) - len(text.translate(CONTROLS)) > len(text) * 0.01:
        raise UnreadableFileError(BINARY, WHAT_TO_DO)
    refuse_other_texts(text)
    return encoding


def refuse_other_texts(text: str) -> None:
    """Raise UnreadableFileError for JSON, web pages and other texts that are no tables."""
    start = "".join(text[:200].split()).lstrip("\ufeff").lower()
    for sign, kind in TEXT_NOT_TABLES:
        if start.startswith(sign):
            raise UnreadableFileError(f"This is {kind}, not a CSV file.", WHAT_TO_DO)


def _by_mark(sample: bytes) -> str | None:
    for mark, encoding in BOMS:
        if sample.startswith(mark):
            return encoding
    return None


def _utf16_without_mark(sample: bytes) -> str | None:
    """Western text in UTF-16 has a zero in nearly every second byte."""
    pairs = max(1, len(sample) // 2)
    if sample[1::2].count(0) / pairs > 0.4 and sample[0::2].count(0) / pairs < 0.05:
        return "utf-16-le"
    if sample[0::2].count(0) / pairs > 0.4 and sample[1::2].count(0) / pairs < 0.05:
        return "utf-16-be"
    return None


def _by_content(path: Path, sample: bytes) -> str:
    controls = sum(sample.count(byte) for byte in range(32) if byte in CONTROLS)
    if controls / len(sample) > 0.01 or sample.count(0) / len(sample) > 0.1:
        raise UnreadableFileError(BINARY, WHAT_TO_DO)
    if _is_utf8(path) or _mostly_utf8(sample):
        return "utf-8"
    best = from_bytes(sample, cp_isolation=LIKELY).best()
    if best is None and sum(byte > 127 for byte in sample) > len(sample) * 0.3:
        return _east_asian(sample)
    if best is None or best.encoding in WESTERN:
        return _western(sample)
    return best.encoding


def _western(sample: bytes) -> str:
    """Return what a Mac or Windows wrote: in the other of the two, few of the bytes are letters."""
    written = {name: sample.decode(name, "replace").lower() for name in ("cp1252", "mac_roman")}
    letters = {name: sum(map(text.count, ACCENTED)) for name, text in written.items()}
    return max(letters, key=lambda name: letters[name])


def _east_asian(sample: bytes) -> str:
    """Return the first, from strict to lax, that the whole lines of the sample agree with."""
    lines = sample[: sample.rfind(b"\n") + 1] or sample
    for encoding in ("big5", "cp932", "cp949", "gb18030"):
        try:
            lines.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "cp1252"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(2**20):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(sample: bytes) -> bool:
    """Whether valid letters of several bytes far outnumber the broken ones: a few bad bytes."""
    text = sample.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= letter <= "\udcff" for letter in text)
    letters = sum(letter > "\x7f" for letter in text) - broken
    return letters > 4 * broken
