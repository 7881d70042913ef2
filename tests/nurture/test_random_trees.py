"""Random programs and random answers: the set-based engine takes the ways the plain rules say.

Each example is one program, published, and one lead that walks it on a virtual clock (S2-9, S2-10).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from leadfarm.access.actors import SCHEDULE, Actor
from leadfarm.leads.actions import Fact, Outcome, complete_task, learn, record_touch
from leadfarm.leads.models import Lead, Task
from leadfarm.nurture.actions import add_piece, check, make_program, make_stream, publish
from leadfarm.nurture.actions.ready_made import write_messages
from leadfarm.nurture.models import Enrolment, Program, StepLog
from leadfarm.nurture.models import Node as Row
from leadfarm.nurture.ticks import enrol, tick
from leadfarm.outreach.models import Template
from leadfarm.rules.codes import Disposition, FindingSection, TouchKind
from leadfarm.rules.programs import NO_HAND_OFF, NodeKind, compile_tree, next_of, parse
from leadfarm.rules.programs import Program as Tree
from leadfarm.rules.programs.splitting import bands, place_of
from tests.nurture.checking import stranded
from tests.world import World, make_world

ANSWERS = [Disposition.HELP_NOW, Disposition.NOT_NOW, Disposition.NOT_INTERESTED]
TEMPLATES = [str(node["template"]) for node in NO_HAND_OFF["nodes"] if node["kind"] == "message"]
STREAM = "What others did"
KNOWN = {"field": "timeline", "operator": "is_known"}
Node = dict[str, Any]
Step = tuple[str, str]


def plain() -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(lambda days: {"kind": "wait", "days": days}, st.integers(1, 30)),
        st.builds(lambda name: {"kind": "message", "template": name}, st.sampled_from(TEMPLATES)),
        st.just({"kind": "update", "finding": "budget", "value": "asked"}),
    )


def end() -> st.SearchStrategy[Node]:
    return st.sampled_from(["goal", "exit"]).map(lambda kind: {"kind": kind, "reason": "Over"})


def forks(inner: st.SearchStrategy[list[Node]]) -> st.SearchStrategy[Node]:
    def human(ways: dict[str, list[Node]], rest: list[Node], late: list[Node]) -> Node:
        said = [answer.slug for answer in ANSWERS]
        task = {"kind": "human", "task": "greet", "side": "sales", "dispositions": said}
        return {
            **task,
            "time_out": {"days": 3},
            "ways": {**ways, "otherwise": rest, "timed-out": late},
        }

    def branch(known: list[Node], rest: list[Node]) -> Node:
        return {
            "kind": "branch",
            "when": {"known": KNOWN},
            "ways": {"known": known, "otherwise": rest},
        }

    def listen(yes: list[Node], no: list[Node]) -> Node:
        event = {"kind": "wait_for", "event": "reply", "time_out": {"days": 9}}
        return {**event, "ways": {"happened": yes, "timed-out": no}}

    def split(first: list[Node], second: list[Node], share: int) -> Node:
        shares = {"first": share, "second": 100 - share}
        return {"kind": "split", "shares": shares, "ways": {"first": first, "second": second}}

    def stream(out: list[Node], over: list[Node], most: int | None) -> Node:
        counted = {"most": most, "ways": {"next": out}} if most else {"ways": {}}
        pace = {"stream": STREAM, "every": {"days": 20}, "when": {"known": KNOWN}}
        ways = {**counted["ways"], "known": [], "exhausted": over}
        return {"kind": "stream", **pace, **counted, "ways": ways}

    slugs = st.sampled_from([answer.slug for answer in ANSWERS])
    return st.one_of(
        st.builds(split, inner, inner, st.integers(1, 99)),
        st.builds(stream, inner, inner, st.sampled_from([None, 1, 2])),
        st.builds(human, st.dictionaries(slugs, inner, max_size=2), inner, inner),
        st.builds(branch, inner, inner),
        st.builds(listen, inner, inner),
    )


def lists(depth: int) -> st.SearchStrategy[list[Node]]:
    node = plain() if depth == 0 else st.one_of(plain(), forks(lists(depth - 1)))
    body = st.lists(node, max_size=3)
    last = st.one_of(end(), st.builds(jump, st.integers(0, 2)))
    return st.one_of(body, st.builds(lambda nodes, last: [*nodes, last], body, last))


def jump(over: int) -> Node:
    """Return a go-to that is led on by `landed`: over so many steps of the trunk."""
    return {"kind": "go_to", "over": over}


def landed(nodes: list[Node], trunk: list[str], place: int | None = None) -> list[Node]:
    """Lead each go-to forward to a step of the trunk behind the one that it hangs on."""
    found = []
    for number, node in enumerate(nodes):
        here = number if place is None else place
        inside = {way: landed(each, trunk, here) for way, each in node["ways"].items()}
        ours = {name: value for name, value in node.items() if name != "over"} | {"ways": inside}
        if "over" in node:
            ours["to"] = trunk[min(here + 1 + node["over"], len(trunk) - 1)]
        found.append(ours)
    return found


def planted(nodes: list[Node]) -> dict[str, Any]:
    named = keyed(nodes, count())
    return {"goal": None, "nodes": landed(named, [node["key"] for node in named])}


def keyed(nodes: list[Node], numbers: "count[int]") -> list[Node]:
    return [
        {
            **node,
            "key": f"n{next(numbers)}",
            "ways": {way: keyed(inside, numbers) for way, inside in node.get("ways", {}).items()},
        }
        for node in nodes
    ]


def trees() -> st.SearchStrategy[dict[str, Any]]:
    last = {"kind": "exit", "reason": "Came to the end"}
    body = st.lists(st.one_of(plain(), forks(lists(1))), min_size=1, max_size=4)
    return body.map(lambda nodes: planted([*nodes, last]))


class Life:
    """How one lead answers, and what it has seen: the same in the rules and before the engine."""

    def __init__(self, knows: bool, said: list[Disposition | None], replies: list[bool]) -> None:
        self.knows, self._said, self._replies = knows, said, replies
        self.program_id = self.lead_id = 0
        self.seen: set[str] = set()

    def answer(self, key: str) -> Disposition | None:
        return self._said[int(key[1:]) % len(self._said)]

    def replies(self, key: str) -> bool:
        return self._replies[int(key[1:]) % len(self._replies)]

    def pieces(self, settings: Mapping[str, Any]) -> list[str]:
        """Read on in the stream; return the ways of the step, the last of them out of it."""
        if self.knows:
            return ["known"]
        left = [name for name in TEMPLATES if name not in self.seen]
        most = settings.get("most")
        self.seen |= {*left[:most]}
        enough = most is not None and len(left) >= most
        return [*["piece"] * len(left[:most]), "next" if enough else "exhausted"]

    def way(self, key: str, kind: NodeKind, settings: Mapping[str, Any]) -> str:
        if kind is NodeKind.HUMAN:
            answer = self.answer(key)
            return answer.slug if answer else "timed-out"
        if kind is NodeKind.WAIT_FOR:
            return "happened" if self.replies(key) else "timed-out"
        if kind is NodeKind.BRANCH:
            return "known" if self.knows else "otherwise"
        if kind is NodeKind.SPLIT:
            place = place_of(self.program_id, key, self.lead_id)
            return next(way for way, first, end in bands(settings) if first <= place < end)
        return kind.slug if kind.ends else "next"


def by_the_rules(tree: Tree, life: Life) -> list[Step]:
    """Walk the tree with the plain functions of rules."""
    key, taken = compile_tree(tree).first_key, []
    while key is not None:
        node = tree.find(key)
        assert node is not None
        if node.kind is NodeKind.STREAM:
            *pieces, way = life.pieces(node.settings)
            taken += [(key, piece) for piece in pieces]
        else:
            way = life.way(key, node.kind, node.settings)
        if node.kind is NodeKind.MESSAGE:
            life.seen.add(str(node.settings["template"]))
        taken.append((key, way if way in node.ways or not node.kind.parts else "otherwise"))
        key = None if node.kind.ends else next_of(tree, key, way)
    return taken


def by_the_engine(world: World, program: Program, lead: Lead, life: Life) -> list[Step]:
    """Let ticks walk, a person answer, the contact reply, from one due instant to the next."""
    by = Actor.of(world.tomas)
    at = world.now
    enrolment = Enrolment.objects.of(world.workspace).get(lead_id=lead.id, program=program)
    for _ in range(200):
        tick(world.workspace.id, at)
        assert stranded(world.workspace.id) == []
        enrolment.refresh_from_db()
        if enrolment.ended_at:
            break
        acted = _live(world, lead, enrolment, life, by, at)
        soon = at + timedelta(hours=1)
        at = soon if acted or enrolment.wake_at is None else max(soon, enrolment.wake_at)
    log = StepLog.objects.of(world.workspace).filter(enrolment_id=enrolment.id).order_by("number")
    keys = dict(program_nodes(world, program))
    return [(keys[row.node_id], row.way) for row in log]


def program_nodes(world: World, program: Program) -> list[tuple[int, str]]:
    rows = Row.objects.of(world.workspace).filter(version__program=program)
    return list(rows.values_list("id", "key"))


def _live(
    world: World, lead: Lead, enrolment: Enrolment, life: Life, by: Actor, at: datetime
) -> bool:
    """Do what this lead's people do at its step; say whether they did something."""
    node = enrolment.node
    answer = life.answer(node.key) if node.kind == NodeKind.HUMAN else None
    if enrolment.waiting and answer:
        open_tasks = Task.objects.of(world.workspace).filter(done_at=None, cancelled_at=None)
        task = open_tasks.get(enrolment_id=enrolment.id)
        complete_task(task, Outcome(answer), by=by, now=at)
        return True
    if enrolment.waiting and node.kind == NodeKind.WAIT_FOR and life.replies(node.key):
        record_touch(lead, TouchKind.MAIL_REPLIED, happened_at=at, now=at, actor=Actor("form"))
        return True
    return False


@pytest.fixture(scope="module")
def town(database: str) -> World:
    world = make_world()
    with world.inside():
        write_messages(world.workspace.id, world.now, SCHEDULE)
        stream = make_stream(world.workspace.id, STREAM, now=world.now)
        for name in TEMPLATES:
            add_piece(stream, Template.objects.of(world.workspace).get(name=name), now=world.now)
    return world


NUMBERS = count(1)


CASES = (
    trees(),
    st.booleans(),
    st.lists(st.one_of(st.none(), st.sampled_from(ANSWERS)), min_size=3, max_size=3),
    st.lists(st.booleans(), min_size=2, max_size=2),
)
LAID_BACK = list(HealthCheck)


@settings(max_examples=3, suppress_health_check=LAID_BACK)
@given(*CASES)
def test_s2_9_the_engine_walks_every_tree_as_the_rules_say(
    town: World,
    raw: dict[str, Any],
    knows: bool,
    said: list[Disposition | None],
    replies: list[bool],
) -> None:
    compare(town, raw, Life(knows, said, replies))


@pytest.mark.soak
@settings(max_examples=150, derandomize=False, suppress_health_check=LAID_BACK)
@given(*CASES)
def test_s2_9_many_trees(
    town: World,
    raw: dict[str, Any],
    knows: bool,
    said: list[Disposition | None],
    replies: list[bool],
) -> None:
    compare(town, raw, Life(knows, said, replies))


def compare(town: World, raw: dict[str, Any], life: Life) -> None:
    """Publish the tree, let one lead live through it, and compare both walks."""
    tree = parse(raw)[0]
    with town.inside():
        assume(check(town.workspace.id, raw)[1] == [])
        name = f"Tree {next(NUMBERS)}"
        program = make_program(town.workspace.id, name, now=town.now, draft=raw)
        publish(program, by=SCHEDULE, now=town.now)
        lead = town.captures()
        if life.knows:
            fact = Fact(FindingSection.TIMELINE, "this spring")
            learn(lead, fact, by=Actor.of(town.ana), now=town.now)
        assert enrol(program, [lead.id], town.now) == 1
        life.program_id, life.lead_id = program.id, lead.id
        assert by_the_engine(town, program, lead, life) == by_the_rules(tree, life)
        Program.objects.of(town.workspace).filter(id=program.id).update(state=3, paused_at=town.now)
