"""Contact us is a raised hand: sales is to call at once, in business hours (S3-19, S1-9)."""

from datetime import UTC, datetime, timedelta

from leadfarm.intake.actions import Arrival, Sent, capture
from leadfarm.intake.codes import Door
from leadfarm.intake.views.thanks import call_words
from leadfarm.leads.actions import make_task
from leadfarm.leads.models import Standing, Task
from leadfarm.rules.codes import NextKind, Side, TaskKind, TouchKind
from tests.intake.hosting import opened, send
from tests.world import World

MONDAY_NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def raises(world: World, at: datetime, kind: TouchKind = TouchKind.CONTACT_US) -> Standing:
    sent = Sent(email="vera@nordpump.example", kind=kind, given_name="Vera", need="")
    with world.inside():
        captured = capture(world.workspace, sent, Arrival(Door.FORM, "{}"), now=at)
        return world.standing(captured.lead)


def test_s3_19_a_raised_hand_is_sales_next_step_at_once_in_business_hours(world: World) -> None:
    sunday = MONDAY_NINE - timedelta(hours=12)
    standing = raises(world, sunday)
    assert (standing.next_kind, standing.next_side) == (NextKind.TASK, Side.SALES)
    assert standing.next_at == MONDAY_NINE + timedelta(minutes=15)
    assert standing.next_why == "Contact us: call now"


def test_a_raised_hand_goes_before_a_greeting_that_is_due_later(world: World) -> None:
    first = raises(world, MONDAY_NINE, TouchKind.DOWNLOAD)
    assert first.next_at == MONDAY_NINE + timedelta(hours=TaskKind.GREET.due_hours)
    second = raises(world, MONDAY_NINE + timedelta(minutes=10))
    assert second.lead_id == first.lead_id
    assert second.next_at == MONDAY_NINE + timedelta(minutes=25)
    third = raises(world, MONDAY_NINE + timedelta(minutes=20))
    assert third.task_id == second.task_id  # somebody calls in five minutes already
    with world.inside():
        tasks = Task.objects.of(world.workspace).filter(lead_id=first.lead_id)
        assert tasks.filter(cancelled_at=None).count() == 1
        assert tasks.count() == 2


def test_a_raised_hand_is_no_part_of_a_task_that_waits_already(world: World) -> None:
    """An old task, late or about something else, must not swallow who asks for a call now."""
    first = raises(world, MONDAY_NINE, TouchKind.DOWNLOAD)
    research = make_late(world, first, TaskKind.RESEARCH, MONDAY_NINE + timedelta(hours=1))
    second = raises(world, MONDAY_NINE + timedelta(days=2))
    assert second.next_why == "Contact us: call now"
    assert second.task_id != research.id
    with world.inside():
        assert Task.objects.of(world.workspace).get(id=research.id).cancelled_at is None
        assert Task.objects.of(world.workspace).get(id=second.task_id or 0).kind == TaskKind.GREET


def make_late(world: World, standing: Standing, kind: TaskKind, due: datetime) -> Task:
    with world.inside():
        Task.objects.of(world.workspace).filter(id=standing.task_id or 0).update(cancelled_at=due)
        return make_task(
            standing.lead, kind, side=Side.PD, why="Find the plant", due_at=due, now=MONDAY_NINE,
            owner_id=world.ana.id,
        )  # fmt: skip


def test_the_thanks_say_when_somebody_calls(world: World) -> None:
    form = opened(world, kind=TouchKind.CONTACT_US)
    answer = send(form, {"email": "vera@nordpump.example"})
    page = world.client(world.mei).get(answer["Location"]).content.decode()
    assert "Somebody calls you" in page
    workspace, noon = world.workspace, datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    workspace.time_zone = "Europe/Berlin"
    said = [
        call_words(workspace, noon + timedelta(hours=hours), noon) for hours in (1, 24, 72, 240)
    ]
    assert said == [
        "today by 14:00 (Berlin time)",
        "tomorrow by 13:00 (Berlin time)",
        "on Thursday by 13:00 (Berlin time)",
        "on 12 March by 13:00 (Berlin time)",
    ]
