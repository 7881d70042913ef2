"""The fault check: every fault of a program at once, before it can go live."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from leadfarm.rules.codes import Disposition, FindingSection, Side, TaskKind
from leadfarm.rules.programs.audience import Audience, audience_of
from leadfarm.rules.programs.flat import Compiled, compile_tree
from leadfarm.rules.programs.splitting import split_faults
from leadfarm.rules.programs.streams import stream_faults
from leadfarm.rules.programs.tree import (
    HAPPENED,
    OTHERWISE,
    TIMED_OUT,
    Fault,
    Node,
    NodeKind,
    Program,
)
from leadfarm.rules.programs.waits import wait_fault

MOST_NODES = 300
AWAY_POLICIES = ("colleague", "wait")
_INSTANT = frozenset(
    {NodeKind.MESSAGE, NodeKind.BRANCH, NodeKind.UPDATE, NodeKind.SPLIT, NodeKind.STREAM}
)


@dataclass(frozen=True)
class Known:
    """What the workspace has.

    Templates by name, with whether they have an unsubscribe link; what is wrong with those that
    cannot be sent; the sides that have someone; the ids of the members who can own a lead (None:
    not looked at); streams by name, with how many pieces they have (None: not looked at); and a
    function that says what is wrong with a clause (empty when nothing is).
    """

    templates: Mapping[str, bool] = field(default_factory=dict)
    template_faults: Mapping[str, str] = field(default_factory=dict)
    owners: Set[int] | None = None
    sides: Set[Side] = frozenset()
    streams: Mapping[str, int] | None = None
    clause_fault: Callable[[object], str] = lambda _clause: ""


def faults(program: Program, known: Known, most_nodes: int = MOST_NODES) -> list[Fault]:
    """All faults, those of single nodes in reading order first; an empty list may be published."""
    nodes = list(program.walk())
    found = list(_of_size(nodes, most_nodes))
    for name, clause in (("goal", program.goal), ("entry", program.entry)):
        if clause is not None and (said := known.clause_fault(clause)):
            what = f"The {name} cannot be read: {said}"
            found.append(Fault("program", what, "Correct its conditions."))
    if audience_of(program.audience) is None:
        what = f"Nobody is called {program.audience!r}, so the program is for no lead."
        found.append(Fault("program", what, f"Use {', '.join(Audience.slugs())}."))
    keys = {node.key for node in nodes}
    for node in nodes:
        found.extend(_of_node(node, known, keys))
    return [*found, *_of_shape(program)]


def _of_size(nodes: list[Node], most: int) -> Iterator[Fault]:
    if not nodes:
        yield Fault("program", "The program has no nodes.", "Add at least one step and an exit.")
    if len(nodes) > most:
        what = f"The program has {len(nodes)} nodes; {most} is the limit."
        yield Fault("program", what, "Split it in two programs.")
    seen: set[str] = set()
    for node in nodes:
        if node.key in seen:
            what = f"Step '{node.label}' has the key of another step, {node.key!r}."
            yield Fault(node.key, what, "Give each step a key of its own.")
        seen.add(node.key)


def _of_node(node: Node, known: Known, keys: Set[str]) -> Iterator[Fault]:
    name = f"Step '{node.label}'"
    if node.kind is NodeKind.MESSAGE:
        yield from _of_message(node, name, known)
    elif node.kind is NodeKind.WAIT and (said := wait_fault(node.settings)):
        yield Fault(node.key, f"{name}: {said}", "Say once how long it waits, more than nothing.")
    elif node.kind is NodeKind.HUMAN:
        yield from _of_human(node, name, known, keys)
        yield from _of_time_out(node, name)
    elif node.kind is NodeKind.WAIT_FOR:
        yield from _of_wait_for(node, name)
    elif node.kind is NodeKind.BRANCH:
        yield from _of_branch(node, name, known)
    elif node.kind is NodeKind.SPLIT:
        yield from split_faults(node, name)
    elif node.kind is NodeKind.STREAM:
        yield from stream_faults(node, name, known.streams, known.clause_fault)
    elif node.kind is NodeKind.UPDATE:
        yield from _of_update(node, name, known)
    elif node.kind is NodeKind.GO_TO and node.settings.get("to") not in keys:
        what = f"{name} leads to {node.settings.get('to')!r}, which does not exist."
        yield Fault(node.key, what, "Choose a step of this program.")
    elif node.kind is NodeKind.EXIT and not node.settings.get("reason"):
        yield Fault(node.key, f"{name} has no reason.", "Say why a lead leaves here.")


def _of_wait_for(node: Node, name: str) -> Iterator[Fault]:
    if not node.settings.get("event"):
        yield Fault(node.key, f"{name} names no event.", "Say what it waits for.")
    yield from _missing_ways(node, name, [HAPPENED])
    yield from _of_time_out(node, name)


def _of_message(node: Node, name: str, known: Known) -> Iterator[Fault]:
    template = str(node.settings.get("template", ""))
    if not template:
        yield Fault(node.key, f"{name} says nothing: it has no template.", "Choose its template.")
    elif said := known.template_faults.get(template):
        what = f"{name} uses template {template!r}, which cannot be sent. {said}"
        yield Fault(node.key, what, "Correct the template and publish it.")
    elif template not in known.templates:
        what = f"{name} uses template {template!r}, which does not exist."
        yield Fault(node.key, what, "Choose a template, or write it first.")
    elif not known.templates[template]:
        what = f"{name} uses template {template!r}, which has no unsubscribe link."
        yield Fault(node.key, what, "Put the unsubscribe link into the template.")


def _of_update(node: Node, name: str, known: Known) -> Iterator[Fault]:
    settings = node.settings
    if not any(settings.get(one) for one in ("owner_side", "finding", "stage")):
        yield Fault(node.key, f"{name} sets nothing.", "Say what it sets, or remove it.")
    here = known.owners is None or settings.get("owner") in known.owners
    if settings.get("owner_side") and not settings.get("owner"):
        yield Fault(node.key, f"{name} names no owner.", "Choose the member who gets the leads.")
    elif settings.get("owner_side") and not here:
        yield Fault(node.key, f"{name} gives leads to nobody.", "Choose a member who is here.")
    if settings.get("finding") and FindingSection.read(str(settings["finding"])) is None:
        what = f"{name}: no section of the dossier is called {settings['finding']!r}."
        yield Fault(node.key, what, f"Use {', '.join(FindingSection.slugs())}.")


def _of_human(node: Node, name: str, known: Known, keys: Set[str]) -> Iterator[Fault]:
    side = Side.read(str(node.settings.get("side", "")))
    if side is None or side is Side.PROSPECT:
        yield Fault(node.key, f"{name} says no side.", "Choose marketing, pd or sales.")
    elif side not in known.sides:
        what = f"{name} is for {side.label}, where nobody is."
        yield Fault(node.key, what, f"Invite someone for {side.label}, or choose another side.")
    earlier = node.settings.get("same_person_as")
    if earlier and earlier not in keys:
        what = f"{name} is for who did step {earlier!r}, which does not exist."
        yield Fault(node.key, what, "Choose a step of this program, or no one.")
    task = TaskKind.read(str(node.settings.get("task", "")))
    if task is None:
        yield Fault(node.key, f"{name} has no kind of task.", f"Use {', '.join(TaskKind.slugs())}.")
    if node.settings.get("when_away", "colleague") not in AWAY_POLICIES:
        what = f"{name} has no rule for when the owner is away."
        yield Fault(node.key, what, f"Use {' or '.join(AWAY_POLICIES)}.")
    allowed = [str(one) for one in node.settings.get("dispositions") or []]
    if not allowed and (task is None or task.needs_disposition):
        yield Fault(node.key, f"{name} allows no disposition.", "Choose at least one.")
    for slug in {*allowed, *node.ways} - {TIMED_OUT, OTHERWISE, *Disposition.slugs()}:
        yield Fault(node.key, f"{name}: no disposition is called {slug!r}.", "Choose of the ten.")
    if OTHERWISE not in node.ways:
        yield from _missing_ways(node, name, allowed)


def _of_branch(node: Node, name: str, known: Known) -> Iterator[Fault]:
    when = node.settings.get("when")
    if not isinstance(when, Mapping) or not when:
        yield Fault(node.key, f"{name} has no condition.", "Give at least one way its clauses.")
        when = {}
    for way, clause in when.items():
        if said := known.clause_fault(clause):
            what = f"{name}, way '{way}': {said}"
            yield Fault(node.key, what, "Correct the clauses of this way.")
    for way in node.ways:
        if way != OTHERWISE and way not in when:
            what = f"{name}: way '{way}' has no condition, so nobody takes it."
            yield Fault(node.key, what, "Give it clauses, or remove it.")
    yield from _missing_ways(node, name, [*when, OTHERWISE])


def _of_time_out(node: Node, name: str) -> Iterator[Fault]:
    limit = node.settings.get("time_out")
    said = wait_fault(limit) if isinstance(limit, Mapping) else "It never times out."
    if said:
        yield Fault(node.key, f"{name}: {said}", "Say after how long it goes on without an answer.")
    yield from _missing_ways(node, name, [TIMED_OUT])


def _missing_ways(node: Node, name: str, wanted: list[str]) -> Iterator[Fault]:
    for way in wanted:
        if way not in node.ways:
            what = f"{name} leads nowhere when it comes to '{way}'."
            yield Fault(node.key, what, f"Add the way '{way}' (empty: go on with the next step).")


def _of_shape(program: Program) -> Iterator[Fault]:
    """Faults that only the whole shows: ways that end in nothing, loops, steps nobody reaches."""
    flat = compile_tree(program)
    labels = {node.key: node.label for node in program.walk()}
    for move in flat.moves:
        if move.next_key is None:
            what = f"Step '{labels[move.key]}' has no way out after '{move.way}'."
            yield Fault(move.key, what, "Let the path end in a goal or an exit.")
    reached = _reached(flat)
    ending = _can_end(flat)
    for step in flat.steps:
        if step.key not in reached:
            what = f"No path leads to step '{step.label}'."
            yield Fault(step.key, what, "Remove it, or lead a way to it.")
        elif step.key not in ending:
            what = f"From step '{step.label}' the program never ends."
            yield Fault(step.key, what, "Give the loop a way to a goal or an exit.")
    for key in _in_instant_loop(flat):
        what = f"Step '{labels[key]}' is in a loop that takes no time."
        yield Fault(key, what, "Put a wait or a human step into the loop.")


def _reached(flat: Compiled) -> set[str]:
    frontier = [flat.first_key] if flat.first_key else []
    reached: set[str] = set()
    while frontier:
        key = frontier.pop()
        if key in reached:
            continue
        reached.add(key)
        frontier.extend(m.next_key for m in flat.moves if m.key == key and m.next_key)
    return reached


def _can_end(flat: Compiled) -> set[str]:
    """Steps from which an end can be reached; a way to nowhere counts, it is told by itself."""
    ending = {step.key for step in flat.steps if step.kind.ends or not _has_moves(flat, step.key)}
    ending |= {move.key for move in flat.moves if move.next_key is None}
    while more := {m.key for m in flat.moves if m.next_key in ending} - ending:
        ending |= more
    return ending


def _has_moves(flat: Compiled, key: str) -> bool:
    return any(move.key == key for move in flat.moves)


def _in_instant_loop(flat: Compiled) -> list[str]:
    """Steps that come back to themselves through steps that take no time, in reading order."""
    instant = {step.key for step in flat.steps if step.kind in _INSTANT}
    onward = {
        key: {m.next_key for m in flat.moves if m.key == key and m.next_key in instant}
        for key in instant
    }
    # What cannot be in a loop has nothing left to go to, or nothing that comes to it.
    while idle := {key for key, nexts in onward.items() if not nexts & onward.keys()}:
        onward = {key: nexts - idle for key, nexts in onward.items() if key not in idle}
    while unfed := onward.keys() - {to for nexts in onward.values() for to in nexts}:
        onward = {key: nexts for key, nexts in onward.items() if key not in unfed}
    return [step.key for step in flat.steps if step.key in onward]
