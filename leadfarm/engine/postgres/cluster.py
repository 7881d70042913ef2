"""The supervisor: makes the server's data once, starts it, finds it again after any crash."""

import os
import shutil
from pathlib import Path
from typing import TypedDict

from leadfarm.engine.keys import password_of
from leadfarm.engine.postgres import configuration, process
from leadfarm.engine.postgres.binaries import Binaries, find, readable_by
from leadfarm.engine.postgres.control import Control
from leadfarm.engine.postgres.place import DECISION, Place, alone, place_of

DATABASE = "leadfarm"
OWNER = "leadfarm_owner"
WEB = "leadfarm_web"
WORKER = "leadfarm_worker"
SUPERUSER = "postgres"


class Connection(TypedDict):
    """How to reach the database: the words psycopg and libpq use."""

    host: str
    port: int
    user: str
    password: str
    dbname: str


class Cluster:
    """One embedded PostgreSQL server, its data belonging to one data folder."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        """Nothing is touched yet; `durable=False` forgets on power loss and is for tests only."""
        self.home = home
        self.durable = durable

    def connection(self, user: str = OWNER, dbname: str = "") -> Connection:
        """How to connect as this role; known without starting the server.

        LEADFARM_DATABASE names another database of the same server: tests live in their own.
        """
        place = self.place()
        dbname = dbname or os.environ.get("LEADFARM_DATABASE") or DATABASE
        password = password_of(self.home, user)
        return Connection(
            host=place.host, port=place.port, user=user, password=password, dbname=dbname
        )

    def place(self) -> Place:
        """Where data, log and socket are; decided on first use."""
        return place_of(self.home)

    def binaries(self) -> Binaries:
        """The programs of the version that made the data, at a place the server can read."""
        place = self.place()
        version = place.data / "PG_VERSION"
        major = int(version.read_text()) if version.exists() else None
        return readable_by(place.account, find(major))

    def is_running(self) -> bool:
        """True when the server answers and has its database and roles."""
        place = self.place()
        return place.prepared.exists() and process.answers(place)

    def start(self) -> None:
        """Return with a server that answers: the running one, or one started now.

        Any number of processes may call this at once; one does the work. Raises LeadfarmError
        with what is wrong when the server cannot be started.
        """
        if self.is_running():
            return
        place = self.place()
        with alone(self.home):
            if self.is_running():
                return
            place.make()
            control = Control(place, self.binaries())
            if not place.data.exists():
                control.initdb(password_of(self.home, SUPERUSER), durable=self.durable)
            configuration.write(place, durable=self.durable)
            if not process.answers(place):
                process.clear_traces(place)
                control.start()
            if not place.prepared.exists():
                self._prepare(place)

    def stop(self) -> None:
        """Return when no server runs; open connections are closed, their transactions undone."""
        place = self.place()
        with alone(self.home):
            if process.postmaster(place) is not None:
                Control(place, self.binaries()).stop()

    def remove(self) -> None:
        """Stop the server and delete its data for good; the secrets stay."""
        self.stop()
        place = self.place()
        shutil.rmtree(place.folder, ignore_errors=True)
        if place.socket:
            shutil.rmtree(place.socket, ignore_errors=True)
        (self.home / DECISION).unlink(missing_ok=True)

    def _prepare(self, place: Place) -> None:
        from leadfarm.engine.postgres.roles import make_database, make_owner

        superuser = self.connection(SUPERUSER, "postgres")
        make_owner(superuser, self.connection(OWNER))
        make_database(superuser, DATABASE, owner=OWNER)
        self.make_roles()
        place.prepared.touch()

    def make_roles(self) -> None:
        """Make the roles of web and worker, or give them their passwords again."""
        from leadfarm.engine.postgres.roles import ensure_roles

        passwords = {role: password_of(self.home, role) for role in (WEB, WORKER)}
        ensure_roles(self.connection(OWNER, DATABASE), passwords)
