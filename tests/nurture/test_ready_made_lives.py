"""Ready-made programs lived on a virtual clock, each by people who answer as people do."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import (
    Fact,
    Outcome,
    complete_task,
    learn,
    make_task,
    record_touch,
)
from leadfarm.leads.actions.tasks import open_tasks
from leadfarm.leads.models import StageChange, Task
from leadfarm.nurture.models import Enrolment, EnrolmentState
from leadfarm.nurture.ticks import tick
from leadfarm.qualification.actions import (
    recycle,
)
from leadfarm.rules.codes import (
    Disposition,
    FindingSection,
    NextKind,
    RecycleReason,
    Side,
    TaskKind,
    TouchKind,
)
from leadfarm.rules.programs.ready_made.long_cycle import LONGEST_GAP_DAYS
from leadfarm.rules.stages import Stage
from tests.nurture.checking import twice_touched
from tests.nurture.living import (
    DAY,
    HOUR,
    always,
    calendar,
    ends,
    heard,
    helped,
    live,
    nurtured,
    rest,
    runs,
    told,
)
from tests.world import World


def test_s1_11_s3_17_long_cycle_keeps_in_touch_for_eighteen_months(world: World):
    with world.inside():
        runs(world, "long-cycle")
        people = {
            "patient": nurtured(world, "Patient Lind"),
            "decided": nurtured(world, "Decided Noor"),
            "by mail": nurtured(world, "Mail Falk"),
            "no more": nurtured(world, "No Ruiz"),
        }
        of = {lead.id: who for who, lead in people.items()}
        says = {
            "patient": Disposition.NOT_NOW,
            "decided": Disposition.NOT_NOW,
            "by mail": Disposition.DO_NOT_CALL,
            "no more": Disposition.NOT_INTERESTED,
        }

        def answers(task: Task, at: datetime) -> Disposition | None:
            who = of[task.lead_id]
            if who == "decided" and task.step_key == "check-in-2":
                soon = (at + 120 * DAY).date()
                fact = Fact(FindingSection.TIMELINE, soon, "decision")
                learn(people[who], fact, by=Actor.of(world.tomas), now=at)
            if who == "patient" and task.step_key == "check-in-2":
                return None  # nobody has the time: the program goes on without an answer
            return says[who] if task.kind == TaskKind.CHECK_IN else None

        live(world, 570, answers)
        for who, lead in people.items():
            got = calendar(world, lead)
            stories = [name for _day, name in got if name.startswith("Story")]
            assert len(stories) == len(set(stories)), who  # no piece twice
            assert len(ends(lead)) == 1, (
                who,
                got,
            )  # nobody is forgotten, nobody leaves without a reason
        gaps = {who: _gaps(calendar(world, lead)) for who, lead in people.items()}
        for who in ("patient", "decided", "by mail"):
            assert max(gaps[who]) <= LONGEST_GAP_DAYS, (who, gaps[who])
        assert twice_touched(world.workspace.id, world.workspace.quiet_days) == []
        patient = [name for _day, name in calendar(world, people["patient"])]
        assert [name for name in patient if name.startswith("check")] == [
            "check-in-1", "check-in-2", "check-in-3",
        ]  # fmt: skip
        assert sum(name.startswith("Story") for name in patient) == 12
        callers = Task.objects.of(world.workspace).filter(lead_id=people["patient"].id)
        assert set(callers.values_list("owner_id", flat=True)) == {world.tomas.id}
        assert ends(people["patient"]) == [("no-date", EnrolmentState.REPLIED)]
        assert ends(people["decided"]) == [("developed-2", EnrolmentState.GOAL)]
        assert ends(people["by mail"])[0][0] == "told-by-mail"
        assert ends(people["no more"]) == [("declined-1", EnrolmentState.REPLIED)]
        converted = Enrolment.objects.of(world.workspace).filter(state=EnrolmentState.GOAL)
        assert converted.count() == 1  # long-term that became short-term


def test_s0_5_a_frozen_budget_is_nurtured_until_its_date_and_called_on_it(world: World):
    wake = (world.now + 240 * DAY).date()
    with world.inside():
        runs(world, "recycled")
        recycled, agreed, dropped = (world.captures(name) for name in ("Rea", "Agnes", "Drop"))
        by = Actor.of(world.tomas)
        recycle(recycled, RecycleReason.BUDGET_FROZEN, wake, by=by, now=world.now)
        recycle(dropped, RecycleReason.TIMING, wake, by=by, now=world.now)
        talk = open_tasks(world.workspace.id).filter(lead_id=agreed.id).first() or make_task(
            agreed, TaskKind.CHECK_IN, side=Side.SALES, why="Hello", due_at=world.now, now=world.now
        )
        later = Outcome(Disposition.NOT_NOW, agreed_at=world.now + 100 * DAY)
        complete_task(talk, later, by=by, now=world.now)
        live(world, 90, always(None))
        open_tasks(world.workspace.id).filter(lead_id=dropped.id).update(cancelled_at=world.now)
        # The task stood beside the program from the first day on, for the person who agreed.
        [task] = open_tasks(world.workspace.id).filter(lead_id=recycled.id)
        assert task.due_at.date() == wake
        assert world.standing(recycled).next_kind == NextKind.ENROLMENT
        said: list[int] = []

        def answers(task: Task, at: datetime) -> Disposition:
            said.append((at - world.now).days)
            return Disposition.NOT_INTERESTED

        live(replace(world, now=world.now + 90 * DAY), 160, answers)
        got = calendar(world, recycled)
        assert [name for _day, name in got if name.startswith("Recycled")] == [
            "Recycled 1: we have noted the date"
        ]
        stories = [day for day, name in got if name.startswith("Story")]
        assert len(stories) >= 4
        assert max(stories) < 240 <= max(said)
        assert ends(recycled)[0][0].startswith("come-")
        assert ends(agreed)[0][0].startswith("come-")
        assert ends(dropped)[0][0].startswith("gone-")
        assert twice_touched(world.workspace.id, world.workspace.quiet_days) == []


def test_s0_5_not_now_with_a_date_inside_a_program_keeps_the_date_beside_it(world: World):
    with world.inside():
        runs(world, "no-hand-off")
        lead = world.captures()
        tick(world.workspace.id, world.now)
        [greeting] = open_tasks(world.workspace.id).filter(lead_id=lead.id)
        later = Outcome(Disposition.NOT_NOW, agreed_at=world.now + 200 * DAY)
        complete_task(greeting, later, by=Actor.of(world.tomas), now=world.now)
        tick(world.workspace.id, world.now + HOUR)
        [task] = open_tasks(world.workspace.id).filter(lead_id=lead.id)
        assert (task.due_at, task.enrolment_id) == (world.now + 200 * DAY, None)
        assert world.standing(lead).next_kind == NextKind.ENROLMENT


def test_law_3_dormant_leads_are_woken_on_their_day_and_not_before(world: World):
    with world.inside():
        runs(world, "dormant")
        silent, answers_mail, later = (world.captures(name) for name in ("Sil", "Ans", "Lat"))
        for lead, months in ((silent, 1), (answers_mail, 1), (later, 24)):
            rest(world, lead, months)
        live(world, 28, always(None))
        assert {world.standing(lead).stage for lead in (silent, answers_mail)} == {Stage.DORMANT}
        live(replace(world, now=world.now + 29 * DAY), 8, always(None), most=3)
        assert world.standing(silent).stage == Stage.NURTURING
        at = world.now + 38 * DAY
        replied = {"happened_at": at, "now": at, "actor": Actor("simulation")}
        record_touch(answers_mail, TouchKind.MAIL_REPLIED, **replied)
        live(replace(world, now=at), 70, helped)
        assert ends(answers_mail) == [("awake", EnrolmentState.GOAL)]
        assert ends(silent) == [("silent", EnrolmentState.NO_REPLY)]
        names = [name for _day, name in calendar(world, silent)]
        assert names[:3] == [
            "Dormant 1: is it still a topic?", "Dormant 2: are you still the right person?", "who",
        ]  # fmt: skip
        assert (world.standing(later).stage, calendar(world, later)) == (Stage.DORMANT, [])
        moves = StageChange.objects.of(world.workspace).filter(lead_id=silent.id)
        woken = moves.get(from_stage=Stage.DORMANT)
        assert (woken.to_stage, woken.because) == (
            Stage.NURTURING, 'Woken by program "Dormant wake-up"',
        )  # fmt: skip


def test_s2_2_who_came_is_thanked_and_called_and_who_did_not_is_told_what_they_missed(
    world: World,
):
    with world.inside():
        runs(world, "event-follow-up")
        came, away, keen = (nurtured(world, name) for name in ("Cam", "Awa", "Keen"))
        for lead, kind in (
            (came, TouchKind.EVENT_ATTENDED),
            (away, TouchKind.WEBINAR_NO_SHOW),
            (keen, TouchKind.EVENT_NO_SHOW),
        ):
            heard(lead, kind, world.now)
        live(world, 4, always(Disposition.NOT_NOW))
        heard(keen, TouchKind.MAIL_REPLIED, world.now + 4 * DAY)
        live(replace(world, now=world.now + 4 * DAY), 40, always(Disposition.NOT_NOW))
        assert told(world, came) == [
            "Event 1: thank you for coming", "Event 2: what was asked", "call",
        ]  # fmt: skip
        assert told(world, away) == [
            "Event 1: we missed you", "Event 2: the short version",
        ]  # fmt: skip
        assert told(world, keen) == [
            "Event 1: we missed you", "call",
        ]  # fmt: skip
        left = [ends(lead)[0][0] for lead in (came, away, keen)]
        assert left == ["followed-up", "no-interest-shown", "followed-up"]
        assert max(day for day, _name in calendar(world, came)) <= 14


def _gaps(got: list[tuple[int, str]]) -> list[int]:
    days = [0, *(day for day, _name in got if day >= 0)]
    return [after - before for before, after in pairwise(days)]
