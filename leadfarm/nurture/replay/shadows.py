"""The tables of a replay: temporary ones that bear the names of the real ones and hide them.

The engine's statements name their tables without a schema, so in this transaction they read and
write the shadows. Everything else stays as it is, and the transaction is made read-only: the
database itself refuses a write that would reach a real table.
"""

from collections.abc import Mapping

from django.db import connection

from leadfarm.nurture.replay.asking import Cast, Question

# What the engine writes or locks, and what must be seen as it was: filled as time passes.
EMPTY = (
    "leads_touch", "leads_stagechange", "leads_finding", "leads_task", "nurture_enrolment",
    "nurture_steplog", "nurture_arrival", "nurture_piece", "outreach_message", "consent_pace",
    "consent_suppression", "consent_consent", "consent_signup", "qualification_verdict",
    "access_notification",
)  # fmt: skip
# What keeps no history, or never changes: as it is today, of the leads that live again.
COPIED = {
    "leads_lead": "id = ANY(%(leads)s)",
    "leads_standing": "lead_id = ANY(%(leads)s)",
    "leads_personaltext": "lead_id = ANY(%(leads)s)",
    "access_team": "true",
}
# A draft becomes a version among these, before anything else is hidden: its check looks around.
TREES = {
    "nurture_program": "true",
    "nurture_programversion": "program_id = %(program)s",
    "nurture_node": "version_id IN (SELECT id FROM nurture_programversion)",
    "nurture_way": "node_id IN (SELECT id FROM nurture_node)",
}
# So that nothing made in a replay is ever taken for something real, or for another replay's.
FAR, APART = 1 << 50, 1 << 20
HEARS = """
CREATE TRIGGER a_touch_wakes_who_waits_for_it AFTER INSERT ON pg_temp.leads_touch
    REFERENCING NEW TABLE AS new_touches FOR EACH STATEMENT EXECUTE FUNCTION nurture_hear()
"""
NOT_YET = """
UPDATE leads_standing
   SET stage = 1, heat = NULL, next_kind = 3, task_id = NULL, enrolment_id = NULL,
       next_at = coalesce(next_at, stage_since), next_side = coalesce(next_side, 1)
"""


def write_nowhere() -> None:
    """Let the database refuse, from here to the end, whatever would be written to a real table."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")


class Shadows:
    """Where the real tables are, and from which number on a row was made by the replay."""

    def __init__(self, question: Question, cast: Cast) -> None:
        """Hide the trees behind shadows of theirs, until the transaction ends."""
        own = {"workspace": question.workspace.id, "program": question.program.id}
        self._values = cast.values(question) | own
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_schema(), nextval(pg_get_serial_sequence(%s, 'id'))",
                ["nurture_programversion"],
            )
            schema, number = cursor.fetchone()
        self.schema, self.first = f'"{schema}"', FAR + int(number) * APART
        self._copy(TREES)

    def hide_the_rest(self) -> None:
        """Hide everything else the engine writes, or must see as it was."""
        self._copy(COPIED)
        for table in EMPTY:
            self._make(table)
        with connection.cursor() as cursor:
            # What a person did with a recorded task is done with the one the replay made for it.
            cursor.execute("ALTER TABLE leads_task ADD COLUMN real_id bigint")
            cursor.execute("CREATE INDEX ON leads_task (real_id)")
            cursor.execute(NOT_YET)
            cursor.execute(HEARS)

    def _copy(self, tables: Mapping[str, str]) -> None:
        for table, whose in tables.items():
            self._make(table)
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {table} SELECT * FROM {self.schema}.{table}"  # noqa: S608
                    f" WHERE workspace_id = %(workspace)s AND {whose}",
                    self._values,
                )

    def _make(self, table: str) -> None:
        """Make the shadow of a table: its columns, indexes and numbers, without rows."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE {table} (LIKE {self.schema}.{table} INCLUDING DEFAULTS"
                " INCLUDING IDENTITY INCLUDING INDEXES) ON COMMIT DROP"
            )
            cursor.execute(
                "SELECT attname FROM pg_attribute"
                " WHERE attrelid = %s::regclass AND attidentity <> ''",
                [f"pg_temp.{table}"],
            )
            for (column,) in cursor.fetchall():
                cursor.execute(
                    f"ALTER TABLE {table} ALTER COLUMN {column} RESTART WITH {self.first}"
                )

    def weigh(self) -> None:
        """Let the planner know how much lies in the shadows."""
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join([*EMPTY, *COPIED, *TREES])}")
