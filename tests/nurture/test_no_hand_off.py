"""The ready-made program on a virtual clock: greet, three messages, check in (S2-17..19)."""

from datetime import datetime, timedelta

import pytest

from leadfarm.access.actors import Actor
from leadfarm.access.models import Team
from leadfarm.consent.actions import Proof, change_preferences, unsubscribe
from leadfarm.intake.actions import Sent, capture
from leadfarm.leads.actions import Outcome, complete_task, make_task
from leadfarm.leads.models import Lead, Source, StageChange, Task
from leadfarm.nurture.actions import install_ready_made
from leadfarm.nurture.models import Enrolment, EnrolmentState, Program
from leadfarm.nurture.ticks import tick
from leadfarm.nurture.ticks.entering import enrol
from leadfarm.outreach.models import Message
from leadfarm.rules.codes import Disposition, NextKind, Side, TaskKind, TouchKind
from leadfarm.rules.stages import Stage
from tests.nurture.checking import stranded, twice_touched
from tests.world import World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def open_task(lead: Lead) -> Task:
    return Task.objects.of(lead.workspace_id).get(lead_id=lead.id, done_at=None, cancelled_at=None)


def answer(world: World, lead: Lead, disposition: Disposition, at: datetime) -> None:
    agreed = at + 9 * DAY if disposition.needs_date else None
    complete_task(
        open_task(lead), Outcome(disposition, agreed_at=agreed), by=Actor.of(world.tomas), now=at
    )


def steps_taken(lead: Lead) -> list[str]:
    messages = Message.objects.of(lead.workspace_id).filter(lead_id=lead.id)
    return list(messages.order_by("planned_at").values_list("step_key", flat=True))


@pytest.fixture
def running(inside: World) -> World:
    install_ready_made(inside.workspace.id, inside.now)
    return inside


def test_s2_17_a_new_inquiry_is_greeted_by_its_sales_owner_on_the_same_day(running: World):
    lead = running.captures()
    tick(running.workspace.id, running.now + timedelta(seconds=2))
    task = open_task(lead)
    assert (task.kind, task.owner_id) == (TaskKind.GREET, running.tomas.id)
    assert task.due_at - running.now < 5 * HOUR
    standing = running.standing(lead)
    assert (standing.next_kind, standing.task_id) == (NextKind.TASK, task.id)
    assert standing.whose_move == Side.SALES


def test_s2_18_not_now_passes_the_move_to_marketing_at_once_and_messages_follow(running: World):
    lead = running.captures()
    tick(running.workspace.id, running.now)
    at = running.now + HOUR
    answer(running, lead, Disposition.NOT_NOW, at)
    assert running.standing(lead).whose_move == Side.MARKETING
    tick(running.workspace.id, at + timedelta(seconds=1))
    standing = running.standing(lead)
    assert (standing.stage, standing.next_kind) == (Stage.NURTURING, NextKind.ENROLMENT)
    assert (
        StageChange.objects.of(running.workspace)
        .filter(lead_id=lead.id, to_stage=Stage.NURTURING)
        .exists()
    )
    for day in range(47):
        tick(running.workspace.id, at + day * DAY)
    assert steps_taken(lead) == ["message-1", "message-2", "message-3"]
    task = open_task(lead)
    assert (task.kind, task.owner_id) == (TaskKind.CHECK_IN, running.tomas.id)
    assert 44 <= (task.made_at - at).days <= 46
    assert running.standing(lead).whose_move == Side.SALES


def test_s2_19_twelve_months_of_every_answer_leave_nobody_without_a_next_step(running: World):
    """Each lead's people always give the same answer, on the day after the task is due."""
    leads = {answer_: running.captures(answer_.slug) for answer_ in Disposition}
    for day in range(0, 365, 3):
        at = running.now + day * DAY
        tick(running.workspace.id, at)
        assert stranded(running.workspace.id) == []
        for disposition, lead in leads.items():
            for task in Task.objects.of(running.workspace).filter(
                lead_id=lead.id, done_at=None, cancelled_at=None, due_at__lt=at
            ):
                needs = TaskKind(task.kind).needs_disposition
                said = Outcome(
                    disposition if needs else None,
                    agreed_at=at + 9 * DAY if disposition.needs_date else None,
                )
                complete_task(task, said, by=Actor.of(running.tomas), now=at)
    assert twice_touched(running.workspace.id, running.workspace.quiet_days) == []
    states = {
        disposition: list(
            Enrolment.objects.of(running.workspace)
            .filter(lead_id=lead.id)
            .order_by("id")
            .values_list("state", flat=True)
        )
        for disposition, lead in leads.items()
    }
    assert states[Disposition.HELP_NOW][0] == EnrolmentState.GOAL
    assert states[Disposition.NOT_INTERESTED][0] == EnrolmentState.REPLIED
    assert len(states[Disposition.NOT_NOW]) >= 3  # comes back every quarter
    for disposition in (Disposition.NOT_NOW, Disposition.NO_ANSWER, Disposition.DO_NOT_CALL):
        assert steps_taken(leads[disposition]) == ["message-1", "message-2", "message-3"]
    assert steps_taken(leads[Disposition.HELP_NOW]) == []


def test_s2_10_a_task_nobody_does_times_out_and_the_messages_go_on(running: World):
    lead = running.captures()
    for day in range(14):
        tick(running.workspace.id, running.now + day * DAY)
    assert Task.objects.of(running.workspace).get(lead_id=lead.id).cancelled_at is not None
    assert steps_taken(lead) == ["message-1"]
    assert stranded(running.workspace.id) == []


def test_law_2_another_next_step_ends_the_program_in_the_same_transaction(running: World):
    lead = running.captures()
    tick(running.workspace.id, running.now)
    greeting = open_task(lead)
    make_task(
        lead,
        TaskKind.QUALIFY,
        side=Side.PD,
        why="Raised a hand",
        due_at=running.now + HOUR,
        now=running.now,
    )
    enrolment = Enrolment.objects.of(running.workspace).get(lead_id=lead.id)
    assert enrolment.state == EnrolmentState.DISABLED
    greeting.refresh_from_db()
    assert greeting.enrolment_id is None  # done later, it routes the lead like any other task
    tick(running.workspace.id, running.now + DAY)
    assert running.standing(lead).next_why == "Raised a hand"


def test_s3_19_who_has_raised_a_hand_is_called_before_a_program_begins(running: World):
    sent = Sent(email="vera@nordpump.example", kind=TouchKind.CONTACT_US, given_name="Vera")
    lead = capture(running.workspace, sent, now=running.now).lead
    program = Program.objects.of(running.workspace).earliest("id")
    assert enrol(program, [lead.id], running.now) == 0
    call = open_task(lead)
    assert running.standing(lead).task_id == call.id
    answer(running, lead, Disposition.NOT_NOW, running.now + HOUR)
    assert enrol(program, [lead.id], running.now + HOUR) == 1
    tick(running.workspace.id, running.now + HOUR)
    call.refresh_from_db()
    assert call.done_at is not None


def test_s2_17_the_sources_team_greets_up_to_its_cap_and_sales_the_rest(running: World):
    team = Team.objects.create(
        workspace=running.workspace, name="Phones", side=Side.PD, daily_cap=2
    )
    source = running.source("Fair")
    Source.objects.filter(id=source.id).update(greeting_team=team)
    for number in range(5):
        running.captures(f"Guest {number}", source="Fair")
    tick(running.workspace.id, running.now)
    greeted = Task.objects.of(running.workspace).filter(kind=TaskKind.GREET)
    assert greeted.filter(team=team, side=Side.PD, owner=None).count() == 2
    assert greeted.filter(team=None, owner=running.tomas).count() == 3


def test_s2_10_work_without_a_talk_goes_back_to_its_program_too(running: World):
    lead = running.captures()
    tick(running.workspace.id, running.now)
    greeting = open_task(lead)
    Task.objects.filter(id=greeting.id).update(kind=TaskKind.RESEARCH)
    at = running.now + HOUR
    complete_task(open_task(lead), Outcome(), by=Actor.of(running.ana), now=at)
    tick(running.workspace.id, at)
    assert running.standing(lead).next_kind == NextKind.ENROLMENT
    assert Enrolment.objects.of(running.workspace).get(lead_id=lead.id).steps == 1


def test_law_6_who_unsubscribes_leaves_the_program_and_keeps_a_next_step(running: World):
    lead, other = running.captures(), running.captures("Otto Brandt")
    tick(running.workspace.id, running.now)
    answer(running, other, Disposition.NOT_NOW, running.now)
    tick(running.workspace.id, running.now + timedelta(minutes=1))
    now = running.now + timedelta(hours=2)
    unsubscribe(lead, lead.contact, now=now)
    nothing_at_all = Proof("preferences 1", "Preferences page")
    change_preferences(other, other.contact, [], nothing_at_all, now=now)
    states = Enrolment.objects.of(running.workspace).filter(lead__in=[lead, other])
    assert set(states.values_list("state", flat=True)) == {EnrolmentState.OPTED_OUT}
    # The greeting is a person's task and stays; the other lead is looked at by marketing.
    assert open_task(lead).enrolment_id is None
    assert running.standing(lead).task_id == open_task(lead).id
    assert running.standing(other).next_kind == NextKind.REVIEW
    tick(running.workspace.id, now + timedelta(days=20))
    assert stranded(running.workspace.id) == []
    assert not Message.objects.of(running.workspace).filter(planned_at__gt=now).exists()
