"""How pg_dump, pg_restore and psql reach a database: the embedded one, or one of the user's own."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.postgres.binaries import Binaries, find
from leadfarm.engine.postgres.cluster import DATABASE, SUPERUSER, Cluster


@dataclass(frozen=True)
class Reach:
    """A database, whom we are there, and what pg_dump must be told to see every row."""

    home: Path
    programs: Binaries
    conninfo: str
    password: str
    dump_options: tuple[str, ...] = ()

    def run(self, program: str, *options: str) -> None:
        """Run one of PostgreSQL's programs; what it complains of is raised."""
        environment = {"PATH": os.environ.get("PATH", os.defpath), "PGPASSWORD": self.password}
        command = [self.programs[program], *options]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            words = (done.stderr.strip().splitlines() or ["it said nothing"])[0]
            what_to_do = "Make room and try again." if "No space left" in words else ""
            raise LeadfarmError(f"{program} failed: {words}.", what_to_do)

    def connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        """Open a session; each statement is its own transaction."""
        return psycopg.connect(self.conninfo, password=self.password or None, autocommit=True)


def embedded(cluster: Cluster) -> Reach:
    """Reach the embedded server as its superuser: walls hide every row even from the owner."""
    to = cluster.connection(SUPERUSER, DATABASE)
    line = make_conninfo(host=to["host"], port=to["port"], user=to["user"], dbname=to["dbname"])
    return Reach(cluster.home, cluster.binaries(), line, to["password"])


def outside(home: Path, url: str, worker: str = "") -> Reach:
    """Reach a server of the user's own as its owner; to read, as the worker, whom walls let pass.

    `worker` is how the worker logs in there; without it, and for an owner whom no wall stops, the
    owner reads.
    """
    reach = _by(home, url)
    with reach.connect() as session:
        passes = session.execute(
            "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"
        ).fetchone()
    if worker and passes == (False,):
        return _by(home, worker, ("--enable-row-security",))
    return reach


def _by(home: Path, url: str, options: tuple[str, ...] = ()) -> Reach:
    words = conninfo_to_dict(url)
    password = str(words.pop("password", "") or "")
    return Reach(home, find(), make_conninfo("", **words), password, options)
