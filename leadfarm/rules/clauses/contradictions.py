"""Which standing entry of the dossier contradicts an earlier one, as SQL.

Says the same as rules.dossier.standing.contradicted_by, which reads one thread at a time.
"""

from __future__ import annotations

from leadfarm.rules.clauses.binds import Binds
from leadfarm.rules.dossier.catalogue import FIELDS
from leadfarm.rules.dossier.standing import CONFIRMED, CONFLICT_WINDOW, SAME_AMOUNT, SAME_DATE

BEFORE = (
    "{table}.workspace_id = {own} AND {table}.lead_id = finding.lead_id"
    " AND {table}.section = finding.section AND {table}.field = finding.field"
    " AND {table}.thread = finding.thread"
    " AND ({table}.known_at, {table}.id) < (finding.known_at, finding.id)"
)
# Values are compared by the first form both have: a number, a day, a choice. Words never differ.
DIFFERS = (
    "CASE WHEN finding.value_number IS NOT NULL OR {table}.value_number IS NOT NULL"
    " THEN coalesce(abs(finding.value_number - {table}.value_number) > {amount}"
    " * greatest(abs(finding.value_number), abs({table}.value_number)), false)"
    " WHEN finding.value_date IS NOT NULL OR {table}.value_date IS NOT NULL"
    " THEN coalesce(abs(finding.value_date - {table}.value_date) > {days}, false)"
    " ELSE coalesce(finding.value_code <> {table}.value_code, false) END"
)
ORIGIN = "(coalesce('touch ' || {table}.touch_id, {table}.source), {table}.member_id)"


def contradicts(binds: Binds, workspace_id: int) -> str:
    """Whether `finding`, the newest of its thread, contradicts an earlier entry of it."""
    own = binds.bind(workspace_id)
    window = binds.bind(CONFLICT_WINDOW)
    differs = {name: _differs(binds, name) for name in ("earlier", "amid")}
    # A surer word in between has settled it, and so has taking something back.
    settled = (
        f"EXISTS (SELECT FROM leads_finding amid WHERE {BEFORE.format(table='amid', own=own)}"
        " AND (amid.known_at, amid.id) > (earlier.known_at, earlier.id)"
        f" AND (amid.withdrawn OR {differs['amid']}"
        " AND finding.confidence > amid.confidence))"
    )
    rival = (
        f"EXISTS (SELECT FROM leads_finding earlier WHERE {BEFORE.format(table='earlier', own=own)}"  # noqa: S608 - as above
        f" AND NOT earlier.withdrawn AND finding.known_at - earlier.known_at <= {window}"
        f" AND finding.confidence <= earlier.confidence AND {differs['earlier']}"
        f" AND {ORIGIN.format(table='finding')} IS DISTINCT FROM {ORIGIN.format(table='earlier')}"
        f" AND NOT {settled})"
    )
    told = "num_nonnulls(finding.value_number, finding.value_date, finding.value_code) > 0"
    alone = f"finding.source <> {binds.bind(CONFIRMED)} AND NOT finding.withdrawn"
    return f"({told} AND {alone} AND NOT {_of_a_person(binds)} AND {rival})"


def _differs(binds: Binds, table: str) -> str:
    amount, days = binds.bind(SAME_AMOUNT), binds.bind(SAME_DATE.days)
    return f"({DIFFERS.format(table=table, amount=amount, days=days)})"


def _of_a_person(binds: Binds) -> str:
    """Whether the entry is about one person of the group: those stand with them, unflagged."""
    names = [(each.section.value, each.name) for each in FIELDS.values() if each.by_person]
    each = (f"({binds.bind(section)}, {binds.bind(name)})" for section, name in names)
    return f"(finding.section, finding.field) IN ({', '.join(each)})"
