"""The page that says what each column means, as rows to show and as a form to read."""

from typing import Any

from django.http import QueryDict

from leadfarm.intake.codes import ImportKind
from leadfarm.intake.importing.files import table_of
from leadfarm.intake.importing.guessing import sample_rows
from leadfarm.intake.mapping import targets_for
from leadfarm.intake.mapping.guesses import guess_type
from leadfarm.intake.models import ImportRun
from leadfarm.rules.codes import FindingSection, Overwrite

SHOWN_COLUMNS = 100
SAMPLES = 3
CONSTANTS = ("source", "campaign", "touch", "stage", "stage_at")


def rows_of(run: ImportRun) -> dict[str, Any]:
    """Return what the page needs; UnreadableFileError when the file is gone."""
    table = table_of(run)
    samples = sample_rows(table)
    told = run.mapping.get("columns") or {}
    targets = targets_for(ImportKind(run.kind))
    rows = []
    for place, title in enumerate(table.titles[:SHOWN_COLUMNS]):
        spec = told.get(title) or {}
        spec = {"to": spec} if isinstance(spec, str) else spec
        cells = [row[place] for row in samples if row[place].strip()]
        rows.append({"place": place, "title": title, "cells": cells[:SAMPLES], **_spec(spec)})
    given = run.mapping.get("constants") or {}
    constants = [(t.name, t.label, given.get(t.name, "")) for t in targets if t.name in CONSTANTS]
    return {
        "table": table,
        "rows": rows,
        "left_out": max(0, len(table.titles) - SHOWN_COLUMNS),
        "targets": targets,
        "sections": list(FindingSection),
        "overwrites": list(Overwrite),
        "constants": constants,
        "options": run.mapping.get("options") or {},
    }


def mapping_of(run: ImportRun, sent: QueryDict) -> dict[str, Any]:
    """Return the mapping that the form says, as JSON; UnreadableFileError when the file is gone."""
    table = table_of(run)
    samples = sample_rows(table)
    columns: dict[str, Any] = {}
    for place, title in enumerate(table.titles[:SHOWN_COLUMNS]):
        to = sent.get(f"to-{place}", "")
        if not to:
            continue
        spec = {"to": to, "known_from": sent.get(f"known-{place}") or "now"}
        spec["overwrite"] = sent.get(f"over-{place}") or "if-blank"
        if to == "finding":
            spec["section"] = sent.get(f"section-{place}") or "profile"
            spec["type"] = guess_type([row[place] for row in samples])
        columns[title] = spec
    constants = {name: sent[f"set-{name}"] for name in CONSTANTS if sent.get(f"set-{name}")}
    options = dict(run.mapping.get("options") or {})
    if sent.get("date_order"):
        options["date_order"] = sent["date_order"]
    kind = ImportKind(run.kind).slug
    return {"kind": kind, "columns": columns, "constants": constants, "options": options}


def _spec(spec: dict[str, Any]) -> dict[str, str]:
    return {
        "to": str(spec.get("to", "")),
        "known": str(spec.get("known_from", "now")),
        "section": str(spec.get("section", "profile")),
        "over": str(spec.get("overwrite", "if-blank")),
    }
