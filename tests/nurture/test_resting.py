"""One lead rests in a program, with what is left to wait kept (S2-9)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leadfarm.access.actors import Actor
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions import record_touch
from leadfarm.leads.models import Lead
from leadfarm.nurture.actions import make_program, pause, publish, rest, resume, wake
from leadfarm.nurture.models import Enrolment, EnrolmentState, Program
from leadfarm.nurture.ticks import enrol, sweep, tick
from leadfarm.rules.codes import TouchKind
from tests.world import World

DAY = timedelta(days=1)
NODES: list[dict[str, Any]] = [
    {"key": "w", "kind": "wait", "label": "Wait", "days": 10},
    {"key": "l", "kind": "wait_for", "label": "Listen", "event": "reply",
     "time_out": {"days": 10}, "ways": {"happened": [], "timed-out": []}},
    {"key": "z", "kind": "exit", "label": "Out", "reason": "Over"},
]  # fmt: skip


def started(world: World) -> tuple[Program, Lead]:
    """Return a running program of two waits, and a lead at the first."""
    with world.inside():
        by, tree = Actor.of(world.mei), {"goal": None, "nodes": NODES}
        program = make_program(world.workspace.id, "Ten and ten", now=world.now, draft=tree)
        publish(program, by=by, now=world.now)
        lead = world.captures()
        enrol(program, [lead.id], world.now)
        tick(world.workspace.id, world.now)
    return program, lead


def place(lead: Lead) -> Enrolment:
    return Enrolment.objects.of(lead.workspace_id).select_related("node").get(lead_id=lead.id)


def day(world: World, number: float) -> datetime:
    return world.now + number * DAY


def test_who_rests_from_day_4_to_24_waits_the_six_days_left_from_then(world: World) -> None:
    _, lead = started(world)
    with world.inside():
        rest(place(lead), day(world, 24), by=world.mei, now=day(world, 4))
        tick(world.workspace.id, day(world, 12))
        assert (place(lead).node.key, place(lead).state) == ("w", EnrolmentState.PAUSED)
        sweep(world.workspace.id, day(world, 24))
        sweep(world.workspace.id, day(world, 24))
        assert (place(lead).state, place(lead).wake_at) == (EnrolmentState.ACTIVE, day(world, 30))
        tick(world.workspace.id, day(world, 29.9))
        assert place(lead).node.key == "w"
        tick(world.workspace.id, day(world, 30))
        assert place(lead).node.key == "l"


def test_a_rest_is_ended_by_hand_and_a_program_that_pauses_meanwhile_counts_once(
    world: World,
) -> None:
    program, lead = started(world)
    with world.inside():
        rest(place(lead), day(world, 50), by=world.mei, now=day(world, 2))
        pause(program, now=day(world, 5))
        resume(program, now=day(world, 8))
        assert place(lead).state == EnrolmentState.PAUSED
        pause(program, now=day(world, 9))
        wake(place(lead), now=day(world, 12))
        assert place(lead).state == EnrolmentState.PAUSED
        resume(program, now=day(world, 20))
        assert (place(lead).state, place(lead).wake_at) == (EnrolmentState.ACTIVE, day(world, 28))
        with pytest.raises(LeadfarmError, match="does not rest"):
            wake(place(lead), now=day(world, 21))


def test_who_answers_while_resting_goes_on_at_once_when_it_is_over(world: World) -> None:
    _, lead = started(world)
    with world.inside():
        tick(world.workspace.id, day(world, 10))
        rest(place(lead), day(world, 40), by=world.mei, now=day(world, 11))
        at = day(world, 15)
        record_touch(lead, TouchKind.MAIL_REPLIED, happened_at=at, now=at, actor=Actor("form"))
        tick(world.workspace.id, day(world, 20))
        assert place(lead).node.key == "l"
        wake(place(lead), now=day(world, 21))
        tick(world.workspace.id, day(world, 21))
        assert place(lead).ended_at is not None


def test_a_colleague_lets_a_lead_rest_on_its_page_and_a_past_day_is_refused(world: World) -> None:
    _, lead = started(world)
    ana, page = world.client(world.ana), world.address(f"leads/{lead.id}/")
    with world.inside():
        number = place(lead).id
    at = world.address(f"enrolments/{number}/rest/")
    for bad, said in (("2001-01-01", "Choose a day ahead"), ("soon", "Choose the day on which")):
        assert said in ana.post(at, {"until": bad}, follow=True).content.decode()
    until = f"{datetime.now(UTC) + 30 * DAY:%Y-%m-%d}"
    assert "rests until" in ana.post(at, {"until": until}, follow=True).content.decode()
    assert "Rests until" in ana.get(page).content.decode()
    assert "Go on now" in ana.get(page).content.decode()
    ana.post(f"{at}end/")
    assert "Let it rest" in ana.get(page).content.decode()
