"""Companies and people that nobody has looked at since they came or changed, by the thousand."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.intake.enrichment import Answer, Company, Person, providers
from leadfarm.intake.sql import statement
from leadfarm.leads.actions import index_companies
from leadfarm.rules.names import company_key
from leadfarm.rules.profile.codes import ProfileField

BATCH = 2_000
MOST = 50_000


def enrich(workspace: Workspace, now: datetime, most: int = MOST) -> dict[str, int]:
    """Fill blanks of who has not been looked at; return how many were, and how many values filled.

    Nothing that is there is replaced, and who objects to profiling is left alone. Safe side by
    side: rows that another worker looks at are passed over.
    """
    if not workspace.enriches:
        return {"looked at": 0, "filled": 0}
    looked = filled = 0
    for kind in ("accounts", "contacts"):
        while looked < most:
            many, values = _batch(workspace, kind, now)
            looked, filled = looked + many, filled + values
            if many < BATCH:
                break
    return {"looked at": looked, "filled": filled}


def _batch(workspace: Workspace, kind: str, now: datetime) -> tuple[int, int]:
    with within(workspace), connection.cursor() as cursor:
        terms: dict[str, Any] = {"workspace": workspace.id, "many": BATCH, "now": now}
        cursor.execute(statement(f"{kind}_to_enrich"), terms)
        rows = cursor.fetchall()
        if not rows:
            return 0, 0
        filled = 0
        for provider in providers():
            answers = _asked(provider, kind, rows)
            cursor.execute(
                statement(f"enrich_{kind}"),
                {**terms, **_arrays(answers), "source": provider.name},
            )
            values, renamed = cursor.fetchone()
            index_companies(workspace.id, renamed)
            filled += values
        seen = {**terms, "ids": [row[0] for row in rows]}
        cursor.execute(statement(f"{kind}_enriched"), seen)
    return len(rows), filled


def _asked(provider: Any, kind: str, rows: Sequence[tuple[Any, ...]]) -> list[Answer]:
    if kind == "accounts":
        return list(provider.companies([Company(*row) for row in rows]))
    return list(provider.people([Person(*row) for row in rows]))


def _arrays(answers: Iterable[Answer]) -> dict[str, list[Any]]:
    """Return the answers as columns, the key of a name beside it."""
    some = list(answers)
    return {
        "of": [one.id for one in some],
        "fields": [int(one.field) for one in some],
        "codes": [one.code for one in some],
        "keys": [
            company_key(one.code)[:200] if one.field is ProfileField.NAME else "" for one in some
        ],
        "sure": [int(one.confidence) for one in some],
    }
