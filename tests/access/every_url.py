"""Every address of the product, from the resolver, with the ids of rows that exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from tests.access.everything import Made, make_everything
from tests.world import World, make_world

INSIDE = "w/<slug:workspace>/"
# Which table a number in an address belongs to, where its name does not say so.
MEANT: dict[str, str] = {"text": "leads.PersonalText", "view": "leads.SavedView"}
# What stands in an address where it is not the id of a row: the definition's versions are counted
# in each workspace anew.
WORDS: dict[str, str] = {
    "token": "unsigned",
    "key": "start",
    "number": "1",
    "form": "csv",
    "made": "long-cycle",
}


@dataclass(frozen=True)
class Address:
    """One address of the resolver: its path with holes, and what fills them."""

    path: str
    name: str
    view: Callable[..., Any]
    holes: dict[str, Any] = field(hash=False)

    @property
    def is_inside(self) -> bool:
        """Whether it lies behind the wall of a workspace."""
        return self.path.startswith(INSIDE)

    def names_a_row(self) -> bool:
        """Whether it holds the id of a row."""
        numbers = [n for n, c in self.holes.items() if isinstance(c, IntConverter)]
        return bool(set(numbers) - set(WORDS))

    def to(self, slug: str, made: Made) -> str:
        """Return the address in this workspace, of these rows."""
        path = self.path
        for name, converter in self.holes.items():
            value = slug if name == "workspace" else self._fill(name, converter, made)
            begin = path.index("<" if f":{name}>" in path else f"<{name}>")
            path = path[:begin] + value + path[path.index(">", begin) + 1 :]
        return f"/{path}"

    def _fill(self, name: str, converter: Any, made: Made) -> str:
        if name in WORDS or not isinstance(converter, IntConverter):
            known = {**WORDS, **getattr(self.view, "walked_with", {})}
            assert name in known, f"Say in WORDS of {__file__} what <{name}> of {self.path} may be."
            return known[name]
        short = name.removesuffix("_id")
        label = MEANT.get(short) or _label(short)
        assert label, f"Say in MEANT of {__file__} which table <{name}> of {self.path} means."
        return str(made[apps.get_model(label)].pk)


def _label(name: str) -> str:
    wanted = name.replace("_", "")
    found = [m._meta.label for m in apps.get_models() if m._meta.model_name == wanted]
    return found[0] if found else ""


def every_address() -> list[Address]:
    """Return all addresses of the project."""
    return list(_walk(get_resolver("leadfarm.project.urls").url_patterns, "", "", {}))


def inside() -> list[Address]:
    """Return the addresses behind the walls."""
    return [address for address in every_address() if address.is_inside]


def _walk(patterns: list[Any], path: str, space: str, holes: dict[str, Any]) -> Iterator[Address]:
    for entry in patterns:
        here = path + str(entry.pattern)
        known = {**holes, **entry.pattern.converters}
        if isinstance(entry, URLResolver):
            name = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, here, name, known)
        elif isinstance(entry, URLPattern):
            yield Address(here, f"{space}{entry.name}", entry.callback, known)


@dataclass
class Street:
    """Our workspace with one row of everything, twice (a firm's too), and a foreign one."""

    world: World
    rows: Made
    firms: Made
    foreign: Made

    def secrets(self, *sets: Made) -> list[str]:
        """Return the texts of these rows by which one can tell that they were shown."""
        rows = [row for made in sets for row in made.values()]
        values = [getattr(row, f.attname, "") for row in rows for f in row._meta.concrete_fields]
        return [v for v in values if isinstance(v, str) and v.endswith("@example.example")]

    def secrets_of_others(self) -> list[str]:
        """Return the texts that the firm must not be shown."""
        return sorted(set(self.secrets(self.rows)) - set(self.secrets(self.firms)))

    def lead(self, made: Made) -> int:
        """Return the id of the lead among these rows."""
        return int(made[apps.get_model("leads.Lead")].pk)

    def census(self) -> dict[str, str]:
        """Return a fingerprint of the content of every table of our workspace."""
        found = {}
        with within(self.world.workspace), connection.cursor() as cursor:
            for model in self.rows:
                table = model._meta.db_table
                cursor.execute(
                    f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {table} t"
                )
                found[table] = str(cursor.fetchone())
        return found


def make_street() -> Street:
    """Make both workspaces."""
    world, other = make_world(), make_world()
    foreign = _fill(other, None)
    return Street(world, _fill(world, None), _fill(world, world.firm), foreign)


def _fill(world: World, firm: models.Model | None) -> Made:
    with within(world.workspace):
        Workspace.objects.filter(pk=world.workspace.pk).update(is_demo=True)
        return make_everything(world.workspace, firm=firm)


def status(client: Client, address: str, method: str = "get") -> tuple[int, str, bytes]:
    """Return the answer's status, what went wrong inside, and its body."""
    client.raise_request_exception = False
    answer = getattr(client, method)(address)
    fault = answer.exc_info[1] if getattr(answer, "exc_info", None) else None
    body = answer.getvalue() if answer.streaming else answer.content
    return answer.status_code, repr(fault) if fault else "", body


class read_only:  # noqa: N801
    """While it lasts, whatever writes fails: reading decides nothing (law 8)."""

    def __enter__(self) -> None:
        self._set("READ ONLY")

    def __exit__(self, *_: object) -> None:
        self._set("READ WRITE")

    def _set(self, mode: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET SESSION CHARACTERISTICS AS TRANSACTION {mode}")
