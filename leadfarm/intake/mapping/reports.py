"""Where the table lies in a report: lines stand above it, and other tables below."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from leadfarm.intake.mapping.guesses import plain
from leadfarm.intake.mapping.presets import Preset, knowledge, recognise
from leadfarm.intake.reading import Row

_PART = re.compile(r".*\b(details|other attended)$", re.IGNORECASE)


def locate(head: Sequence[Sequence[str]], header_row: int) -> tuple[Preset | None, int]:
    """Return the layout of the file, and in which row (from 1) its titles stand.

    Of several tables the one is meant whose titles say most.
    """
    found: tuple[Preset | None, int] = (None, header_row)
    most = 0
    for number, row in enumerate(head, start=1):
        preset = recognise(row)
        if preset is None or (number != header_row and not preset.has_parts):
            continue
        if (known := knowledge(preset, row)) > most:
            found, most = (preset, number), known
    return found


def end_of(rows: Iterable[Row]) -> int:
    """Return the row before which the next part of the report begins; 0 when none does."""
    for row in rows:
        filled = [cell for cell in row.cells if cell.strip()]
        if len(filled) == 1 and row.cells[0] and _PART.fullmatch(filled[0].strip()):
            return row.number - 1
    return 0


def told_above(head: Sequence[Sequence[str]], header_row: int) -> dict[str, str]:
    """Return what the lines above a webinar's attendees tell of all of them: topic and start."""
    found: dict[str, str] = {}
    for titles, cells in pairwise(head[:header_row]):
        told = {plain(title): cell for title, cell in zip(titles, cells, strict=False) if title}
        if topic := told.get("topic", "").strip():
            found["campaign"] = topic[:160]
        if start := (told.get("actual start time") or told.get("scheduled time") or "").strip():
            found["entered_at"] = start
    return found
