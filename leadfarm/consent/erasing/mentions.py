"""Words that name a person where nobody would look: the sweep through every text there is.

A colleague's note on another lead, a title, the name of a saved view. Addresses, numbers and names
that are theirs alone are replaced wherever they stand; a name that somebody else has too, only on
leads of theirs and of their company.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import connection, models

from leadfarm.access.masonry import walled_models
from leadfarm.consent.erasing.person import Person

ERASED = "[erased]"
TEXTS = (models.CharField, models.TextField)
# Our own people may bear the name; companies are no persons; words of a lead follow its title.
UNSWEPT = (
    *("access_", "leads_account", "leads_searchword"),
    *("outreach_mailserver", "outreach_sender", "consent_addresskey"),
)


def swept() -> list[type[models.Model]]:
    """Return the tables of workspaces that can hold words of people."""
    found = [m for config in apps.get_app_configs() for m in walled_models(apps, config.label)]
    return [m for m in found if not m._meta.db_table.startswith(UNSWEPT) and _columns(m)]


def replace_in(model: type[models.Model], person: Person) -> int:
    """Replace what names the person in the texts of one table; return in how many rows."""
    changed = 0
    if person.everywhere:
        changed += _replace(model, person, person.everywhere, "true")
    if person.nearby and any(field.attname == "lead_id" for field in model._meta.concrete_fields):
        near = "held.lead_id = ANY(%(around)s)"
        changed += _replace(model, person, person.nearby, near)
    return changed


def _columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Return the columns with words, as far as they may be changed."""
    forgets = getattr(model, "forgets", {})
    if getattr(model, "append_only", False) and not forgets:
        return []
    fields = [f for f in model._meta.concrete_fields if isinstance(f, (*TEXTS, models.JSONField))]
    return [f for f in fields if not f.choices and (not forgets or f.column in forgets)]


def _replace(
    model: type[models.Model], person: Person, words: Sequence[str], near: str
) -> int:  # fmt: skip
    table, columns = model._meta.db_table, _columns(model)
    named = " OR ".join(f'held."{field.column}"::text ~* %(words)s' for field in columns)
    where = f"held.workspace_id = %(workspace)s AND {near} AND ({named})"
    if getattr(model, "append_only", False):
        ids = f"ARRAY(SELECT held.id FROM {table} held WHERE {where})"  # noqa: S608 (names of ours)
        statement = f"SELECT {table}_forget(%(workspace)s::integer, {ids})"
    else:
        said = ", ".join(f'"{field.column}" = {_cleaned(field)}' for field in columns)
        statement = f"UPDATE {table} held SET {said} WHERE {where}"  # noqa: S608
    terms = person.terms() | {"words": "|".join(words), "erased": ERASED}
    with connection.cursor() as cursor:
        cursor.execute(statement, terms)
        returned = cursor.fetchone()[0] if cursor.description else cursor.rowcount
    return int(returned)


def _cleaned(field: models.Field[Any, Any]) -> str:
    """Return the text without the words; a key of somebody else's becomes empty."""
    said = f"regexp_replace(held.\"{field.column}\"::text, %(words)s, %(erased)s, 'gi')"
    if isinstance(field, models.JSONField):
        return f"{said}::jsonb"
    if field.null:
        return (
            f'CASE WHEN held."{field.column}" ~* %(words)s THEN NULL ELSE held."{field.column}" END'
        )
    return f"left({said}, {field.max_length})" if field.max_length else said
