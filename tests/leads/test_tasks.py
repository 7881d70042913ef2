"""A finished human step routes the lead by its disposition alone (S2-18)."""

from datetime import datetime, timedelta

import pytest

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import (
    Outcome,
    TaskIsClosed,
    complete_task,
    make_task,
    reassign,
    reschedule,
)
from leadfarm.leads.models import Lead, Task, Touch
from leadfarm.rules.codes import Disposition, NextKind, Side, TaskKind
from leadfarm.rules.stages import Stage
from tests.world import World


def greet(world: World, lead: Lead) -> Task:
    return make_task(
        lead,
        TaskKind.GREET,
        side=Side.SALES,
        why="New inquiry",
        due_at=world.now + timedelta(hours=4),
        now=world.now,
        owner_id=world.tomas.id,
    )


def agreed(disposition: Disposition, world: World) -> datetime | None:
    return world.now + timedelta(days=9) if disposition.needs_date else None


@pytest.mark.parametrize("disposition", list(Disposition))
def test_s2_5_every_disposition_leaves_exactly_one_next_step(
    inside: World, disposition: Disposition
) -> None:
    lead = inside.captures()
    task = greet(inside, lead)
    outcome = Outcome(disposition, agreed_at=agreed(disposition, inside))
    complete_task(task, outcome, by=Actor.of(inside.tomas), now=inside.now)
    standing = inside.standing(lead)
    assert standing.next_why
    assert standing.next_at is not None
    assert standing.next_at > inside.now


def test_s2_18_not_now_passes_the_move_to_marketing_and_starts_nurturing(inside: World) -> None:
    lead = inside.captures()
    task = greet(inside, lead)
    complete_task(task, Outcome(Disposition.NOT_NOW), by=Actor.of(inside.tomas), now=inside.now)
    standing = inside.standing(lead)
    assert Stage(standing.stage) is Stage.NURTURING
    assert Side(standing.whose_move) is Side.MARKETING
    assert NextKind(standing.next_kind or 0) is NextKind.REVIEW


def test_s0_9_help_now_never_gives_sales_a_qualify_task_before_sales_ready(inside: World) -> None:
    lead = inside.captures()
    task = greet(inside, lead)
    complete_task(task, Outcome(Disposition.HELP_NOW), by=Actor.of(inside.tomas), now=inside.now)
    follow = Task.objects.of(inside.workspace).get(lead_id=lead.id, done_at=None)
    assert (TaskKind(follow.kind), Side(follow.side)) == (TaskKind.QUALIFY, Side.PD)


def test_s0_5_budget_frozen_until_a_date_produces_a_task_on_that_date(inside: World) -> None:
    lead = inside.captures()
    until = inside.now + timedelta(days=120)
    outcome = Outcome(Disposition.NOT_NOW, agreed_at=until)
    complete_task(greet(inside, lead), outcome, by=Actor.of(inside.tomas), now=inside.now)
    follow = Task.objects.of(inside.workspace).get(lead_id=lead.id, done_at=None)
    assert (TaskKind(follow.kind), follow.due_at) == (TaskKind.CHECK_IN, until)


def test_s2_19_a_talk_cannot_be_closed_without_a_disposition(inside: World) -> None:
    task = greet(inside, inside.captures())
    with pytest.raises(Exception, match="Say how it went"):
        complete_task(task, Outcome(), by=Actor.of(inside.tomas), now=inside.now)


def test_a_task_is_closed_once(inside: World) -> None:
    task = greet(inside, inside.captures())
    outcome = Outcome(Disposition.NO_ANSWER)
    complete_task(task, outcome, by=Actor.of(inside.tomas), now=inside.now)
    with pytest.raises(TaskIsClosed):
        complete_task(task, outcome, by=Actor.of(inside.ana), now=inside.now)


def test_s4_13_a_talk_is_on_the_timeline_and_warms_the_lead(inside: World) -> None:
    lead = inside.captures()
    before = inside.standing(lead).heat or 0.0
    outcome = Outcome(Disposition.NOT_NOW, said="We are only looking.", minutes=9)
    touch = complete_task(greet(inside, lead), outcome, by=Actor.of(inside.tomas), now=inside.now)
    assert touch is not None
    assert touch.minutes == 9
    assert not touch.by_machine
    assert (inside.standing(lead).heat or 0.0) > before
    assert Touch.objects.of(inside.workspace).filter(lead_id=lead.id).count() == 2


def test_six_attempts_without_an_answer_end_in_a_review(inside: World) -> None:
    lead = inside.captures()
    task, now = greet(inside, lead), inside.now
    for _ in range(6):
        now += timedelta(days=4)
        outcome = Outcome(Disposition.NO_ANSWER)
        complete_task(task, outcome, by=Actor.of(inside.tomas), now=now)
        task = Task.objects.of(inside.workspace).get(lead_id=lead.id, done_at=None)
    assert TaskKind(task.kind) is TaskKind.REVIEW


def test_the_next_step_follows_a_task_that_is_put_off_or_given_away(inside: World) -> None:
    lead = inside.captures()
    task = greet(inside, lead)
    later = inside.now + timedelta(days=3)
    reschedule(task, later)
    reassign(task, inside.ana.id)
    standing = inside.standing(lead)
    assert (standing.next_at, standing.next_owner_id) == (later, inside.ana.id)
