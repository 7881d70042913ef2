"""The page that says what each column means, as rows to show and as a form to read."""

from typing import Any

from django.http import QueryDict

from leadfarm.intake.codes import ImportKind
from leadfarm.intake.importing.files import table_of
from leadfarm.intake.importing.guessing import repaired_place, sample_rows
from leadfarm.intake.mapping import targets_for
from leadfarm.intake.mapping.guesses import guess_type
from leadfarm.intake.mapping.presets import PRESETS, signs
from leadfarm.intake.models import ImportRun, SavedMapping
from leadfarm.intake.reading import Table
from leadfarm.intake.views.mapping_words import choices_for, sent_words, words_of
from leadfarm.leads.models import Campaign, Source
from leadfarm.rules.codes import FindingSection, Overwrite, TouchKind
from leadfarm.rules.stages import Stage

SHOWN_COLUMNS = 100
SAMPLES = 3
CONSTANTS = ("source", "campaign", "touch", "stage", "stage_at", "entered_at")
MATCHES = (
    ("auto", "External id, then e-mail, then number or company with the name"),
    ("external_id", "External id only"),
    ("email", "E-mail only"),
)
TAKES = (
    ("all", "Every row: new leads open, known ones are told more"),
    ("new", "New leads only: known ones stay as they are"),
    ("known", "Known leads only: other rows are rejected"),
)


def rows_of(run: ImportRun) -> dict[str, Any]:
    """Return what the page needs; UnreadableFileError when the file is gone."""
    table = table_of(run)
    samples = sample_rows(table)
    rows = [_row(run, table, samples, at) for at in range(min(len(table.titles), SHOWN_COLUMNS))]
    return {
        "table": table,
        "rows": rows,
        "worded": [row for row in rows if row["words"]],
        "left_out": max(0, len(table.titles) - SHOWN_COLUMNS),
        "targets": targets_for(ImportKind(run.kind)),
        "sections": list(FindingSection),
        "overwrites": list(Overwrite),
        "options": run.mapping.get("options") or {},
        "matches": MATCHES,
        "takes": TAKES,
        **_the_same(run),
        **_layout(run, table),
    }


def left_out(run: ImportRun) -> list[str]:
    """Return the columns nothing is taken from; UnreadableFileError when the file is gone."""
    table, used = table_of(run), run.mapping.get("columns") or {}
    repaired = repaired_place(table.titles)  # what an error file adds is about the rows
    return [title for title in table.titles[:repaired] if title not in used]


def _row(run: ImportRun, table: Table, samples: list[list[str]], place: int) -> dict[str, Any]:
    """Return one column: its first cells, where it goes, and its words that need a meaning."""
    title = table.titles[place]
    spec = (run.mapping.get("columns") or {}).get(title) or {}
    spec = {"to": spec} if isinstance(spec, str) else spec
    cells = [row[place] for row in samples if row[place].strip()]
    to = str(spec.get("to", ""))
    words = words_of(table, place, to, spec.get("values") or {})
    shown = {"place": place, "title": title, "cells": cells[:SAMPLES], "words": words}
    return {**shown, **_spec(spec), "choices": choices_for(to) if words else []}


def mapping_of(run: ImportRun, sent: QueryDict) -> dict[str, Any]:
    """Return the mapping that the form says, as JSON; UnreadableFileError when the file is gone."""
    table = table_of(run)
    samples = sample_rows(table)
    columns: dict[str, Any] = {}
    for place, title in enumerate(table.titles[:SHOWN_COLUMNS]):
        if to := sent.get(f"to-{place}", ""):
            columns[title] = _sent_column(run, sent, place, title, to)
            if to == "finding":
                columns[title]["type"] = guess_type([row[place] for row in samples])
    constants = {name: sent[f"set-{name}"] for name in CONSTANTS if sent.get(f"set-{name}")}
    options = dict(run.mapping.get("options") or {})
    for name in ("date_order", "match", "takes"):
        if sent.get(name):
            options[name] = sent[name]
    kind = ImportKind(run.kind).slug
    return {"kind": kind, "columns": columns, "constants": constants, "options": options}


def _sent_column(
    run: ImportRun, sent: QueryDict, place: int, title: str, to: str
) -> dict[str, Any]:
    before = (run.mapping.get("columns") or {}).get(title) or {}
    before = before if isinstance(before, dict) and before.get("to") == to else {}
    spec: dict[str, Any] = {"to": to, "known_from": sent.get(f"known-{place}") or "now"}
    spec["overwrite"] = sent.get(f"over-{place}") or "if-blank"
    if to == "finding":
        spec["section"] = sent.get(f"section-{place}") or "profile"
        if before.get("field"):
            spec["field"] = before["field"]
    if values := sent_words(sent, place, before.get("values") or {}):
        spec["values"] = values
    return spec


def _the_same(run: ImportRun) -> dict[str, Any]:
    """Return what may hold for every row, each with what is there to choose from."""
    given = run.mapping.get("constants") or {}
    kinds = [(kind.slug, kind.label) for kind in TouchKind if int(kind) < int(TouchKind.MAIL_SENT)]
    choices = {"touch": kinds, "stage": [(stage.slug, stage.label) for stage in Stage]}
    known: dict[str, Any] = {
        "source": Source.objects.of(run.workspace_id).exclude(name="").order_by("name"),
        "campaign": Campaign.objects.of(run.workspace_id).order_by("name"),
    }
    constants = [
        {
            "name": target.name,
            "label": target.label,
            "value": given.get(target.name, ""),
            "choices": choices.get(target.name, []),
            "known": [one.name for one in known[target.name][:200]] if target.name in known else [],
        }
        for target in targets_for(ImportKind(run.kind))
        if target.name in CONSTANTS
    ]
    return {"constants": constants}


def _layout(run: ImportRun, table: Table) -> dict[str, Any]:
    """Return how the file was recognised, and the mappings kept by name."""
    preset = PRESETS.get(run.preset)
    saved = SavedMapping.objects.of(run.workspace_id).filter(kind=run.kind).order_by("name")
    return {
        "preset": preset,
        "signs": signs(preset, table.titles) if preset else [],
        "saved": saved[:100],
        "passed_over": max(0, table.header_row - 1),
    }


def _spec(spec: dict[str, Any]) -> dict[str, str]:
    return {
        "to": str(spec.get("to", "")),
        "known": str(spec.get("known_from", "now")),
        "section": str(spec.get("section", "profile")),
        "over": str(spec.get("overwrite", "if-blank")),
    }
