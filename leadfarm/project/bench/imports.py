"""bench import: a file of people, against a bare COPY of the rows it left."""

from collections.abc import Iterator

from leadfarm.intake.actions import run_import
from leadfarm.intake.importing import tables
from leadfarm.intake.models import ImportRun
from leadfarm.project.bench import base as bases
from leadfarm.project.bench import people
from leadfarm.project.bench.figure import Figure, Meter
from leadfarm.project.bench.ground import NOW, Session, meter, superuser, tidy

GOAL = "ratio <= 4, >= 8,000 rows/s"
# Of 20 rows, 16 are new people, 3 are rows of before in the same file, and 1 is of a lead here.
NEW, REPEATED, KNOWN = 16, 3, 1
EACH = NEW + REPEATED + KNOWN


def run(leads: int, base: int) -> Iterator[Figure]:
    """Import `leads` rows into a workspace of `base` leads; the floor copies what came of it."""
    workspace = bases.ensure(base)
    known = bases.addresses(workspace, max(1, leads // EACH))
    made = bases.prepare(workspace, people.table(numbers(leads), known))
    with superuser() as session:
        before = _marks(session)
        clock = meter()
        with clock.running():
            done = run_import(made, now=NOW)
        figure = Figure("import", leads, base, goal=GOAL)
        rows = _fetch(session, workspace.id, made, before)
        _forget(session, workspace.id, made, before)
        floor = _floor(session, rows)
        _forget(session, workspace.id, made, before)
    bases.forget(made)
    figure.took(clock, floor.seconds)
    figure.detail = {
        "created": done.created,
        "merged": done.merged,
        "rejected": done.rejected,
        "floor_cpu_seconds": floor.cpu_seconds,
        "rows_written": sum(block.count(b"\n") for block in rows.values()),
    }
    yield figure


def numbers(leads: int) -> Iterator[int]:
    """Yield the people of the file: new ones, repeated ones, and as -1, -2.. some that are here."""
    fresh = 0
    for row in range(leads):
        place = row % EACH
        if place < NEW:
            yield fresh
            fresh += 1
        elif place < NEW + REPEATED:
            yield (row * 7_919) % fresh
        else:
            yield -1 - row // EACH


def _marks(session: Session) -> dict[str, int]:
    """Return the highest number of each table that numbers its rows."""
    return {name: _highest(session, tables.NEW[name].table) for name in tables.NUMBERED}


def _highest(session: Session, table: str) -> int:
    query = f"SELECT coalesce(max(id), 0) FROM {table}"  # noqa: S608 (names of ours)
    found = session.execute(query.encode()).fetchone()
    return int(found[0]) if found else 0


def _where(name: str) -> str:
    """Return which rows of a table the run has added."""
    if name in tables.NUMBERED:
        return "id > %(mark)s"
    return "run_id = %(run)s" if name == "row" else "lead_id > %(lead)s"


def _values(workspace: int, run: ImportRun, before: dict[str, int], name: str) -> dict[str, int]:
    mark = before.get(name, 0)
    return {"workspace": workspace, "run": run.id, "lead": before["lead"], "mark": mark}


def _fetch(
    session: Session, workspace: int, run: ImportRun, before: dict[str, int]
) -> dict[str, bytes]:
    """Return the rows the run has added, by table, ready to be copied."""
    rows = {}
    for name, kind in tables.NEW.items():
        columns = ", ".join(kind.columns)
        query = (
            f"COPY (SELECT {columns} FROM {kind.table} WHERE workspace_id = %(workspace)s"  # noqa: S608
            f" AND {_where(name)}) TO STDOUT"
        )
        with session.cursor().copy(query.encode(), _values(workspace, run, before, name)) as copy:
            rows[name] = b"".join(bytes(block) for block in copy)
    return rows


def _forget(session: Session, workspace: int, run: ImportRun, before: dict[str, int]) -> None:
    """Take away what the run has added."""
    for name, kind in reversed(tables.NEW.items()):
        where = f"workspace_id = %(workspace)s AND {_where(name)}"
        statement = f"DELETE FROM {kind.table} WHERE {where}"  # noqa: S608 (names of ours)
        tidy(session, [statement], _values(workspace, run, before, name))
    tidy(
        session,
        ["DELETE FROM nurture_arrival WHERE workspace_id = %(workspace)s AND lead_id > %(lead)s"],
        _values(workspace, run, before, "lead"),
    )


def _floor(session: Session, rows: dict[str, bytes]) -> Meter:
    """Copy the rows into the same tables, all in one transaction; return the meter."""
    clock = Meter(session.info.backend_pid)
    with clock.running(), session.transaction():
        for name, kind in tables.NEW.items():
            columns = ", ".join(kind.columns)
            command = f"COPY {kind.table} ({columns}) FROM STDIN"
            with session.cursor().copy(command.encode()) as copy:
                copy.write(rows[name])
    return clock
