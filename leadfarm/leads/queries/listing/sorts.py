"""The orders of the list, and paging by key: no OFFSET, so page 400 costs what page 1 costs.

Every order ends with the lead's number, so that it is total; what has no value comes last. A page
after a key is asked for as branches that an index serves each by itself (an OR would not).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from leadfarm.rules.stages import Stage

Value = str | int | float | None
KeyOf = tuple[Value, ...]  # the values of the keys, then the lead's number


@dataclass(frozen=True)
class Key:
    """One column of an order: its SQL over lead, standing and account; its type.

    Where the index holds rows without a value too, it is `filed` with them: then they are asked for
    in the index's order. `absent` says "has no value" in words that an index serves.
    """

    sql: str
    type: str
    nullable: bool = True
    filed: bool = False
    absent: str = ""


@dataclass(frozen=True)
class Branch:
    """Rows of one index range, in the order of the list."""

    where: str
    order: str


@dataclass(frozen=True)
class Sort:
    """One order of the list. `usual` says whether it descends when nobody asks."""

    name: str
    label: str
    keys: tuple[Key, ...]
    usual: str = "ascending"
    needs_account: bool = False


EXACT = Key("(NOT named.exact)::int::smallint", "smallint", False)
DUE = Key("standing.next_at", "timestamptz", filed=True)
HEAT = Key("standing.heat", "float8", filed=True)
NAME = Key("account.name_key", "text", absent="lead.account_id IS NULL")
SORTS = {
    each.name: each
    for each in (
        Sort("next", "Due", (DUE,)),
        Sort("heat", "Heat", (HEAT,), usual="descending"),
        Sort("entered", "Entered", (Key("lead.entered_at", "timestamptz", False),), "descending"),
        Sort("amount", "Amount", (Key("lead.amount", "numeric"),), "descending"),
        Sort("account", "Company", (NAME,), needs_account=True),
        # Inside a stage: what is due first.
        Sort("stage", "Stage", (Key("standing.stage", "smallint", False), DUE)),
    )
}


@dataclass(frozen=True)
class Order:
    """A sort in one direction; under words, what they name exactly comes first (`named.exact`)."""

    sort: Sort
    descending: bool = False
    exact_first: bool = False

    @property
    def keys(self) -> tuple[Key, ...]:
        """Return all keys in their order."""
        return (EXACT, *self.sort.keys) if self.exact_first else self.sort.keys

    @property
    def name(self) -> str:
        """Return how an address says it: "heat", or "-heat" when it descends."""
        return f"-{self.sort.name}" if self.descending else self.sort.name

    def turned(self, place: int) -> bool:
        """Say whether the key at this place descends; only the first of the sort is turned."""
        return self.descending and place == int(self.exact_first)

    @property
    def id_descends(self) -> bool:
        """Say whether ties are broken from the newest lead on."""
        return self.turned(len(self.keys) - 1)


def read_order(text: str, otherwise: str = "next") -> Order:
    """Return the order an address asks for; `otherwise` where it names none there is."""
    sort = SORTS.get(text.removeprefix("-"))
    return Order(sort, text.startswith("-")) if sort else read_order(otherwise, "next")


def columns(order: Order) -> str:
    """Return the select list of the keys, named k0, k1 .."""
    return "".join(f", {key.sql} AS k{place}" for place, key in enumerate(order.keys))


def final_order(order: Order) -> str:
    """Return the ORDER BY over the named keys."""
    said = [
        f"k{place} {_direction(order.turned(place))} NULLS LAST" for place in range(len(order.keys))
    ]
    return ", ".join([*said, f"id {_direction(order.id_descends)}"])


def after(order: Order, key: KeyOf | None) -> str:
    """Return the condition "behind this key" over the named keys; parameters are after_0 .."""
    if key is None:
        return "true"
    before: list[str] = []
    ways: list[list[str]] = []
    for place, one in enumerate(order.keys):
        name, value = f"k{place}", key[place]
        if value is not None:
            bound = f"{name} {_beyond(order.turned(place))} {_bound(place, one)}"
            ways.append([*before, f"({bound} OR {name} IS NULL)" if one.nullable else bound])
        before.append(f"{name} IS NULL" if value is None else f"{name} = {_bound(place, one)}")
    ways.append([*before, f"id {_beyond(order.id_descends)} %(after_id)s::bigint"])
    return "(" + " OR ".join(f"({' AND '.join(way)})" for way in ways) + ")"


def branches(order: Order, key: KeyOf | None) -> Iterator[Branch]:
    """Yield the index ranges that together hold everything behind the key."""
    first = order.sort.keys[0]
    if len(order.sort.keys) == 1:
        yield from _ranges(first, order.descending, 0, key[0] if key else None, key is not None)
        return
    due = order.sort.keys[1]
    for stage in Stage:
        fixed = f"{first.sql} = {int(stage)}"
        here = key is not None and key[0] == int(stage)
        if key is not None and not here and not _is_behind(int(stage), key[0], order.descending):
            continue
        for part in _ranges(due, False, 1, key[1] if here and key else None, here):
            yield Branch(f"{fixed} AND {part.where}", part.order)


def _ranges(key: Key, descends: bool, place: int, value: Value, keyed: bool) -> Iterator[Branch]:
    way, beyond = _direction(descends), _beyond(descends)
    by_id = f"lead.id {way}"
    behind_id = f"lead.id {beyond} %(after_id)s::bigint"
    if not keyed and key.filed and not descends:
        yield Branch("true", f"{key.sql} {way}, {by_id}")  # what has no value is filed last
        return
    if not keyed:
        yield Branch(f"{key.sql} IS NOT NULL", f"{key.sql} {way}, {by_id}")
    elif value is not None:
        bound = _bound(place, key)
        # Said twice: the bound alone finds the place in the index, the pair the row.
        where = f"{key.sql} {beyond}= {bound} AND ({key.sql} {beyond} {bound} OR {behind_id})"
        yield Branch(where, f"{key.sql} {way}, {by_id}")
    if key.nullable:
        nothing = key.absent or f"{key.sql} IS NULL"
        order = f"{key.sql} {way}, {by_id}" if key.filed else by_id
        yield Branch(f"{nothing} AND {behind_id}" if keyed and value is None else nothing, order)


def _is_behind(stage: int, value: Value, descends: bool) -> bool:
    return isinstance(value, int) and (stage < value if descends else stage > value)


def _direction(descends: bool) -> str:
    return "DESC" if descends else "ASC"


def _beyond(descends: bool) -> str:
    return "<" if descends else ">"


def _bound(place: int, key: Key) -> str:
    return f"%(after_{place})s::{key.type}"


def bindings(order: Order, key: KeyOf | None) -> dict[str, Value]:
    """Return the parameters that `after` and `branches` name."""
    if key is None:
        return {}
    values: dict[str, Value] = {f"after_{place}": key[place] for place in range(len(key) - 1)}
    return {**values, "after_id": key[-1]}


def pack(key: KeyOf) -> str:
    """Return the key as an address carries it."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def unpack(text: str, order: Order) -> KeyOf | None:
    """Return the key of an address; None where it is none of this order: then the first page."""
    if not text or len(text) > 500:
        return None
    try:
        raw = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(raw, list) or len(raw) != len(order.keys) + 1:
            return None
        values = [_checked(one, key) for one, key in zip(raw, order.keys, strict=False)]
        return (*values, _checked(raw[-1], Key("", "bigint", False)))
    except (ValueError, InvalidOperation, RecursionError):
        return None


def _checked(value: Any, key: Key) -> Value:
    """Return the value if the database can read it as the key's type; raise ValueError if not."""
    if value is None and key.nullable:
        return None
    if key.type == "timestamptz":
        return datetime.fromisoformat(str(value)).isoformat()
    if key.type == "numeric" and Decimal(str(value)).is_finite():
        return str(Decimal(str(value)))
    if key.type == "float8" and isinstance(value, float | int) and abs(value) < 1e300:
        return float(value)
    if key.type in ("bigint", "smallint") and isinstance(value, int) and abs(value) < 2**15:
        return value
    if key.type == "bigint" and isinstance(value, int) and abs(value) < 2**63:
        return value
    if key.type == "text" and isinstance(value, str) and "\x00" not in value:
        return value
    raise ValueError(f"{value!r} is no {key.type}.")


def value_of(raw: Any) -> Value:
    """Return a key's value from the database as JSON carries it, exactly."""
    if isinstance(raw, datetime):
        return raw.isoformat()
    return str(raw) if isinstance(raw, Decimal) else raw
