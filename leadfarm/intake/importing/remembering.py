"""What an import changes of records that are there, kept beside it, so that undo can restore it.

A column goes back only while it still holds what the import put there: what a person has changed
since is theirs, and is named.
"""

from collections.abc import Sequence
from typing import Any

from leadfarm.intake.codes import ChangedKind
from leadfarm.intake.importing import tables

KINDS = {
    "account": ChangedKind.ACCOUNT,
    "contact": ChangedKind.CONTACT,
    "lead": ChangedKind.LEAD,
    "standing": ChangedKind.STANDING,
}
# Never by hand, and of no use to who reads what stayed: the keys that go with a column.
UNNAMED = ("name_key", "phone_key", "contact_id", "account_id")
LONGEST_LIST = 200

REMEMBER = """
INSERT INTO intake_importedchange AS known
       (workspace_id, run_id, record_kind, record_id, before, after)
SELECT %(workspace)s, %(run)s, {kind}, told.{key},
       jsonb_build_object({before}), jsonb_build_object({after})
  FROM told_{name} told JOIN {table} it ON it.workspace_id = %(workspace)s AND it.{key} = told.{key}
 WHERE {only}
    ON CONFLICT (workspace_id, run_id, record_kind, record_id) DO UPDATE
   SET before = excluded.before || known.before, after = known.after || excluded.after
"""
RESTORE = """
WITH mine AS (
    SELECT change.record_id, (
           SELECT jsonb_object_agg(one.key, one.value) FROM jsonb_each(change.before) one
            WHERE one.value IS DISTINCT FROM change.after -> one.key
              AND to_jsonb(it) -> one.key IS NOT DISTINCT FROM change.after -> one.key) AS columns
      FROM intake_importedchange change
      JOIN {table} it ON it.workspace_id = change.workspace_id AND it.{key} = change.record_id
     WHERE change.workspace_id = %(workspace)s AND change.run_id = %(run)s
       AND change.record_kind = {kind} AND {spared})
UPDATE {table} it SET ({columns}) = (
       SELECT {old} FROM jsonb_populate_record(it, mine.columns) was)
  FROM mine
 WHERE it.workspace_id = %(workspace)s AND it.{key} = mine.record_id AND mine.columns IS NOT NULL
RETURNING it.{key}
"""
CHANGED_SINCE = """
SELECT change.record_id, string_agg(replace(one.key, '_', ' '), ', ' ORDER BY one.key)
  FROM intake_importedchange change
  JOIN {table} it ON it.workspace_id = change.workspace_id AND it.{key} = change.record_id
 CROSS JOIN LATERAL jsonb_each(change.before) one
 WHERE change.workspace_id = %(workspace)s AND change.run_id = %(run)s
   AND change.record_kind = {kind} AND NOT one.key = ANY(%(unnamed)s)
   AND one.value IS DISTINCT FROM change.after -> one.key
   AND to_jsonb(it) -> one.key IS DISTINCT FROM change.after -> one.key
   AND to_jsonb(it) -> one.key IS DISTINCT FROM one.value
 GROUP BY change.record_id ORDER BY change.record_id LIMIT %(most)s
"""
# Who was worked on since stays whole, with the people and the company of that lead.
SPARED = {
    "lead": "NOT it.id = ANY(%(kept)s)",
    # A next step is one: it goes back whole, and not into a program that went on without the lead.
    "standing": "NOT it.lead_id = ANY(%(kept)s) AND (change.after -> 'stage' IS NULL"
    " OR change.before ->> 'enrolment_id' IS NULL AND it.enrolment_id IS NULL AND"
    " (to_jsonb(it) -> 'stage', to_jsonb(it) -> 'next_at', to_jsonb(it) -> 'task_id')"
    " IS NOT DISTINCT FROM"
    " (change.after -> 'stage', change.after -> 'next_at', change.after -> 'task_id'))",
    "contact": "NOT EXISTS (SELECT FROM leads_lead lead WHERE lead.workspace_id = it.workspace_id"
    " AND lead.contact_id = it.id AND lead.id = ANY(%(kept)s))",
    "account": "NOT EXISTS (SELECT FROM leads_lead lead WHERE lead.workspace_id = it.workspace_id"
    " AND lead.account_id = it.id AND lead.id = ANY(%(kept)s))",
}


def change(cursor: Any, name: str, text: str, where: tuple[int, int]) -> None:
    """Change records that are there, as copytext.block tells it, and remember what they were.

    `where` is the workspace and the import.
    """
    tables.tell(cursor, name, text)
    if name == "standing":  # heat alone is told by a row that keeps its next step
        _remember(cursor, name, ["heat"], "told.keeps_step", where)
        _remember(cursor, name, _columns(name), "NOT told.keeps_step", where)
    else:
        _remember(cursor, name, _columns(name), "true", where)
    tables.update(cursor, name, where[0])


def _remember(
    cursor: Any, name: str, columns: Sequence[str], only: str, where: tuple[int, int]
) -> None:
    before = ", ".join(f"'{one}', it.{one}" for one in columns)
    if name == "standing":
        before += ", 'enrolment_id', it.enrolment_id"
    after = ", ".join(f"'{one}', told.{one}" for one in columns)
    terms = dict(zip(("workspace", "run"), where, strict=True))
    cursor.execute(_fill(REMEMBER, name, before=before, after=after, only=only), terms)


def restore(cursor: Any, name: str, terms: dict[str, Any]) -> list[int]:
    """Put back what the import changed and nobody has changed since; return the records."""
    columns = _columns(name)
    old = ", ".join(f"was.{one}" for one in columns)
    cursor.execute(
        _fill(RESTORE, name, columns=", ".join(columns), old=old, spared=SPARED[name]), terms
    )
    return [row[0] for row in cursor.fetchall()]


def changed_since(cursor: Any, terms: dict[str, Any]) -> list[str]:
    """Return a sentence for each record that keeps values which people have changed since."""
    found = []
    asked = {**terms, "unnamed": list(UNNAMED), "most": LONGEST_LIST}
    for name in ("lead", "contact", "account"):
        cursor.execute(_fill(CHANGED_SINCE, name), asked)
        found += [f"{name.title()} {number} keeps its {told}, changed since."
                  for number, told in cursor.fetchall()]  # fmt: skip
    return found


def _columns(name: str) -> Sequence[str]:
    return [one for one in tables.TOLD[name] if one not in ("id", "lead_id", "keeps_step")]


def _fill(text: str, name: str, **parts: str) -> str:
    table = tables.NEW[name].table
    key = "lead_id" if name == "standing" else "id"
    return text.format(name=name, table=table, key=key, kind=int(KINDS[name]), **parts)
