"""From cells to values: each row becomes a record, or a list of what is wrong with it."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from leadfarm.access.models import Workspace
from leadfarm.intake.codes import ImportKind
from leadfarm.intake.importing import checking
from leadfarm.intake.importing.guessing import repaired_place
from leadfarm.intake.importing.record import Record, Told
from leadfarm.intake.mapping import TARGETS, Column, Mapping, MappingError
from leadfarm.intake.mapping.guesses import plain
from leadfarm.intake.reading import Fault, Row
from leadfarm.intake.values import cells, dates
from leadfarm.intake.values.readers import CellError, readers
from leadfarm.rules.csv_safety import unescape_cell
from leadfarm.rules.names import (
    company_domain,
    company_key,
    normal_phone,
    phone_words,
    search_words,
)

Read = Callable[[str], Any]
LONGEST_FINDING = 600
_PREFIX = re.compile(r"^(?:l|p|ag|as|c|f|z):(?=[+\d])")


class Preparing:
    """Reads the rows of one file by its mapping. Knows the workspace's zone and country only."""

    def __init__(
        self, mapping: Mapping, titles: tuple[str, ...], workspace: Workspace, now: datetime
    ) -> None:
        self.mapping, self.now, self.country = mapping, now, workspace.country
        self.went_live_at = workspace.went_live_at
        self.zone = _zone(mapping.options.get("time_zone") or workspace.time_zone)
        self.order = str(mapping.options.get("date_order", "dmy"))
        self.read = readers(self.zone, self.order)
        self.places = places = {title: place for place, title in enumerate(titles)}
        self.plain = [
            (places[column.title], column, self.reader(column), translation(column))
            for column in mapping.columns
            if column.to != "finding"
        ]
        learned = [column for column in mapping.columns if column.to == "finding"]
        self.findings = [(places[column.title], column) for column in learned]
        self.entered, self.staged = mapping.column("entered_at"), mapping.column("stage")
        self.constants = self.read_constants()
        self.is_outcomes = mapping.kind is ImportKind.OUTCOMES
        # Rows of outcomes tell of leads that are there; who repairs a file has looked at its rows.
        self.repairs = repaired_place(titles)
        self.judges = not self.is_outcomes and self.repairs is None
        # Rows that only the record itself can refuse are kept as they came.
        self.keeps_rows = self.is_outcomes or mapping.takes == "known"
        self.clean = without_prefix if mapping.options.get("prefixes") else clean

    def reader(self, column: Column) -> Read:
        """Return the function that turns a cell of this column into its value."""
        read = self.read[TARGETS[column.to].reads]
        if TARGETS[column.to].reads == "text":
            return partial(_limited, TARGETS[column.to].limit)
        return read

    def read_constants(self) -> dict[str, Any]:
        """Return the values that hold for every row; MappingError when one cannot be read."""
        found = {}
        for name, text in self.mapping.constants.items():
            try:
                found[name] = self.read[TARGETS[name].reads](text)
            except CellError as error:
                raise MappingError(
                    f"{TARGETS[name].label}: {error}", "Set another value."
                ) from None
        return found

    def record(self, row: Row) -> tuple[Record | None, list[Fault]]:
        """Return the row as a record and what is worth a look, or None and all that is wrong."""
        if row.fault and not row.broken:
            return None, [Fault(row.number, row.field, row.fault)]
        record = Record(row.number)
        if self.repairs is not None and (told := row.cells[self.repairs].strip()).isdecimal():
            record.repaired_row = int(told[:9])
        for name, value in self.constants.items():
            setattr(record, name, value)
        unread, faults = self.fill(record, row)
        self.complete(record, row)
        remarks = [] if faults else self.add_findings(record, row)
        wrong, flags = checking.faults_of(record, self, unread)
        faults += wrong
        return (None, faults) if faults else (record, remarks + flags)

    def fill(self, record: Record, row: Row) -> tuple[frozenset[str], list[Fault]]:
        """Put the cells into the record; return what could not be read, and why."""
        broken = dict(row.broken)
        unread, faults = list[str](), [Fault(row.number, *told) for told in row.broken]
        for place, column, read, translate in self.plain:
            if broken and column.title in broken:
                unread.append(column.to)
                continue
            text = self.clean(row.cells[place])
            if text and translate is not None:
                text = translate(text)
            if not text:
                continue
            try:
                setattr(record, column.to, read(text))
            except CellError as error:
                unread.append(column.to)
                faults.append(Fault(row.number, column.title, str(error)))
        return frozenset(unread), faults

    def complete(self, record: Record, row: Row) -> None:
        """Fill in what follows from other cells: names, keys, domain, since when it was known."""
        if record.full_name and not (record.given_name or record.family_name):
            record.given_name, record.family_name = split_name(record.full_name)
        if record.phone:
            record.phone_key = normal_phone(record.phone, record.country or self.country)
        if not record.domain and record.email:
            record.domain = company_domain(record.email)
        if record.company:
            record.company_key = company_key(record.company)
        elif record.domain:
            record.company, record.company_key = record.domain, ""
        if not self.is_outcomes:
            record.words = _words(record)
        record.known_at = self.known(self.entered, record, row)
        record.stage_known_at = self.known(self.staged, record, row)

    def known(self, column: Column | None, record: Record, row: Row) -> datetime:
        """Return since when the company knew what the column says (law 5), never after now."""
        told = column.known_from if column else "now"
        if told == "now":
            return self.now
        if told == "capture":
            return min(record.entered_at or self.now, self.now)
        try:
            text = clean(row.cells[self.places[told]])
            return min(dates.read_instant(text, self.zone, self.order), self.now)
        except dates.NotADateError:
            return self.now

    def add_findings(self, record: Record, row: Row) -> list[Fault]:
        """Add the findings of the row; a value of another type than mapped is kept as text."""
        remarks = []
        for place, column in self.findings:
            text = clean(row.cells[place])
            if not text:
                continue
            known = self.known(column, record, row)
            told = Told(column.section, column.field, None, None, None, known)
            if not self.value(told, column, text):
                told.text = text[:LONGEST_FINDING]
                if column.type != "text":
                    wrong = f"“{text[:60]}” is no {column.type}; it is kept as text."
                    remarks.append(Fault(row.number, column.title, wrong, taken=True))
            record.findings.append(told)
        return remarks

    def value(self, told: Told, column: Column, text: str) -> bool:
        """Put the number or date into the finding; False when the cell holds none."""
        if column.type == "number":
            told.number = cells.read_decimal(text)
            return told.number is not None and abs(told.number) < 10**13
        if column.type == "date":
            try:
                told.day = dates.read_day(text, self.order)
            except dates.NotADateError:
                return False
            return True
        return False


def clean(cell: str) -> str:
    """Return the cell without blanks around it, and empty where people write “n/a”."""
    text = cell.strip()
    if len(text) <= 7 and text.lower() in cells.BLANKS:
        return ""
    return unescape_cell(text) if text[0] == "'" else text


def without_prefix(cell: str) -> str:
    """Return the cell without the mark some advertisers put before ids and numbers: “p:+49 …”."""
    return _PREFIX.sub("", clean(cell), count=1)


def split_name(name: str) -> tuple[str, str]:
    """Return given and family name; “Lind, Vera” is read the other way round."""
    if name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
        return given[:100], family[:100]
    given, _, family = name.strip().rpartition(" ")
    return (given or family)[:100], (family if given else "")[:100]


def _words(record: Record) -> list[str]:
    texts = (record.title, record.external_id, record.given_name, record.family_name)
    reached_by = (record.email, *phone_words(record.phone_key))
    return search_words((*texts, *reached_by, record.company, record.domain or ""))


def translation(column: Column) -> Callable[[str], str] | None:
    """Return what turns the words of a file into ours, empty for “leave it out”; None: nothing."""
    if not column.values:
        return None
    exact = {word.casefold(): ours for word, ours in column.values.items()}
    alike = {plain(word): ours for word, ours in column.values.items() if plain(word)}

    def translate(text: str) -> str:
        return exact.get(text.casefold(), alike.get(plain(text), text))

    return translate


def _limited(limit: int, text: str) -> str:
    if len(text) > limit:
        raise CellError(f"The cell has {len(text)} letters; at most {limit} fit. Shorten it.")
    return text


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise MappingError(f"“{name}” is no time zone.", "Name one like Europe/Berlin.") from None
