"""Backup and restore of a server of the user's own, where walls hide every row from the owner."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.home import make_folder
from leadfarm.engine.keys import SECRETS, password_of, secret_key
from leadfarm.engine.postgres import Cluster, archive
from leadfarm.engine.postgres.cluster import OWNER, WORKER
from leadfarm.engine.postgres.reach import Reach, outside
from leadfarm.engine.postgres.refill import ASIDE, refill_embedded, refill_outside

WALLED = """
create table lead (id bigint generated always as identity primary key, name text not null);
insert into lead (name) values ('Vera'), ('Otto');
alter table lead enable row level security;
alter table lead force row level security;
create policy everything on lead to leadfarm_worker using (true);
grant select on lead, lead_id_seq to leadfarm_worker;
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A server that stands for one of the user's own, with two databases."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("LEADFARM_DATABASE", raising=False)
        cluster = Cluster(tmp_path_factory.mktemp("server") / "home", durable=False)
        try:
            cluster.start()
            with psycopg.connect(**cluster.connection(OWNER), autocommit=True) as session:
                for name in ("one", "two"):
                    session.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
            with psycopg.connect(**cluster.connection(OWNER, "one")) as session:
                session.execute(WALLED.encode())
            yield cluster
        finally:
            cluster.remove()


@pytest.fixture(scope="module")
def saved(cluster: Cluster) -> Path:
    """A backup of database `one`, with one uploaded file."""
    (make_folder(cluster.home / "files") / "table.csv").write_text("name\nVera\n")
    file = cluster.home.parent / "one.tar"
    archive.save(reach(cluster, "one", cluster.home), file)
    return file


def url(cluster: Cluster, role: str, database: str) -> str:
    to = cluster.connection(role, database)
    return f"postgresql://{role}:{to['password']}@/{database}?host={to['host']}&port={to['port']}"


def reach(cluster: Cluster, database: str, home: Path) -> Reach:
    return outside(home, url(cluster, OWNER, database), url(cluster, WORKER, database))


def names(cluster: Cluster, database: str) -> list[str]:
    with psycopg.connect(**cluster.connection(WORKER, database)) as session:
        return [str(row[0]) for row in session.execute("select name from lead order by id")]


def test_a_backup_of_walled_tables_has_their_rows_and_is_restored(
    cluster: Cluster, saved: Path, tmp_path: Path
) -> None:
    made: list[str] = []
    to = outside(tmp_path, url(cluster, OWNER, "two"))
    refill_outside(tmp_path, saved, to, lambda: made.append("roles"), replace=False)
    assert names(cluster, "two") == ["Vera", "Otto"]
    assert made == ["roles"]
    assert (tmp_path / SECRETS).read_text() == (cluster.home / SECRETS).read_text()
    assert (tmp_path / "files" / "table.csv").exists()
    with pytest.raises(LeadfarmError, match="the database has 1 tables"):
        refill_outside(tmp_path, saved, to, lambda: None, replace=False)
    refill_outside(tmp_path, saved, to, lambda: None, replace=True)
    assert names(cluster, "two") == ["Vera", "Otto"]
    assert (tmp_path / ASIDE / SECRETS).exists()


def test_a_restore_that_fails_leaves_everything_as_it_was(
    cluster: Cluster, saved: Path, tmp_path: Path
) -> None:
    key = secret_key(tmp_path)
    before = names(cluster, "one")

    def breaks() -> None:
        raise LeadfarmError("No roles here.")

    to = outside(tmp_path, url(cluster, OWNER, "one"))
    with pytest.raises(LeadfarmError, match="No roles"):
        refill_outside(tmp_path, saved, to, breaks, replace=True)
    letter = tmp_path / "letter.tar"
    letter.write_text("Dear Vera")
    with pytest.raises(LeadfarmError, match="cannot be read as a backup"):
        refill_outside(tmp_path, letter, to, lambda: None, replace=True)
    assert names(cluster, "one") == before
    assert secret_key(tmp_path) == key
    assert not (tmp_path / ASIDE).exists()


def test_an_embedded_installation_makes_way_only_when_told(saved: Path, tmp_path: Path) -> None:
    home = make_folder(tmp_path / "home")
    own = secret_key(home)
    other = Cluster(home, durable=False)
    try:
        with pytest.raises(LeadfarmError, match="holds an installation already"):
            refill_embedded(other, saved, replace=False)
        refill_embedded(other, saved, replace=True)
        assert names(other, "leadfarm") == ["Vera", "Otto"]
        assert secret_key(home) != own
        assert password_of(home / ASIDE, WORKER) != password_of(home, WORKER)
    finally:
        other.remove()
