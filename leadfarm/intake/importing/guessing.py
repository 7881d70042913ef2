"""The mapping a file begins with: of the import it repairs, of its layout, or of its titles."""

import re
from collections.abc import Sequence
from typing import Any

from leadfarm.intake.codes import EventKind, ImportKind
from leadfarm.intake.importing.files import table_of
from leadfarm.intake.mapping import guess
from leadfarm.intake.mapping.plan import ABOUT_FILES, ABOUT_ROWS
from leadfarm.intake.mapping.presets import Preset, mapping_by
from leadfarm.intake.mapping.reports import end_of, locate, told_above
from leadfarm.intake.models import Event, ImportRun
from leadfarm.intake.reading import Table
from leadfarm.intake.values.dates import order_of
from leadfarm.leads.models import Campaign

SAMPLE_ROWS = 40
# What an error file calls its column of row numbers; by it the file is known when it comes back.
ROW_OF_IMPORT = "Row of import {number}"
_ROW_OF_IMPORT = re.compile(r"Row of import (\d{1,18})")


def begin_mapping(run: ImportRun, *, by_layout: bool = True) -> bool:
    """Set the mapping (and layout) of a file just uploaded; True when nobody need look at it."""
    run.mapping, run.preset = _about_file(run), ""
    table = table_of(run)
    if by_layout and _repairs(run, table):
        return True
    preset, header = locate(table.head, table.header_row)
    if by_layout and preset is not None and run.kind == ImportKind.LEADS:
        _lay_out(run, table, preset, header)
    else:
        _guess(run, table)
    if run.campaign is not None:
        _for_campaign(run, run.campaign)
    return False


def _guess(run: ImportRun, table: Table) -> None:
    samples = sample_rows(table)
    cells = [cell for row in samples for cell in row]
    kind = ImportKind(run.kind)
    run.mapping = {
        "kind": kind.slug,
        "columns": guess(table.titles, samples, kind),
        "constants": {},
        "options": _about_file(run)["options"] | {"date_order": order_of(cells)},
    }


def _for_campaign(run: ImportRun, campaign: Campaign) -> None:
    """Say in the mapping whose people they are; who only stands in an event's list registered."""
    columns, constants = run.mapping.get("columns", {}), dict(run.mapping.get("constants") or {})
    for title, spec in columns.items():
        if _target(spec) == "campaign":
            columns[title] = "ignore"
    constants["campaign"] = campaign.name
    if campaign.source is not None:
        constants["source"] = campaign.source.name
    event = Event.objects.of(run.workspace_id).filter(campaign=campaign).first()
    if event and not any(_target(spec) == "touch" for spec in columns.values()):
        constants.setdefault("touch", EventKind(event.kind).registered.slug)
    run.mapping = {**run.mapping, "columns": columns, "constants": constants}


def _target(spec: object) -> str:
    """Return what a column becomes, however its mapping is written."""
    return str(spec.get("to", "")) if isinstance(spec, dict) else str(spec)


def fitted(mapping: dict[str, Any], run: ImportRun, titles: Sequence[str]) -> dict[str, Any]:
    """Return a mapping made for another file, for this one: without columns it does not have."""
    columns = {
        title: spec
        for title, spec in (mapping.get("columns") or {}).items()
        if title in titles and _known_from_here(spec, titles)
    }
    options = {
        name: value for name, value in (mapping.get("options") or {}).items() if name in ABOUT_ROWS
    }
    options |= _about_file(run)["options"]
    return {**mapping, "kind": ImportKind(run.kind).slug, "columns": columns, "options": options}


def sample_rows(table: Table, many: int = SAMPLE_ROWS) -> list[list[str]]:
    """Return the cells of the first rows that can be read."""
    found: list[list[str]] = []
    for row in table.rows():
        if not row.fault:
            found.append(row.cells)
        if len(found) >= many:
            break
    return found


def repaired_place(titles: Sequence[str]) -> int | None:
    """Return which column holds the rows of the import that the file repairs; None without."""
    return next((at for at, one in enumerate(titles) if _ROW_OF_IMPORT.fullmatch(one)), None)


def _repairs(run: ImportRun, table: Table) -> bool:
    place = repaired_place(table.titles)
    if place is None:
        return False
    named = _ROW_OF_IMPORT.fullmatch(table.titles[place])
    assert named is not None
    there = ImportRun.objects.of(run.workspace_id).filter(id=int(named[1]), kind=run.kind)
    repaired = there.exclude(id=run.id).first()
    if repaired is None:
        return False
    run.repairs, run.preset = repaired, repaired.preset
    run.mapping = fitted(repaired.mapping, run, table.titles)
    return set(run.mapping["columns"]) == set(repaired.mapping.get("columns") or {})


def _lay_out(run: ImportRun, table: Table, preset: Preset, header: int) -> None:
    options = dict(_about_file(run)["options"])
    constants: dict[str, str] = {}
    if header != table.header_row:
        options["header_row"] = header
        run.mapping = {"options": options}
        table = table_of(run)
    if preset.has_parts:
        constants = told_above(table.head, header)
        if last := end_of(table.rows()):
            options["last_row"] = last
            run.mapping = {"options": options}
            table = table_of(run)
    samples = sample_rows(table)
    made = mapping_by(preset, table.titles, samples)
    order = order_of(
        (cell for row in samples for cell in row), str(preset.options.get("date_order", "dmy"))
    )
    made["options"] = made["options"] | {"date_order": order} | options
    made["constants"] = made["constants"] | constants
    run.mapping, run.preset = made, preset.slug


def _about_file(run: ImportRun) -> dict[str, Any]:
    """Return how the file is read: the sheet stays, a header found for a layout does not."""
    options = (run.mapping or {}).get("options") or {}
    kept = [name for name in ABOUT_FILES if name not in ("header_row", "last_row")]
    return {"options": {name: options[name] for name in kept if name in options}}


def _known_from_here(spec: Any, titles: Sequence[str]) -> bool:
    known = "now" if isinstance(spec, str) else str(spec.get("known_from", "now"))
    return known in ("now", "capture") or known in titles
