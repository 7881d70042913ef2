"""Looking through a workspace: its contacts and accounts, and the pairs that may be the same."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.intake.codes import PairState, RecordKind
from leadfarm.intake.duplicates.finding import Pair, find
from leadfarm.intake.merging.automatic import merge_the_surest
from leadfarm.intake.models import DuplicatePair, DuplicateRule
from leadfarm.intake.sql import statement
from leadfarm.rules.duplicates.kinds import Kind

THREADS = 2
# A pair less likely than one in four is not worth a person's time; nor is the thousandth pair.
LEAST = -1.585  # bits
MOST_PAIRS = 2_000
COLUMNS: dict[RecordKind, dict[str, Kind]] = {
    RecordKind.CONTACT: {
        "given_name": Kind.GIVEN,
        "family_name": Kind.FAMILY,
        "email": Kind.EMAIL,
        "phone": Kind.PHONE,
        "company": Kind.COMPANY,
        "country": Kind.COUNTRY,
        "job_title": Kind.TEXT,
    },
    RecordKind.ACCOUNT: {
        "name": Kind.COMPANY,
        "domain": Kind.WEB,
        "country": Kind.COUNTRY,
        "industry": Kind.TEXT,
    },
}
# What a column of free words is called where its pair is judged.
TEXTS = {RecordKind.CONTACT: "job title", RecordKind.ACCOUNT: "industry"}


def scan(workspace: Workspace, *, now: datetime) -> dict[str, int]:
    """Look for duplicates; return how many pairs were found, and how many merged by themselves.

    What was judged before stays judged; open pairs that are none any more go away.
    """
    found = {kind.slug: _scan(workspace, kind, now) for kind in RecordKind}
    with within(workspace):
        merged = merge_the_surest(workspace, now=now)
        DuplicateRule.objects.update_or_create(
            workspace_id=workspace.id, defaults={"looked_at": now}
        )
    return {**found, "merged": merged}


def _scan(workspace: Workspace, kind: RecordKind, now: datetime) -> int:
    ids, columns = _records(workspace, kind)
    pairs = find(columns, kinds=COLUMNS[kind], threads=THREADS, least=LEAST).pairs
    surest = sorted(pairs, key=lambda pair: -pair.bits)[:MOST_PAIRS]
    with within(workspace):
        open_pairs = DuplicatePair.objects.of(workspace).filter(kind=kind, state=PairState.OPEN)
        DuplicatePair.objects.bulk_create(
            [_row(workspace, kind, ids, pair, now) for pair in surest],
            update_conflicts=True,
            unique_fields=["workspace", "kind", "one", "other"],
            update_fields=["probability", "evidence", "found_at"],
        )
        open_pairs.filter(found_at__lt=now).delete()
    return len(surest)


def _records(workspace: Workspace, kind: RecordKind) -> tuple[list[int], dict[str, list[str]]]:
    names = list(COLUMNS[kind])
    name = "duplicate_contacts" if kind is RecordKind.CONTACT else "duplicate_accounts"
    with within(workspace), connection.cursor() as cursor:
        cursor.execute(statement(name), {"workspace": workspace.id})
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
    cells = {name: [row[at] or "" for row in rows] for at, name in enumerate(names, 1)}
    return [row[0] for row in rows], cells


def _row(
    workspace: Workspace, kind: RecordKind, ids: list[int], pair: Pair, now: datetime
) -> DuplicatePair:
    one, other = sorted((ids[pair.left], ids[pair.right]))
    told = sorted(pair.evidence, key=lambda each: -abs(each.bits))
    return DuplicatePair(
        workspace_id=workspace.id,
        kind=kind,
        one=one,
        other=other,
        probability=round(pair.probability, 4),
        evidence=[[_called(kind, each.kind), each.says, each.bits] for each in told],
        found_at=now,
    )


def _called(kind: RecordKind, meaning: Kind) -> str:
    return TEXTS[kind] if meaning is Kind.TEXT else meaning.value
