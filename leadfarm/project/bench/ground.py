"""The workspace of a bench: kept between runs, cleaned of what a run added."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from django.db import connection

from leadfarm.access.actions import Opening, open_workspace
from leadfarm.access.models import Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.home import home
from leadfarm.engine.postgres import Cluster
from leadfarm.engine.postgres.cluster import SUPERUSER
from leadfarm.project.bench.figure import Meter

# Benches live on a clock of their own: a Monday, ten in the morning, UTC.
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
LIVE_SINCE = NOW - timedelta(days=365)
PREFIX = "bench-"

Session = psycopg.Connection[tuple[Any, ...]]


def workspace_of(name: str) -> Workspace:
    """Return the bench workspace of this name, opened when it is not there yet."""
    slug = PREFIX + name
    there = Workspace.objects.filter(slug=slug).first()
    if there:
        return there
    shape = Opening(name=f"Bench {name}", slug=slug, went_live_at=LIVE_SINCE)
    return open_workspace(shape, now=LIVE_SINCE)


@contextmanager
def superuser() -> Iterator[Session]:
    """Give a session that no wall stops: for floors (COPY is refused behind walls) and cleaning.

    LeadfarmError on a server of the user's own, whose superuser we are not.
    """
    from leadfarm.project.cli.ground import is_embedded

    if not is_embedded():
        raise LeadfarmError(
            "bench needs the embedded database.", "Unset DATABASE_URL; use a LEADFARM_HOME apart."
        )
    with psycopg.connect(**Cluster(home()).connection(SUPERUSER), autocommit=True) as session:
        yield session


def meter() -> Meter:
    """Return a meter that also counts the processor time of this thread's database session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Meter(backend=int(cursor.fetchone()[0]))


def tidy(session: Session, deletes: list[str], values: dict[str, Any]) -> None:
    """Delete rows without asking triggers, and give their room back."""
    session.execute("SET session_replication_role = replica")
    for statement in deletes:
        session.execute(statement.encode(), values)
    session.execute("SET session_replication_role = origin")
    for statement in deletes:
        table = statement.split()[2]
        session.execute(f"VACUUM ANALYZE {table}".encode())
