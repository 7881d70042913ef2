"""A chunk of rows as they were read and cleaned, nothing decided yet."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from leadfarm.intake.importing.junk import is_suspect
from leadfarm.intake.importing.preparing import Preparing
from leadfarm.intake.importing.record import Record
from leadfarm.intake.reading import Fault, Row
from leadfarm.intake.reading.table import printable


@dataclass
class Prepared:
    """Records, faults, and the raw cells of faulty rows; `after` is the last row before them."""

    after: int
    last_row: int
    rows: int
    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    raw: dict[int, str] = field(default_factory=dict)
    rejected: int = 0
    erased: int = 0  # of the rejected: people who were erased
    suspects: set[int] = field(default_factory=set)  # rows that may be junk

    def copy(self) -> "Prepared":
        """Return a copy to leave rows out of: what is decided may have to be decided again."""
        return replace(
            self, records=list(self.records), faults=list(self.faults), raw=dict(self.raw)
        )


def prepare(
    preparing: Preparing, rows: Iterator[Row], chunk: int, after: int = 0
) -> Prepared | None:
    """Return the next rows, cleaned; None when there are no more."""
    read = list(islice(rows, chunk))
    if not read:
        return None
    prepared = Prepared(after, read[-1].number, len(read))
    for row in read:
        record, faults = preparing.record(row)
        if record is not None:
            prepared.records.append(record)
        else:
            prepared.rejected += 1
        if suspect := record is not None and preparing.judges and is_suspect(record):
            prepared.suspects.add(row.number)
        if faults or suspect or preparing.keeps_rows:
            prepared.raw[row.number] = json.dumps([printable(cell) for cell in row.cells])
        prepared.faults.extend(faults)
    return prepared
