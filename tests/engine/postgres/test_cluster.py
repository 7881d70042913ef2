"""The embedded server survives what machines do to it, and keeps to itself."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.postgres import Cluster, process
from leadfarm.engine.postgres.account import server_account
from leadfarm.engine.postgres.binaries import find, readable_by
from leadfarm.engine.postgres.faults import explain
from leadfarm.engine.postgres.roles import ensure_roles

START = "import sys; from pathlib import Path; from leadfarm.engine.postgres import Cluster; "
START += "Cluster(Path(sys.argv[1]), durable=False).start()"


@pytest.fixture(autouse=True)
def outside_of_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """These servers are new: the database of this test run is not on them."""
    monkeypatch.delenv("LEADFARM_DATABASE", raising=False)


@pytest.fixture(scope="module")
def closed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder nobody else may look into, as a careful user's home is."""
    folder = tmp_path_factory.mktemp("o'clock here")
    folder.chmod(0o700)
    return folder


@pytest.fixture(scope="module")
def cluster(closed_folder: Path) -> Iterator[Cluster]:
    cluster = Cluster(closed_folder / "home")
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.remove()


def rows_acknowledged_until_killed(cluster: Cluster, number: int) -> int:
    """Insert one row a transaction; the server is killed somewhere in between."""
    acknowledged = 0
    with psycopg.connect(**cluster.connection(), autocommit=True) as connection:
        connection.execute("create table if not exists kept (id int)")
        connection.execute("truncate kept")
        try:
            for row in range(number):
                connection.execute("insert into kept values (%s)", [row])
                acknowledged += 1
                if row == number // 2:
                    pid = process.postmaster(cluster.place())
                    assert pid is not None
                    os.kill(pid, signal.SIGKILL)
        except psycopg.OperationalError:
            pass
    return acknowledged


def test_the_connection_is_known_before_the_server_runs(closed_folder: Path) -> None:
    cluster = Cluster(closed_folder / "other")
    first, second = cluster.connection(), Cluster(closed_folder / "other").connection()
    assert first == second
    assert not cluster.is_running()
    assert len(str(first["host"])) < 90
    cluster.remove()


def test_what_was_acknowledged_outlives_a_killed_server(cluster: Cluster) -> None:
    acknowledged = rows_acknowledged_until_killed(cluster, 400)
    cluster.start()
    with psycopg.connect(**cluster.connection()) as connection:
        count = connection.execute("select count(*) from kept").fetchone()
    assert count is not None
    assert acknowledged > 200
    assert count[0] >= acknowledged


def test_a_recycled_pid_does_not_lock_the_server_out(cluster: Cluster) -> None:
    cluster.stop()
    place = cluster.place()
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        stale = f"{stranger.pid}\n{place.data}\n1\n{place.port}\n{place.socket}\n\n1 1\nready\n"
        (place.data / "postmaster.pid").write_text(stale)
        assert not cluster.is_running()
        cluster.start()
        assert cluster.is_running()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_two_processes_starting_at_once_share_one_server(cluster: Cluster) -> None:
    cluster.stop()
    command = [sys.executable, "-c", START, str(cluster.home)]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]
    for process_ in both:
        _, said = process_.communicate(timeout=120)
        assert process_.returncode == 0, said.decode()
    assert cluster.is_running()


def test_a_fresh_folder_is_made_once_by_many_threads(closed_folder: Path) -> None:
    fresh = Cluster(closed_folder / "fresh", durable=False)
    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: fresh.start(), range(4)))
        assert fresh.is_running()
        before = process.postmaster(fresh.place())
        fresh.start()
        assert process.postmaster(fresh.place()) == before
    finally:
        fresh.remove()


def test_a_killed_initdb_leaves_nothing_half_done(closed_folder: Path) -> None:
    home = closed_folder / "interrupted"
    starter = subprocess.Popen([sys.executable, "-c", START, str(home)], start_new_session=True)
    cluster = Cluster(home, durable=False)
    try:
        until = time.monotonic() + 120
        while not (cluster.place().folder / "data.new").exists() and time.monotonic() < until:
            time.sleep(0.01)
        os.killpg(starter.pid, signal.SIGKILL)
        starter.wait()
        cluster.start()
        assert cluster.is_running()
    finally:
        cluster.remove()


def test_secrets_and_data_are_closed_to_others(cluster: Cluster) -> None:
    secrets = cluster.home / "secrets.json"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    assert stat.S_IMODE(cluster.place().data.stat().st_mode) == 0o700


def test_the_door_asks_for_the_password(cluster: Cluster) -> None:
    wrong = cluster.connection() | {"password": "guess"}
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**wrong)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server another user")
def test_root_lends_the_server_an_unprivileged_user(cluster: Cluster) -> None:
    pid = process.postmaster(cluster.place())
    assert pid is not None
    assert Path(f"/proc/{pid}").stat().st_uid == server_account().uid != 0


@pytest.mark.parametrize("role", ["leadfarm_owner", "leadfarm_web", "leadfarm_worker"])
def test_no_role_of_ours_is_a_superuser(cluster: Cluster, role: str) -> None:
    query = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"
    with psycopg.connect(**cluster.connection(role)) as connection:
        assert connection.execute(query).fetchone() == (False,)


def test_roles_are_made_where_it_is_allowed_and_told_where_not(cluster: Cluster) -> None:
    with psycopg.connect(**cluster.connection(), autocommit=True) as connection:
        connection.execute("drop role if exists humble")
        connection.execute("create role humble login password 'x'")
    humble = cluster.connection() | {"user": "humble", "password": "x"}
    assert ensure_roles(cluster.connection(), {"leadfarm_test_role": "one"})
    assert ensure_roles(cluster.connection(), {"leadfarm_test_role": "two"})
    assert not ensure_roles(humble, {"leadfarm_other_role": "three"})


def test_text_sorts_by_code_point_whatever_the_machine_speaks(cluster: Cluster) -> None:
    query = "select 'B' < 'a', upper('ä'), current_setting('server_encoding')"
    with psycopg.connect(**cluster.connection()) as connection:
        assert connection.execute(query).fetchone() == (True, "Ä", "UTF8")


def test_the_server_can_be_read_by_its_user_wherever_it_was_installed() -> None:
    account = server_account()
    assert account.can_reach(readable_by(account, find()).folder)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ('could not write to file "x": No space left on device', "The disk is full."),
        ("could not bind: Address already in use", "The database's port is taken"),
        ("something nobody has seen", "could not start: something nobody has seen"),
    ],
)
def test_what_is_wrong_is_said_plainly(said: str, plain: str, tmp_path: Path) -> None:
    assert plain in str(explain(said, folder=tmp_path, doing="start"))


def test_a_missing_server_is_said_plainly() -> None:
    with pytest.raises(LeadfarmError, match=r"PostgreSQL 99 is neither .* DATABASE_URL"):
        find(99)
