"""Rows on their way into the record: collected, copied beside the tables, inserted by set.

COPY is refused under row-level security, so each kind of row goes into a temporary table of the
role's own first; they live until the end of the transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leadfarm.intake.sql import statement

Rows = list[Sequence[Any]]


@dataclass(frozen=True)
class Kind:
    """Where one kind of row goes; `order` is the order of writing, `ending` follows the insert."""

    table: str
    columns: tuple[str, ...]
    order: str = ""
    ending: str = ""


def _kind(table: str, columns: str, order: str = "", ending: str = "") -> Kind:
    return Kind(table, ("workspace_id", *columns.split()), order, ending)


# In the order in which they are written: what is pointed to comes first.
NEW: dict[str, Kind] = {
    "account": _kind(
        "leads_account", "id name name_key domain country industry employees recorded_at", "domain"
    ),
    "contact": _kind(
        "leads_contact",
        "id account_id given_name family_name job_title email email_key phone phone_key country"
        " time_zone recorded_at",
        "email_key",
    ),
    "lead": _kind(
        "leads_lead",
        "id account_id contact_id external_id title need source_id campaign_id origin"
        " previous_lead_id marketing_owner_id pd_owner_id sales_owner_id firm_id entered_at"
        " known_at recorded_at amount close_on import_id",
    ),
    "assignment": _kind("leads_assignment", "id lead_id recorded_at actor_kind member_id reasons"),
    "task": _kind("leads_task", "id kind lead_id owner_id team_id side why script made_at due_at"
                  " attempt step_key"),
    "standing": _kind(
        "leads_standing",
        "lead_id stage stage_since whose_move next_kind next_side next_owner_id next_why next_at"
        " task_id recheck_rule recheck_on closed_because heat",
    ),
    "touch": _kind(
        "leads_touch",
        "id kind by_machine lead_id contact_id happened_at known_at recorded_at"
        " member_id campaign_id ref minutes heat_after",
    ),
    "change": _kind(
        "leads_stagechange",
        "id lead_id from_stage to_stage origin happened_at known_at recorded_at actor_kind"
        " member_id because",
    ),
    "text": _kind(
        "leads_personaltext", "id kind lead_id contact_id body pinned author_id written_at"
    ),
    "finding": _kind(
        "leads_finding",
        "id lead_id section field thread text_id in_words value_number value_date withdrawn"
        " confidence source touch_id happened_at known_at recorded_at",
    ),
    "member": _kind(
        "leads_groupmember", "id lead_id contact_id added_at", ending="ON CONFLICT DO NOTHING"
    ),
    "word": _kind("leads_searchword", "word lead_id"),
    "row": _kind("intake_importedrow", "run_id row fate lead_id touch_id"),
    "fault": _kind("intake_importfault", "id run_id row field message taken raw"),
}  # fmt: skip
TOLD: dict[str, tuple[str, ...]] = {
    "account": ("id", "name", "name_key", "domain", "country", "industry", "employees"),
    "contact": ("id", "given_name", "family_name", "job_title", "phone", "phone_key", "country",
                "account_id"),
    "lead": ("id", "title", "need", "external_id", "marketing_owner_id", "pd_owner_id",
             "sales_owner_id", "amount", "close_on", "contact_id", "account_id"),
    "standing": ("lead_id", "keeps_step", "stage", "stage_since", "whose_move", "next_kind",
                 "next_side", "next_owner_id", "next_why", "next_at", "task_id", "recheck_rule",
                 "recheck_on", "closed_because", "heat"),
}  # fmt: skip
UPDATES = {
    "account": "update_accounts",
    "contact": "update_contacts",
    "lead": "update_leads",
    "standing": "update_standings",
}
NUMBERED = tuple(name for name, kind in NEW.items() if "id" in kind.columns)
# Nothing of the same import points to these: the table numbers them itself.
BY_TABLE = ("assignment", "change", "finding", "member", "fault")


def reserve(cursor: Any, kind: str, many: int) -> list[int]:
    """Return so many fresh ids of this kind of row."""
    if not many:
        return []
    cursor.execute(statement("reserve_ids"), {"table": NEW[kind].table, "many": many})
    return [row[0] for row in cursor.fetchall()]


def insert(cursor: Any, name: str, text: str) -> None:
    """Write new rows of one kind, as copytext.block gives them."""
    kind = NEW[name]
    told = [one for one in kind.columns if one != "id" or name not in BY_TABLE]
    columns = ", ".join(told)
    _copy(cursor, f"new_{name}", kind.table, told, text)
    order = f"ORDER BY {kind.order}" if kind.order else ""
    those = f"SELECT {columns} FROM new_{name} {order} {kind.ending}"  # noqa: S608 (names of ours)
    cursor.execute(f"INSERT INTO {kind.table} ({columns}) {those}")


def add_words(cursor: Any, text: str, workspace: int) -> None:
    """Write search words: lead, whether it is new, and its words with blanks between them."""
    shape = "lead_id bigint, is_new boolean, words text"
    cursor.execute(f"CREATE TEMP TABLE new_words ({shape}) ON COMMIT DROP")
    _fill(cursor, "new_words", ("lead_id", "is_new", "words"), text)
    cursor.execute(statement("add_words"), {"workspace": workspace})


def tell(cursor: Any, name: str, text: str) -> None:
    """Lay what is to be changed beside the table, as told_NAME; `text` has each record once."""
    _copy(cursor, f"told_{name}", NEW[name].table, TOLD[name], text)
    cursor.execute(f"ANALYZE told_{name}")


def update(cursor: Any, name: str, workspace: int) -> None:
    """Change the records that told_NAME speaks of."""
    cursor.execute(statement(UPDATES[name]), {"workspace": workspace})


def _copy(cursor: Any, name: str, like: str, columns: Sequence[str], text: str) -> None:
    """Fill a temporary table that has these columns of a table, and keeps_step where asked for."""
    extra = ", true AS keeps_step" if "keeps_step" in columns else ""
    wanted = ", ".join(column for column in columns if column != "keeps_step")
    shape = f"SELECT {wanted}{extra} FROM {like} LIMIT 0"  # noqa: S608 (names of ours)
    cursor.execute(f"CREATE TEMP TABLE {name} ON COMMIT DROP AS {shape}")
    _fill(cursor, name, columns, text)


def _fill(cursor: Any, name: str, columns: Sequence[str], text: str) -> None:
    with cursor.copy(f"COPY {name} ({', '.join(columns)}) FROM STDIN") as copy:
        copy.write(text)
