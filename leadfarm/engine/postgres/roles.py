"""Database, owner, and the two roles that act: web and worker, neither owner nor superuser."""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import errors, sql

# Two processes may make the same role at once: PostgreSQL has no CREATE ROLE IF NOT EXISTS.
MAKING_ROLES = 4_771_001


def make_owner(superuser: Mapping[str, Any], owner: Mapping[str, Any]) -> None:
    """Make the role that migrates: it may make databases and roles, and is no superuser."""
    with psycopg.connect(**superuser, autocommit=True) as connection:
        _make_role(connection, owner["user"], owner["password"], sql.SQL("CREATEDB CREATEROLE"))


def make_database(superuser: Mapping[str, Any], name: str, *, owner: str) -> None:
    """Make the database unless it is there."""
    with psycopg.connect(**superuser, autocommit=True) as connection:
        query = "select 1 from pg_database where datname = %s"
        if connection.execute(query, [name]).fetchone():
            return
        statement = sql.SQL("create database {} owner {}")
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(owner)))


def ensure_roles(owner: Mapping[str, Any] | str, passwords: Mapping[str, str]) -> bool:
    """Make the roles that act, with these passwords; `owner` is how the owner connects.

    True when all of them are there. False where the server does not let the owner make roles and
    somebody has not made them by hand: then everything runs as the owner, and `doctor` says so.
    """
    with _connected(owner) as connection, connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", [MAKING_ROLES])
        made = [_make_or_keep(connection, name, word) for name, word in passwords.items()]
        return all(made)


def _connected(owner: Mapping[str, Any] | str) -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(owner) if isinstance(owner, str) else psycopg.connect(**owner)


def _make_or_keep(
    connection: psycopg.Connection[tuple[Any, ...]], name: str, password: str
) -> bool:
    try:
        with connection.transaction():
            _make_role(connection, name, password, sql.SQL("NOCREATEDB NOCREATEROLE"))
    except errors.InsufficientPrivilege:
        return _exists(connection, name)
    return True


def _make_role(
    connection: psycopg.Connection[tuple[Any, ...]], name: str, password: str, may: sql.SQL
) -> None:
    verb = sql.SQL("alter" if _exists(connection, name) else "create")
    statement = sql.SQL("{} role {} login {} password {}")
    connection.execute(
        statement.format(verb, sql.Identifier(name), may, sql.Literal(_scram(connection, password)))
    )


def _scram(connection: psycopg.Connection[tuple[Any, ...]], password: str) -> str:
    """The password as the server keeps it, so that no log ever holds the plain one."""
    hashed = connection.pgconn.encrypt_password(password.encode(), b"", b"scram-sha-256")
    return hashed.decode()


def _exists(connection: psycopg.Connection[tuple[Any, ...]], name: str) -> bool:
    found = connection.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone()
    return found is not None
