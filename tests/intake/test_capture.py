"""Somebody comes in by a form (S1-4, S2-17, S3-19): one record, one greeting, nothing lost."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection

from leadfarm.access.models import Team
from leadfarm.intake.actions import Arrival, Sent, capture
from leadfarm.intake.codes import Door
from leadfarm.leads.models import Contact, Lead, PersonalText, Task, Touch
from leadfarm.rules.codes import NextKind, Side, TaskKind, TouchKind
from leadfarm.rules.opening import Opening
from leadfarm.rules.stages import Stage
from tests.world import World


def sent(world: World, **more: object) -> Sent:
    given = {"given_name": "Vera", "family_name": "Lind", "company": "Nordpump"}
    return Sent("vera@nordpump.example", TouchKind.FORM, **{**given, **more})  # type: ignore[arg-type]


def test_s2_17_an_inquiry_is_greeted_in_business_hours_by_its_sales_owner(world: World) -> None:
    with world.inside():
        form = Arrival(Door.FORM, '{"email": "v"}')
        came = capture(world.workspace, sent(world), form, now=world.now)
        standing = world.standing(came.lead)
        task = Task.objects.of(world.workspace).get(lead=came.lead)
        assert (standing.stage, standing.next_kind) == (Stage.INQUIRY, NextKind.TASK)
        assert (task.kind, task.side, task.owner_id) == (
            TaskKind.GREET, Side.SALES, world.tomas.id,
        )  # fmt: skip
        assert task.due_at > world.now
        text = PersonalText.objects.of(world.workspace).get(touch=came.touch, kind="payload")
        assert json.loads(text.body) == {"email": "v"}


def test_s2_17_the_team_of_the_source_greets_until_its_daily_cap(world: World) -> None:
    with world.inside():
        team = Team.objects.create(
            workspace=world.workspace, name="Telemarketing", side=Side.PD, daily_cap=1
        )
        source = world.source("Fair")
        source.greeting_team = team
        source.save()
        first = capture(world.workspace, sent(world, source=source), now=world.now)
        other = Sent("otto@other.example", TouchKind.FORM, source=source)
        second = capture(world.workspace, other, now=world.now)
        tasks = Task.objects.of(world.workspace)
        assert tasks.get(lead=first.lead).team_id == team.id
        assert tasks.get(lead=second.lead).owner_id == world.tomas.id


def test_s1_4_the_second_time_joins_the_lead_and_leaves_a_second_touch(world: World) -> None:
    with world.inside():
        first = capture(world.workspace, sent(world), now=world.now)
        second = capture(world.workspace, sent(world), now=world.now)
        assert second.lead.id == first.lead.id
        assert second.opening is Opening.JOIN
        assert Touch.objects.of(world.workspace).filter(lead=first.lead).count() == 2
        assert Task.objects.of(world.workspace).filter(lead=first.lead).count() == 1


@contextmanager
def own_connection() -> Iterator[None]:
    try:
        yield
    finally:
        connection.close()


def test_twenty_captures_of_one_person_at_once_are_one_contact_and_one_lead(world: World) -> None:
    def once(_number: int) -> None:
        with own_connection(), world.inside():
            capture(world.workspace, sent(world), now=world.now)

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(once, range(20)))
    with world.inside():
        assert Contact.objects.of(world.workspace).count() == 1
        assert Lead.objects.of(world.workspace).count() == 1
        assert Touch.objects.of(world.workspace).count() == 20
