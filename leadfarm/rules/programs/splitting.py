"""Splits: which lead takes which way, by share, and the same way each time it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import md5
from typing import Any

from leadfarm.rules.programs.tree import HOLDOUT, Fault, Node, NodeKind

PLACES = 10_000
# What a step may do for those who are held out: let time pass, and let them go.
_SILENT = frozenset({NodeKind.WAIT, NodeKind.EXIT, NodeKind.GOAL})


def place_of(program_id: int, key: str, lead_id: int) -> int:
    """Return where a lead falls at a split, 0 to 9,999, evenly over leads.

    Nothing is drawn: the place follows from program, step and lead, so a lead that comes again, or
    on a newer version, takes the same way. nurture/sql/split.sql is the other voice of this.
    """
    told = f"{program_id}:{key}:{lead_id}".encode()
    return int(md5(told, usedforsecurity=False).hexdigest()[:8], 16) % PLACES


def bands(settings: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """Return each way with the places it takes: from the first up to, not including, the last."""
    found, start = [], 0
    for way, share in shares_of(settings).items():
        end = start + share * PLACES // 100
        found.append((way, start, end))
        start = end
    return found


def shares_of(settings: Mapping[str, Any]) -> dict[str, int]:
    """Return the percentage of each way, in its order; what is no whole percentage counts as 0."""
    raw = settings.get("shares")
    raw = raw if isinstance(raw, Mapping) else {}
    order = settings.get("order")
    first = [str(way) for way in order if way in raw] if isinstance(order, list | tuple) else []
    return {way: _percent(raw[way]) for way in dict.fromkeys([*first, *map(str, raw)])}


def split_faults(node: Node, name: str) -> Iterator[Fault]:
    """Yield what is wrong with the shares and with the way of those who are held out."""
    shares = shares_of(node.settings)
    if len(shares) < 2:
        yield Fault(node.key, f"{name} has one way only.", "Give it at least two ways.")
    for way, share in shares.items():
        if not share:
            what = f"{name}: the share of way '{way}' is not a whole percentage from 1 to 99."
            yield Fault(node.key, what, "Correct the share, or remove the way.")
        if way not in node.ways:
            what = f"{name} leads nowhere when it comes to '{way}'."
            yield Fault(node.key, what, f"Add the way '{way}' (empty: go on with the next step).")
    if shares and sum(shares.values()) != 100:
        what = f"{name}: the shares come to {sum(shares.values())} %."
        yield Fault(node.key, what, "Let them come to 100 %.")
    for way in node.ways:
        if way not in shares:
            what = f"{name}: way '{way}' has no share, so nobody takes it."
            yield Fault(node.key, what, "Give it a share, or remove it.")
    if HOLDOUT in shares:
        yield from _of_holdout(node, name)


def _of_holdout(node: Node, name: str) -> Iterator[Fault]:
    inside = node.ways.get(HOLDOUT, ())
    for step in inside:
        if step.kind not in _SILENT:
            what = f"{name}: those who are held out would still come to '{step.label}'."
            yield Fault(step.key, what, "Let them only wait, and leave.")
    if not inside or not inside[-1].kind.ends:
        what = f"{name}: those who are held out would go on with the next step."
        yield Fault(node.key, what, "Let their way end in an exit.")


def _percent(raw: object) -> int:
    fine = isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw < 100
    return int(raw) if fine else 0  # type: ignore[call-overload]
