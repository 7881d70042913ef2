"""Which database this process speaks to, and in which role."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.db import connections
from psycopg.conninfo import make_conninfo

from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.home import home
from leadfarm.engine.keys import password_of
from leadfarm.engine.postgres import Cluster

Role = Literal["owner", "web", "worker"]
ROLES: tuple[Role, ...] = ("owner", "web", "worker")
LOGINS: dict[Role, str] = {
    "owner": "leadfarm_owner",
    "web": "leadfarm_web",
    "worker": "leadfarm_worker",
}


def acting_role() -> Role:
    """Return the role of this process, from LEADFARM_ROLE; the web role when nothing is said."""
    wanted = os.environ.get("LEADFARM_ROLE", "web")
    for role in ROLES:
        if role == wanted:
            return role
    raise ValueError(f"LEADFARM_ROLE is {wanted!r}; it must be owner, web or worker.")


def databases() -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES: one entry per role, `default` being the acting role's."""
    found: dict[str, dict[str, Any]] = {role: _settings(role) for role in ROLES}
    return {"default": dict(found[acting_role()]), **found}


def _settings(role: Role) -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL", "")
    where = _from_url(url, role) if url else _embedded(role)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        **where,
    }


def _embedded(role: Role) -> dict[str, Any]:
    where = Cluster(home()).connection(LOGINS[role])
    return {
        "HOST": where["host"],
        "PORT": where["port"],
        "NAME": where["dbname"],
        "USER": where["user"],
        "PASSWORD": where["password"],
    }


def _from_url(url: str, role: Role) -> dict[str, Any]:
    """Return settings for a server of the user's own; web and worker log in as roles we made."""
    own = os.environ.get(f"DATABASE_URL_{role.upper()}", "")
    parts = _parts(own or url)
    options = dict(parse_qsl(parts.query))  # sslmode and its like
    # A socket's folder does not fit where a host name stands: ?host=/run/postgresql
    host = options.pop("host", "") or unquote(parts.hostname or "")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not own and role != "owner" and os.environ.get("LEADFARM_ONE_ROLE") != "1":
        user, password = LOGINS[role], password_of(home(), LOGINS[role])
    return {
        "HOST": host,
        "OPTIONS": options,
        "PORT": str(parts.port or ""),
        "NAME": parts.path.lstrip("/"),
        "USER": user,
        "PASSWORD": password,
    }


def _parts(url: str) -> SplitResult:
    """Return the parts of a database's address; LeadfarmError says what is wrong with it."""
    try:
        parts = urlsplit(url)
        is_one = parts.scheme in ("postgresql", "postgres") and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one or not parts.path.strip("/"):
        raise LeadfarmError(
            "DATABASE_URL is no address of a PostgreSQL database.",
            "Write it like postgresql://owner:secret@host:5432/leadfarm",
        )
    return parts


def url_of(role: Role) -> str:
    """Return how a role reaches the database of DATABASE_URL, in libpq's words."""
    said = _from_url(os.environ["DATABASE_URL"], role)
    words = {"host": said["HOST"], "port": said["PORT"], "dbname": said["NAME"]}
    words |= {"user": said["USER"], "password": said["PASSWORD"], **said["OPTIONS"]}
    return make_conninfo("", **{name: value for name, value in words.items() if value})


@contextmanager
def another_hand() -> Iterator[ThreadPoolExecutor]:
    """Give one thread that speaks to the database in our role, on a connection of its own."""
    alias = connections["default"].alias

    def begin() -> None:
        connections["default"] = connections[alias]

    with ThreadPoolExecutor(1, initializer=begin) as hand:
        try:
            yield hand
        finally:
            hand.submit(connections.close_all).result()


@contextmanager
def acting_as(role: Role) -> Iterator[None]:
    """Run the block in another database role: everything that says `default` speaks through it.

    For commands and jobs that do the worker's work in a process of the web role, and back.
    """
    before = connections["default"]
    connections["default"] = connections[role]
    try:
        yield
    finally:
        connections["default"] = before
