"""The database of a test run: one server for all, one database for each pytest process.

Loaded by `-p` before Django reads its settings, because it says where the database is. The server
is the embedded one, in `.test-home/` of the checkout, or the one TEST_DATABASE_URL points to. It is
shared by every run in this checkout and stopped by the last one; what a killed run left behind is
dropped by the next. The tables are migrated once into a template, which every process copies.
"""

import contextlib
import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from leadfarm.engine.keys import password_of
from leadfarm.engine.postgres import Cluster
from leadfarm.engine.postgres.cluster import WEB, WORKER
from leadfarm.engine.postgres.roles import ensure_roles

CHECKOUT = Path(__file__).resolve().parents[2]
HOME = CHECKOUT / ".test-home"
SERVER = os.environ.get("TEST_DATABASE_URL", "")
IS_MAIN = "PYTEST_XDIST_WORKER" not in os.environ
RUN = os.environ.setdefault("LEADFARM_TEST_RUN", str(os.getpid()))
NAME = f"leadfarm_test_{RUN}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
# What the tables are made from: while none of it changes, the template is kept between runs.
MAKES_TABLES = re.compile(r"/(migrations|models|engine|sql)/|/(models|masonry|setwise|walls)\.py$")
users: list[IO[str]] = []


def _say_where() -> None:
    """Tell this process and its children where the database is, and that they are the web."""
    os.environ["LEADFARM_HOME"] = str(HOME)
    os.environ["LEADFARM_ROLE"] = "web"
    os.environ["LEADFARM_DATABASE"] = NAME
    os.environ.pop("DATABASE_URL", None)
    if SERVER:
        os.environ["DATABASE_URL"] = urlsplit(SERVER)._replace(path=f"/{NAME}").geturl()
    HOME.mkdir(mode=0o711, exist_ok=True)


_say_where()


def pytest_configure() -> None:
    """Count this run among the users of the server."""
    if IS_MAIN:
        users.append((HOME / "users.lock").open("w"))
        fcntl.flock(users[0], fcntl.LOCK_SH)


def pytest_unconfigure() -> None:
    """Drop what this run made; the last run stops the server."""
    if not IS_MAIN or not users:
        return
    if (SERVER or (HOME / "cluster.json").exists()) and _answers():
        with _administrator() as connection:
            _drop(connection, [name for name in _databases(connection) if f"_{RUN}_" in name])
    fcntl.flock(users[0], fcntl.LOCK_UN)
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(users[0], fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not SERVER and (HOME / "cluster.json").exists():
            Cluster(HOME, durable=False).stop()
    users.pop().close()


@pytest.fixture(scope="session")
def database_server() -> str:
    """Start the server and return this process's database as a URL; it may not exist yet."""
    if SERVER:
        ensure_roles(SERVER, {role: password_of(HOME, role) for role in (WEB, WORKER)})
        return os.environ["DATABASE_URL"]
    cluster = Cluster(HOME, durable=False)
    cluster.start()
    to = cluster.connection(dbname=NAME)
    return f"postgresql://{to['user']}:{to['password']}@/{NAME}?host={to['host']}&port={to['port']}"


@pytest.fixture(scope="session")
def database(database_server: str, django_db_blocker: Any) -> Iterator[str]:
    """Return the URL of a migrated database of this process's own, and open it to Django.

    Nothing is rolled back or emptied between tests: each makes its own workspace, and the walls
    keep them apart.
    """
    from django.db import connections

    with django_db_blocker.unblock():
        with _only_one(), _administrator() as connection:
            _drop(connection, _left_behind(connection))
            template = _template(connection)
            _drop(connection, [NAME])
            copy = sql.SQL("create database {} template {}")
            connection.execute(copy.format(sql.Identifier(NAME), sql.Identifier(template)))
            _collect_static_files()
        _number_apart(database_server)
        yield database_server
        connections.close_all()


@pytest.fixture(scope="session")
def django_db_setup(database: str) -> None:
    """Keep pytest-django from making databases of its own."""


def _number_apart(url: str) -> None:
    """Let no two processes number a workspace alike: their files lie in one folder, by number."""
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    with psycopg.connect(url, autocommit=True) as own:
        own.execute(
            sql.SQL("alter table access_workspace alter column id restart with {}").format(
                sql.Literal(1 + 1_000_000 * process)
            )
        )


def _administrator() -> psycopg.Connection[tuple[Any, ...]]:
    if SERVER:
        return psycopg.connect(SERVER, autocommit=True)
    to = Cluster(HOME).connection(dbname="postgres")
    return psycopg.connect(**to, autocommit=True)


def _answers() -> bool:
    return bool(SERVER) or Cluster(HOME).is_running()


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    with (HOME / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _databases(connection: psycopg.Connection[tuple[Any, ...]]) -> list[str]:
    found = connection.execute("select datname from pg_database where datname like 'leadfarm\\_t%'")
    return [str(row[0]) for row in found]


def _drop(connection: psycopg.Connection[tuple[Any, ...]], names: list[str]) -> None:
    _send_away(connection, names)
    for name in names:
        statement = sql.SQL("drop database if exists {} with (force)")
        connection.execute(statement.format(sql.Identifier(name)))


def _send_away(connection: psycopg.Connection[tuple[Any, ...]], names: list[str]) -> None:
    """End sessions that web and worker still have there: only a role itself may end its own."""
    query = "select distinct usename from pg_stat_activity where datname = any(%s)"
    acting = {str(row[0]) for row in connection.execute(query, [names])} & {WEB, WORKER}
    for role in acting:
        word = password_of(HOME, role)
        with psycopg.connect(connection.info.dsn, user=role, password=word) as own:
            own.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                " where datname = any(%s) and usename = current_user",
                [names],
            )


def _left_behind(connection: psycopg.Connection[tuple[Any, ...]]) -> list[str]:
    """Databases of runs that are no more, and templates of older tables."""
    left = []
    for name in _databases(connection):
        run = re.match(r"leadfarm_test_(\d+)_", name)
        if run and not Path(f"/proc/{run[1]}").exists():
            left.append(name)
        if name.startswith("leadfarm_template_") and not name.endswith(_fingerprint()):
            left.append(name)
    return [] if SERVER else left


def _fingerprint() -> str:
    """A short name of everything the tables are made from."""
    digest = hashlib.sha256((CHECKOUT / "requirements.lock").read_bytes())
    for path in sorted((CHECKOUT / "leadfarm").rglob("*")):
        if path.suffix in {".py", ".sql"} and MAKES_TABLES.search(path.as_posix()):
            digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _template(connection: psycopg.Connection[tuple[Any, ...]]) -> str:
    """The name of the migrated template, made now unless it is there."""
    name = f"leadfarm_template_{_fingerprint()}"
    if name not in _databases(connection):
        draft = f"leadfarm_test_{RUN}_draft"
        _drop(connection, [draft])
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(draft)))
        _migrate(draft)
        statement = sql.SQL("alter database {} rename to {}")
        connection.execute(statement.format(sql.Identifier(draft), sql.Identifier(name)))
    return name


def _collect_static_files() -> None:
    """Pages name their files by what is in them, so they must have been collected."""
    from django.core.management import call_command

    stamp = HOME / "static.txt"
    files = [path for path in (CHECKOUT / "leadfarm").glob("*/static/**/*") if path.is_file()]
    now = "\n".join(f"{path} {path.stat().st_mtime_ns}" for path in sorted(files))
    if not stamp.exists() or stamp.read_text() != now:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(now)


def _migrate(name: str) -> None:
    from django.core.management import call_command
    from django.db import connections

    owner = connections["owner"]
    before = owner.settings_dict["NAME"]
    owner.close()
    owner.settings_dict["NAME"] = name
    try:
        call_command("migrate", database="owner", verbosity=0, interactive=False)
    finally:
        owner.close()
        owner.settings_dict["NAME"] = before
