"""Streams: the next piece a contact has not seen, at a pace, until something better, or the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from typing import Any

from leadfarm.rules.programs.tree import EXHAUSTED, NEXT, Fault, Node
from leadfarm.rules.programs.waits import wait_fault

MOST_PIECES = 200


def pace_of(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the wait between two pieces; an empty one where none is set."""
    every = settings.get("every")
    return every if isinstance(every, Mapping) else {}


def most_of(settings: Mapping[str, Any]) -> int | None:
    """Return after how many pieces one goes on; None: when there is none left."""
    most = settings.get("most")
    fine = isinstance(most, int) and not isinstance(most, bool) and 1 <= most <= MOST_PIECES
    return int(most) if fine else None  # type: ignore[arg-type]


def stream_faults(
    node: Node, name: str, streams: Mapping[str, int] | None, clause_fault: Callable[[object], str]
) -> Iterator[Fault]:
    """Yield what is wrong; `streams` says how many pieces each has (None: not looked at)."""
    settings, stream = node.settings, str(node.settings.get("stream", ""))
    if not stream:
        yield Fault(node.key, f"{name} names no stream.", "Choose one.")
    elif streams is not None and stream not in streams:
        what = f"{name} takes its pieces from {stream!r}, which does not exist."
        yield Fault(node.key, what, "Choose a stream, or make it first.")
    elif streams is not None and not streams[stream]:
        what = f"{name} takes its pieces from {stream!r}, which has none."
        yield Fault(node.key, what, "Put published messages into the stream.")
    if said := wait_fault(pace_of(settings)):
        yield Fault(node.key, f"{name}: {said}", "Say how long it is from one piece to the next.")
    if "until_date" in pace_of(settings):
        yield Fault(node.key, f"{name} comes on one date only.", "Choose a pace that repeats.")
    if settings.get("most") is not None and most_of(settings) is None:
        what = f"{name}: {settings['most']!r} is no number of pieces."
        yield Fault(node.key, what, f"Give a number from 1 to {MOST_PIECES}, or none.")
    when = settings.get("when")
    conditions = when if isinstance(when, Mapping) else {}
    for way, clause in conditions.items():
        if said := clause_fault(clause):
            yield Fault(node.key, f"{name}, way '{way}': {said}", "Correct its conditions.")
    yield from _of_ways(node, name, conditions.keys())


def _of_ways(node: Node, name: str, conditions: Set[str]) -> Iterator[Fault]:
    counted = {NEXT} if node.settings.get("most") is not None else set()
    for way in sorted({*conditions, *counted, EXHAUSTED} - node.ways.keys()):
        what = f"{name} leads nowhere when it comes to '{way}'."
        yield Fault(node.key, what, f"Add the way '{way}' (empty: go on with the next step).")
    for way in node.ways:
        if way not in {*conditions, *counted, EXHAUSTED}:
            what = f"{name}: nothing leads to way '{way}', so nobody takes it."
            yield Fault(node.key, what, "Give it conditions, or remove it.")
