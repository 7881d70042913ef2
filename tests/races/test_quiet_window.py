"""Weeks of programs, mailings, letters, calls, replies and confirmations, two workers at once.

Law 6, S2-16: never two unsolicited touches inside the quiet window nor more than the cap; what is
held back is logged with its reason and comes later; what is never held goes at once.
"""

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from leadfarm.access.actors import SCHEDULE, Actor
from leadfarm.access.models import Workspace
from leadfarm.consent.actions import may_touch
from leadfarm.consent.rule_of import quiet_rule
from leadfarm.engine.database import acting_as
from leadfarm.leads.actions import record_touch
from leadfarm.leads.models import Contact, Lead, Touch
from leadfarm.nurture.actions import make_program, publish
from leadfarm.nurture.actions.ready_made import write_messages
from leadfarm.nurture.models import Enrolment
from leadfarm.nurture.ticks import enrol, tick
from leadfarm.outreach.actions import HeldBack, Letter, plan_by_hand, save_sender
from leadfarm.outreach.codes import WAITING, MessageKind, MessageState
from leadfarm.outreach.delivery.claiming import WINDOW_KEEPS
from leadfarm.outreach.delivery.sending import send_due
from leadfarm.outreach.models import Message, TemplateVersion
from leadfarm.rules.codes import Disposition, TouchKind
from leadfarm.rules.consent import Channel, HeldBecause
from leadfarm.rules.programs import NO_HAND_OFF
from leadfarm.rules.quiet_window import Nature
from tests.races.quiet_law import Counted, broken, told_the_truth
from tests.support.mailing import one_off
from tests.world import World, make_world

TEMPLATES = [str(node["template"]) for node in NO_HAND_OFF["nodes"] if node["kind"] == "message"]
ALWAYS = [nature for nature in Nature if nature.is_never_held and nature != Nature.HAND_RAISE_CALL]
HELD = (HeldBecause.QUIET_WINDOW, HeldBecause.WEEKLY_CAP)


@dataclass
class Town:
    """Contacts with leads in two programs, the chance that plays with them, and what it did."""

    world: World
    chance: random.Random
    leads: list[Lead]
    wording: TemplateVersion
    now: datetime
    calls: dict[int, list[Counted]] = field(default_factory=dict)
    met: dict[int, datetime] = field(default_factory=dict)
    overridden: set[int] = field(default_factory=set)
    done: Counter[str] = field(default_factory=Counter)


def town(seed: int, contacts: int, days: float, cap: int) -> Town:
    """Return a demo workspace (its mail stays in the house) whose programs write often."""
    world, chance = make_world(), random.Random(seed)
    with world.inside():
        of = Workspace.objects.filter(id=world.workspace.id)
        assert of.update(is_demo=True, quiet_days=days, weekly_cap=cap) == 1
        world.workspace.refresh_from_db()
        write_messages(world.workspace.id, world.now, SCHEDULE)
        save_sender(
            world.workspace, name="Norrvik", address="hello@norrvik.example", postal_address="A 1"
        )
        leads = [world.captures(f"Person {number}") for number in range(contacts)]
        for lead in leads[: contacts // 3]:
            leads.append(world.captures("Double"))
            leads[-1].contact_id = lead.contact_id
            leads[-1].save(update_fields=["contact"])
        for name, waits in (("Fast", (5, 20)), ("Slow", (50, 2))):
            program = make_program(
                world.workspace.id, name, now=world.now, draft=tree(waits, chance)
            )
            publish(program, by=SCHEDULE, now=world.now)
            enrol(program, [lead.id for lead in leads], world.now)
        wording = TemplateVersion.objects.of(world.workspace).order_by("id")[0]
    return Town(world, chance, leads, wording, world.now)


def tree(hours: tuple[int, ...], chance: random.Random) -> dict[str, Any]:
    """Return a program of messages, each after so many hours."""
    nodes: list[dict[str, Any]] = []
    for place, wait in enumerate(hours):
        words = {"kind": "message", "template": chance.choice(TEMPLATES)}
        nodes += [
            {"key": f"w{place}", "kind": "wait", "hours": wait},
            {"key": f"m{place}", **words},
        ]
    return {"goal": None, "nodes": [*nodes, {"key": "z", "kind": "exit", "reason": "Told all"}]}


def writes(here: Town, lead: Lead, contact: Contact) -> None:
    """Write by hand; when told to wait, give a reason every other time."""
    letter, by = Letter("About your pumps", "One more thought."), here.world.tomas
    if may_touch(by.workspace, contact, now=here.now).may:
        plan_by_hand(lead, contact, letter, by=by, now=here.now)
        here.done["letter"] += 1
        return
    with pytest.raises(HeldBack, match=r"^Held: ") as held:
        plan_by_hand(lead, contact, letter, by=by, now=here.now)
    assert (held.value.free_at or here.now) > here.now
    here.done["told to wait"] += 1
    if here.chance.random() < 0.5:
        letter = Letter(letter.subject, letter.body, override="They asked me to insist")
        here.overridden.add(plan_by_hand(lead, contact, letter, by=by, now=here.now).id)


def answers(here: Town, lead: Lead, contact: Contact) -> None:
    """The contact writes, or asks for something, and gets it at once."""
    nature = here.chance.choice(ALWAYS)
    at, by = here.now, Actor("form")
    record_touch(lead, TouchKind.MAIL_REPLIED, happened_at=at, now=at, actor=by)
    letter = Letter("As you asked", "Here it is.", nature)
    plan_by_hand(lead, contact, letter, by=here.world.tomas, now=here.now)
    here.done["answer"] += 1


def calls(here: Town, lead: Lead, contact: Contact) -> None:
    """Call: some ask first, some do not, some write it down hours later, many reach nobody."""
    asks = here.chance.random() < 0.4
    of, now = here.world.workspace, here.now
    assert may_touch(of, contact, now=now, nature=Nature.HAND_RAISE_CALL).may
    if asks and not may_touch(of, contact, now=now, channel=Channel.PHONE).may:
        here.done["did not call"] += 1
        return
    late = timedelta(0) if asks else timedelta(hours=here.chance.choice([0, 0, 1, 5, 30]))
    said = here.chance.choice([Disposition.NO_ANSWER, Disposition.NOT_NOW])
    at, by = here.now - late, Actor.of(here.world.tomas)
    record_touch(lead, TouchKind.CALL, happened_at=at, now=here.now, actor=by, disposition=said)
    if said.connected:
        here.calls.setdefault(contact.id, []).append(Counted(at, here.now, asks, "call", at))
        here.done["call"] += 1


def mails_many(here: Town, lead: Lead, contact: Contact) -> None:
    """Send one mailing to some of the leads."""
    some = here.chance.sample([one.id for one in here.leads], k=3)
    one_off(here.world, here.wording.template, f"To {here.done['mailing']}", some, here.now)
    here.done["mailing"] += 1


ACTS: tuple[Callable[[Town, Lead, Contact], None], ...] = (
    (writes,) * 3 + (answers,) * 2 + (calls,) * 4 + (mails_many,)
)


def at_once(here: Town, *, sends: bool = True) -> None:
    """Let two workers tick, and send unless their server rests."""
    gate, of = threading.Barrier(2), here.world.workspace

    def work(_hand: int) -> None:
        try:
            gate.wait()
            with acting_as("worker"):
                tick(of.id, here.now, batch=5)
                if sends:
                    send_due(of, lambda: here.now, batch=4)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as hands:
        list(hands.map(work, range(2)))


def live(here: Town, steps: int) -> None:
    """Let people act at random and the workers follow; then let everything come to its end."""
    for _ in range(steps):
        here.now += timedelta(minutes=here.chance.randint(20, 900))
        with here.world.inside():
            for lead in here.chance.sample(here.leads, k=max(2, len(here.leads) // 6)):
                contact = Contact.objects.of(here.world.workspace).get(id=lead.contact_id)
                # What was written before a call became known in the same instant is no fault.
                if here.met.get(contact.id) != here.now:
                    here.met[contact.id] = here.now
                    here.chance.choice(ACTS)(here, lead, contact)
        at_once(here, sends=here.chance.random() < 0.8)
        everything_held_comes_later(here)
    end = here.now + timedelta(days=90)
    while here.now < end and (following := next_due(here)):
        here.now = max(here.now + timedelta(hours=26), following)
        at_once(here)


def next_due(here: Town) -> datetime | None:
    """Return when something waits for its time, None when nothing does any more."""
    with here.world.inside():
        of = here.world.workspace
        dates = [*Enrolment.objects.of(of).filter(ended_at=None).values_list("wake_at", flat=True)]
        waiting = Message.objects.of(of).filter(state__in=WAITING)
        return min([*dates, *waiting.values_list("not_before", flat=True)], default=None)


def everything_held_comes_later(here: Town) -> None:
    """Nobody at a message is left without a date, whatever the two workers took from each other."""
    with here.world.inside():
        live = Enrolment.objects.of(here.world.workspace).filter(ended_at=None)
        assert not live.filter(wake_at__lte=here.now, waiting=False).exists()
        held = Message.objects.of(here.world.workspace).filter(state=MessageState.HELD)
        assert all(one.held_because in HELD for one in held)


def counted(here: Town) -> dict[int, list[Counted]]:
    """Return each contact's unsolicited touches in time; messages as of winning the window."""
    found = {contact: list(calls) for contact, calls in here.calls.items()}
    of = Message.objects.of(here.world.workspace).filter(nature=Nature.UNSOLICITED)
    for one in of.exclude(window_at=None):
        assert one.window_at is not None
        assert one.sent_at is not None, "everything that won the window went out"
        assert timedelta(0) <= one.sent_at - one.window_at <= WINDOW_KEEPS
        at, free = one.window_at, one.id not in here.overridden
        first = at if one.kind == MessageKind.ONE_OFF else one.planned_at
        told = Counted(at, at, free, f"message {one.id}", first)
        found.setdefault(one.contact_id or 0, []).append(told)
    return {contact: sorted(each, key=lambda one: one.at) for contact, each in found.items()}


def check(here: Town) -> Counter[str]:
    """Compare what happened with the law; return the figures."""
    of = here.world.workspace
    with here.world.inside():
        touches = counted(here)
        rule = quiet_rule(of)
        assert {c: bad for c, each in touches.items() if (bad := broken(each, rule))} == {}
        assert not Enrolment.objects.of(of).filter(ended_at=None).exists()
        messages = Message.objects.of(of)
        assert set(messages.values_list("state", flat=True)) == {MessageState.SENT}
        at_once = messages.exclude(nature=Nature.UNSOLICITED)
        assert at_once.count() == here.done["answer"]
        assert not at_once.exclude(held_because=None).exists()
        sent = Touch.objects.of(of).filter(kind__in=[TouchKind.MAIL_SENT, TouchKind.MAIL_BY_HAND])
        ids = Counter(messages.values_list("id", flat=True))
        assert Counter(sent.values_list("ref", flat=True)) == ids, "each on the timeline once"
        held = Touch.objects.of(of).filter(kind=TouchKind.HELD_BACK)
        for log in held:
            told_the_truth(log, touches.get(log.contact_id or 0, []), rule)
        here.done |= {"sent": messages.count(), "held back": held.count()}
    return here.done


@pytest.mark.parametrize(
    ("contacts", "steps", "days", "cap", "seed"),
    [
        (6, 16, 3, 2, 1),
        *(
            pytest.param(120, 80, days, cap, seed, marks=pytest.mark.soak)
            for seed, (days, cap) in enumerate([(3, 2), (1, 3), (0.5, 1), (4, 2)], start=3)
        ),
    ],
)
def test_s2_16_nobody_is_touched_twice_inside_the_window_whoever_writes_or_calls(
    database: str, contacts: int, steps: int, days: float, cap: int, seed: int
) -> None:
    began = time.monotonic()
    here = town(seed, contacts, days, cap)
    live(here, steps)
    figures = check(here)
    assert min(figures[name] for name in ("held back", "answer", "call", "letter")) > 0
    told = f"window {days} d, cap {cap}, {contacts} contacts, {time.monotonic() - began:.0f} s"
    sys.stdout.write(f"\n{told}: {dict(figures)}; broken 0\n")
