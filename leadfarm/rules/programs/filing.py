"""A program as a file that people read: written with names for ids, read back without trust.

The file is the JSON of the tree (see the package) with `format` in front. Whoever is named by an id
in a workspace (owners, sources, campaigns) has a name in the file.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from leadfarm.rules.programs.tree import Fault

FORMAT = "leadfarm program 1"
MOST_CHARACTERS = 500_000
MOST_LEVELS = 60
_ABOUT = ("name", "entry", "goal", "reentry_days", "nodes")
_KEY = re.compile(r"[\w.-]{1,60}", re.ASCII)
_NOT_KEPT = re.compile("[\x00\ud800-\udfff]")
_MOST = {"minutes": 1_584_000, "hours": 26_400, "due_hours": 10_000}
_KINDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(
        ("template", "until_date", "until_weekday", "at", "event", "side", "task"), str
    ),
    **dict.fromkeys(("script", "when_away", "same_person_as", "owner_side", "finding"), str),
    **dict.fromkeys(("value", "field", "stage", "to", "reason", "then", "stream", "label"), str),
    **dict.fromkeys(
        ("days", "hours", "minutes", "working_days", "due_hours", "most"), (int, float)
    ),
    **dict.fromkeys(("time_out", "when", "shares", "every", "ways"), dict),
    **dict.fromkeys(("dispositions", "order"), list),
    **dict.fromkeys(("again", "side_may_follow_source"), bool),
    "owner": (str, int),
}
Names = Mapping[str, Mapping[Any, Any]]


def file_of(tree: Mapping[str, Any], names: Names) -> str:
    """The text of the file; `names` says by field what is written for an id."""
    told = {"format": FORMAT, **{each: tree.get(each) for each in _ABOUT}}
    return json.dumps(renamed(told, names), indent=2, ensure_ascii=False) + "\n"


def read_file(text: str) -> tuple[dict[str, Any] | None, list[Fault]]:
    """The tree in a file, still with names; None with what is wrong where it cannot be read."""
    try:
        if len(text) > MOST_CHARACTERS:
            raise ValueError("it is larger than 500,000 characters")
        raw = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        why = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        what = f"This is not a program file: {why}."
        return None, [Fault("program", what, "Export a program to see what one looks like.")]
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        what = f"This is not a program file: it does not begin with format {FORMAT!r}."
        return None, [Fault("program", what, "Export a program to see what one looks like.")]
    found = [*_of_values(raw), *_of_about(raw)]
    if not found:
        found = [*_of_nodes(raw["nodes"], "program")]
    return ({each: raw.get(each) for each in _ABOUT}, []) if not found else (None, found)


def renamed(value: Any, names: Names, missing: Callable[[str, str], None] | None = None) -> Any:
    """The same JSON, with what the fields of `names` say put otherwise; `missing` hears the rest.

    A field is a setting of that name, or the value of a test of that field in a clause.
    """
    if isinstance(value, list):
        return [renamed(each, names, missing) for each in value]
    if not isinstance(value, dict):
        return value
    asked = value.get("field")
    found = {}
    for name, each in value.items():
        field = asked if name == "value" and "operator" in value else name
        field = field if isinstance(field, str) else name
        known = names.get(field)
        found[name] = (
            renamed(each, names, missing) if known is None else _put(each, known, field, missing)
        )
    return found


def _put(
    value: Any, known: Mapping[Any, Any], field: str, missing: Callable[[str, str], None] | None
) -> Any:
    if isinstance(value, list):
        return [_put(each, known, field, missing) for each in value]
    if isinstance(value, str | int) and value in known:
        return known[value]
    if missing and value is not None:
        missing(field, str(value))
    return value


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _of_values(raw: Any) -> Iterator[Fault]:
    """What no database would keep: characters, numbers without end, nesting without end."""
    waiting = [(raw, 0)]
    while waiting:
        value, level = waiting.pop()
        if level > 2 * MOST_LEVELS:
            yield Fault("program", f"It has more than {MOST_LEVELS} levels.", "Make it flatter.")
            return
        inside = [*value, *value.values()] if isinstance(value, dict) else value
        if isinstance(value, dict | list):
            waiting += [(each, level + 1) for each in inside]
        elif isinstance(value, str) and _NOT_KEPT.search(value):
            yield Fault("program", "It holds a character that cannot be kept.", "Remove it.")
            return
        elif isinstance(value, float) and not math.isfinite(value):
            yield Fault("program", "It holds a number without end.", "Correct it.")
            return


def _of_about(raw: Mapping[str, Any]) -> Iterator[Fault]:
    for name in sorted(raw.keys() - {"format", *_ABOUT}):
        yield Fault("program", f"A program file does not say {name!r}.", "Remove it.")
    days = raw.get("reentry_days")
    if days is not None and (type(days) is not int or not 1 <= days <= 3650):
        yield Fault("program", "Its reentry_days are not 1 to 3650.", "Correct them.")
    if not isinstance(raw.get("name", ""), str) or len(raw.get("name", "")) > 120:
        yield Fault("program", "Its name is no text of at most 120 characters.", "Correct it.")
    if not isinstance(raw.get("nodes"), list):
        yield Fault("program", "Its nodes are not a list.", "Give a list of nodes.")


def _of_nodes(nodes: Any, where: str) -> Iterator[Fault]:
    if not isinstance(nodes, list):
        yield Fault(where, f"What hangs on {where} is not a list of nodes.", "Give a list.")
        return
    for number, node in enumerate(nodes, 1):
        if not isinstance(node, dict) or not isinstance(node.get("kind"), str):
            what = f"Node {number} of {where} has no kind."
            yield Fault(where, what, "Give an object with key and kind.")
            continue
        key = node.get("key")
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            what = f"Node {number} of {where} has no key of letters, digits, dots and dashes."
            yield Fault(where, what, "Give it a key of at most 60 of them.")
            continue
        yield from _of_settings(node, key)
        for way, inside in dict(_ways(node)).items():
            if not way or len(way) > 60:
                yield Fault(key, f"A way of {key} has no name of 1 to 60 characters.", "Name it.")
            yield from _of_nodes(inside, key)


def _ways(node: Mapping[str, Any]) -> Mapping[str, Any]:
    ways = node.get("ways")
    return ways if isinstance(ways, dict) else {}


def _of_settings(settings: Mapping[str, Any], key: str) -> Iterator[Fault]:
    for name, value in settings.items():
        if name not in _KINDS:
            continue
        if not _fits(name, value):
            yield Fault(key, f"Step {key}: its {name} is {str(value)[:40]!r}.", "Correct it.")
        elif name in ("time_out", "every"):
            yield from _of_settings(value, key)


def _fits(name: str, value: Any) -> bool:
    """Whether a setting is of the kind it has to be, and a number within reason."""
    if not isinstance(value, _KINDS[name]):
        return False
    if isinstance(value, int | float) and _KINDS[name] is not bool and name != "owner":
        return not isinstance(value, bool) and 0 <= value <= _MOST.get(name, 1_100)
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return True
