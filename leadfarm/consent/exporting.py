"""Everything about a person in one file: a page to read, and the same as JSON and CSV."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.template.loader import render_to_string

from leadfarm.consent.erasing.person import Person, person_of
from leadfarm.consent.holdings import Holding, registry
from leadfarm.leads.models import Contact
from leadfarm.rules.coded import Code
from leadfarm.rules.codes import Disposition, FindingSection, TaskKind, TouchKind
from leadfarm.rules.consent import Basis, Channel, Purpose, SuppressionReason
from leadfarm.rules.csv_safety import escape_cell
from leadfarm.rules.privacy import RequestKind, RequestState
from leadfarm.rules.stages import Stage

# What people read instead of the numbers that stand in the database.
WORDS: dict[str, type[Code]] = {
    "leads.Touch.kind": TouchKind, "leads.Touch.disposition": Disposition,
    "leads.Task.kind": TaskKind, "leads.Task.disposition": Disposition,
    "leads.Finding.section": FindingSection, "leads.Standing.stage": Stage,
    "leads.StageChange.from_stage": Stage, "leads.StageChange.to_stage": Stage,
    "consent.Consent.purpose": Purpose, "consent.Consent.basis": Basis,
    "consent.Suppression.reason": SuppressionReason, "consent.Suppression.channel": Channel,
    "consent.Suppression.purpose": Purpose, "consent.PrivacyRequest.kind": RequestKind,
    "consent.PrivacyRequest.state": RequestState,
}  # fmt: skip
# Of no use to the person, and hard to read: keys of ours, and what a machine sorts by.
HIDDEN = frozenset({"workspace_id", "address_hash", "lease", "mail_key", "email_key", "phone_key"})


@dataclass(frozen=True)
class Part:
    """One table: what it is called, its columns, and the person's rows in words."""

    holding: Holding
    columns: list[str]
    rows: list[list[Any]]

    @property
    def name(self) -> str:
        """Return the name of its file."""
        return self.holding.model.lower().replace(".", "-")


def parts_of(person: Person) -> Iterator[Part]:
    """Yield every table that knows the person, with their rows."""
    for holding in registry.holdings.values():
        part = _part(holding, person)
        if part.rows:
            yield part


def export(contact: Contact, *, now: datetime) -> bytes:
    """Return the file: index.html to read, data.json for machines, one CSV a table."""
    parts = list(parts_of(person_of(contact)))
    told = {"contact": contact, "parts": parts, "made_at": now, "workspace": contact.workspace}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("index.html", render_to_string("consent/privacy/export.html", told))
        data = {p.name: [dict(zip(p.columns, row, strict=True)) for row in p.rows] for p in parts}
        file.writestr("data.json", json.dumps(data, indent=1, default=str, ensure_ascii=False))
        for part in parts:
            file.writestr(f"{part.name}.csv", _csv(part))
    return buffer.getvalue()


def _part(holding: Holding, person: Person) -> Part:
    model = apps.get_model(holding.model)
    fields = [f for f in model._meta.concrete_fields if _is_shown(f)]
    said = ", ".join(f'held."{field.column}"' for field in fields)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {said} FROM {table} held WHERE held.workspace_id = %(workspace)s"  # noqa: S608 (ours)
            f" AND ({holding.whose}) ORDER BY 1",
            person.terms(),
        )
        rows = [
            [
                _in_words(holding.model, field, value)
                for field, value in zip(fields, row, strict=True)
            ]
            for row in cursor.fetchall()
        ]
    return Part(holding, [field.name for field in fields], rows)


def _is_shown(field: "models.Field[Any, Any]") -> bool:
    return field.column not in HIDDEN and not isinstance(field, models.CompositePrimaryKey)


def _in_words(model: str, field: "models.Field[Any, Any]", value: Any) -> Any:
    code = WORDS.get(f"{model}.{field.name}")
    if code is not None and value is not None:
        return code(value).label
    return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value


def _csv(part: Part) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(part.columns)
    writer.writerows([[escape_cell("" if v is None else str(v)) for v in row] for row in part.rows])
    return text.getvalue()
