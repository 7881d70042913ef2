"""A recorded period: two programs, people and letters over months, by the engine itself, seeded."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from leadfarm.access.actors import SCHEDULE, Actor
from leadfarm.consent.actions.suppression import unsubscribe
from leadfarm.leads.actions import (
    Fact,
    Outcome,
    complete_task,
    learn,
    put_to_sleep,
    record_touch,
)
from leadfarm.leads.actions.tasks import open_tasks, reschedule
from leadfarm.leads.models import Lead, Task
from leadfarm.nurture.actions import add_piece, make_program, make_stream, publish
from leadfarm.nurture.actions.ready_made import write_messages
from leadfarm.nurture.models import LIVE, Enrolment, Program
from leadfarm.nurture.ticks import enrol, sweep, tick
from leadfarm.outreach.actions.planning import HeldBack, Letter, plan_by_hand
from leadfarm.outreach.models import Template
from leadfarm.rules.codes import (
    Disposition,
    DormantReason,
    FindingSection,
    RecheckRule,
    TaskKind,
    TouchKind,
)
from leadfarm.rules.programs import NO_HAND_OFF
from leadfarm.rules.stages import Stage
from tests.world import World

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
TEMPLATES = [str(node["template"]) for node in NO_HAND_OFF["nodes"] if node["kind"] == "message"]
KNOWN = {"field": "timeline", "operator": "is_known"}
SAID = ["not-now", "help-now", "not-interested"]
D = Disposition


def exit_at(key: str, then: str = "review", side: str = "marketing") -> dict[str, Any]:
    return {"key": key, "kind": "exit", "label": f"Exit {key}", "reason": f"Over: {key}",
            "then": then, "side": side, "days": 40}  # fmt: skip


def call(key: str, ways: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": "human", "label": f"Talk {key}", "task": "greet", "side": "sales",
            "dispositions": SAID, "time_out": {"days": 4}, "ways": ways, **more}  # fmt: skip


def mail(key: str, place: int) -> dict[str, Any]:
    name = TEMPLATES[place % len(TEMPLATES)]
    return {"key": key, "kind": "message", "label": f"Mail {key}", "template": name}


def main_tree() -> dict[str, Any]:
    """Every kind of step: talks with time-outs, waits, reactions, branch, split, stream, update."""
    return {"nodes": [
        call("greet", {"help-now": [exit_at("hot", "qualify", "pd")], "not-now": [],
                       "otherwise": [], "timed-out": []}),
        mail("m1", 0),
        {"key": "w1", "kind": "wait", "label": "Wait", "days": 2},
        {"key": "hears", "kind": "wait_for", "label": "Reacts", "event": "reply-or-click",
         "time_out": {"days": 6},
         "ways": {"happened": [call("again", {"help-now": [exit_at("warm", "later")],
                                              "otherwise": [], "timed-out": []},
                                    same_person_as="greet")],
                  "timed-out": [mail("m2", 1)]}},
        {"key": "fork", "kind": "split", "label": "Split",
         "shares": {"a": 45, "b": 45, "holdout": 10}, "order": ["a", "b", "holdout"],
         "ways": {"a": [{"key": "set", "kind": "update", "label": "Asked", "finding": "budget",
                         "value": "asked"}],
                  "b": [{"key": "w2", "kind": "wait", "label": "Wait",
                         "until_weekday": "tuesday", "at": "10:00"}],
                  "holdout": [exit_at("held", "later")]}},
        {"key": "plans", "kind": "branch", "label": "Plans?", "when": {"known": KNOWN},
         "ways": {"known": [call("plan", {"help-now": [exit_at("p", "qualify", "pd")],
                                          "otherwise": [], "timed-out": []})], "otherwise": []}},
        {"key": "read", "kind": "stream", "label": "Stories", "stream": "Stories",
         "every": {"days": 9}, "when": {"known": KNOWN},
         "ways": {"known": [], "exhausted": [exit_at("dry")]}},
        exit_at("out"),
    ]}  # fmt: skip


def beside_tree() -> dict[str, Any]:
    """Letters of another program, so that both want the same quiet window."""
    return {"nodes": [
        mail("n1", 2), {"key": "v1", "kind": "wait", "label": "Wait", "days": 4},
        mail("n2", 3), {"key": "v2", "kind": "wait", "label": "Wait", "days": 11},
        mail("n3", 4), exit_at("done"),
    ]}  # fmt: skip


@dataclass
class Story:
    """The programs, their leads, and how often the engine had its turn."""

    world: World
    random: Random
    main: Program
    beside: Program
    leads: list[Lead]
    begin: datetime
    end: datetime


def record(
    world: World, *, leads: int = 30, days: int = 100, every: timedelta = 16 * HOUR, seed: int = 7,
) -> Story:  # fmt: skip
    """Let months pass: the engine has its turn now and then, people do what people do between."""
    random = Random(seed)
    write_messages(world.workspace.id, world.now, SCHEDULE)
    stream = make_stream(world.workspace.id, "Stories", now=world.now)
    for template in Template.objects.of(world.workspace).order_by("name"):
        add_piece(stream, template, now=world.now)
    main, beside = (_program(world, name, tree) for name, tree in
                    (("Main", main_tree()), ("Beside", beside_tree())))  # fmt: skip
    Program.objects.of(world.workspace).filter(id=beside.id).update(priority=50)
    story = Story(world, random, main, beside, [], world.now, world.now + days * DAY)
    at, swept = world.now, world.now
    while at < story.end:
        at += every * random.uniform(0.4, 1.6)
        if at - swept > 2 * DAY:
            sweep(world.workspace.id, at - MINUTE)
            swept = at
        tick(world.workspace.id, at)
        _people(story, at, every, leads)
    return story


def _program(world: World, name: str, tree: dict[str, Any]) -> Program:
    program = make_program(world.workspace.id, name, now=world.now, draft=tree)
    publish(program, by=SCHEDULE, now=world.now)
    return program


def _people(story: Story, at: datetime, span: timedelta, most: int) -> None:
    """Let people do something between two turns of the engine, each at an instant of its own."""
    random, share = story.random, span / DAY
    if len(story.leads) < most and random.random() < share * most / 25:
        _enter(story, at + 5 * MINUTE)
    for task in open_tasks(story.world.workspace.id).order_by("id"):
        if random.random() < share * 0.5:
            _work(story, task, at + random.uniform(6, 9) * MINUTE)
    for lead in story.leads:
        if random.random() < share * 0.12:
            _something(story, lead, at + random.uniform(10, 20) * MINUTE)


def _enter(story: Story, at: datetime) -> None:
    world, number = story.world, len(story.leads)
    lead = world.captures(f"Person {number}", at=at)
    story.leads.append(lead)
    who = story.main if number % 4 else story.beside
    enrol(who, [lead.id], at + MINUTE)
    if number % 3 == 0:
        enrol(story.beside if number % 4 else story.main, [lead.id], at + 2 * MINUTE)


def _work(story: Story, task: Task, at: datetime) -> None:
    random = story.random
    if random.random() < 0.15:
        reschedule(task, at + random.randint(1, 6) * DAY)
        return
    said = random.choice([D.NOT_NOW, D.NOT_NOW, D.HELP_NOW, D.NO_ANSWER, D.LEFT_VOICEMAIL,
                          D.CALLBACK, D.NOT_INTERESTED])  # fmt: skip
    agreed = at + 5 * DAY if said.needs_date else None
    needs = TaskKind(task.kind).needs_disposition
    outcome = Outcome(said, agreed_at=agreed) if needs else Outcome()
    by = Actor.of(random.choice([story.world.tomas, story.world.ana]))
    complete_task(task, outcome, by=by, now=at)


def _something(story: Story, lead: Lead, at: datetime) -> None:
    random, world = story.random, story.world
    what = random.choices(["reply", "click", "learn", "letter", "stop", "rest"],
                          [25, 30, 12, 40, 4, 3])[0]  # fmt: skip
    if what in ("reply", "click"):
        kind = TouchKind.MAIL_REPLIED if what == "reply" else TouchKind.MAIL_CLICKED
        record_touch(lead, kind, happened_at=at, now=at, actor=Actor("form"))
    elif what == "learn":
        learn(lead, Fact(FindingSection.TIMELINE, "spring"), by=Actor.of(world.ana), now=at)
    elif what == "letter":
        _letter(story, lead, at)
    elif what == "stop" and lead.contact is not None:
        unsubscribe(lead, lead.contact, now=at)
    elif what == "rest" and _is_inside(lead):
        put_to_sleep(lead, to=Stage.DORMANT, reason=DormantReason.NO_RESPONSE, months=6,
                     rule=RecheckRule.AFTER_MONTHS, by=Actor.of(world.ana), now=at)  # fmt: skip


def _is_inside(lead: Lead) -> bool:
    mine = Enrolment.objects.of(lead.workspace_id).filter(lead_id=lead.id, state__in=LIVE)
    return mine.exists()


def _letter(story: Story, lead: Lead, at: datetime) -> None:
    assert lead.contact is not None
    override = "They asked for it" if story.random.random() < 0.3 else ""
    letter = Letter("Hello", "How are you?", override=override)
    with suppress(HeldBack):
        plan_by_hand(lead, lead.contact, letter, by=story.world.tomas, now=at)
