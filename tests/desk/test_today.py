"""Today: the queue, one task at a time, and the next at once (UX 1 and 2)."""

import re
from datetime import timedelta

import pytest

from leadfarm.leads.actions import make_task
from leadfarm.leads.models import Contact, Finding, Lead, Task
from leadfarm.rules.codes import Disposition, FindingSection, Side, TaskKind
from tests.world import World

NAMES = ("Ines Hallbauer", "Kofi Brandt", "Vera Lind")


@pytest.fixture
def tasks(world: World) -> list[Task]:
    """Three calls for Ana: overdue, today and next week (the clock of the web is the real one)."""
    from django.utils import timezone

    now = timezone.now()
    made = []
    with world.inside():
        for name, days in zip(NAMES, (-2, -0.01, 7), strict=True):
            lead = world.captures(name, of=name.split()[1])
            due = now + timedelta(days=days)
            task = make_task(
                lead,
                TaskKind.CALL,
                side=Side.PD,
                why=f"Asked to be called, {name}",
                due_at=due,
                now=world.now,
                owner_id=world.ana.id,
            )
            made.append(task)
    return made


def test_ux_1_today_counts_what_is_late_due_and_coming(world: World, tasks: list[Task]) -> None:
    page = world.client(world.ana).get(world.address("today/"))
    queue = page.context["queue"]
    assert (queue.overdue_count, queue.upcoming_count) == (2, 1)
    assert page.context["task"].id == tasks[0].id


@pytest.mark.parametrize(
    ("typed", "key", "dialled"),
    [("08 12 34 56", "+468123456", "tel:+468123456"), ("abc", None, "")],
)
def test_ux_2_a_call_button_dials_the_number_in_full_or_is_not_there(
    world: World, tasks: list[Task], typed: str, key: str | None, dialled: str
) -> None:
    with world.inside():
        lead = tasks[0].lead
        Contact.objects.filter(id=lead.contact_id).update(phone=typed, phone_key=key)
    client = world.client(world.ana)
    for page in ("today/", f"leads/{lead.id}/brief/", f"leads/{lead.id}/"):
        said = client.get(world.address(page)).content.decode()
        assert set(re.findall(r'"(tel:[^"]*)"', said)) == ({dialled} if dialled else set())


def test_ux_2_a_disposition_closes_the_task_and_shows_the_next(
    world: World, tasks: list[Task]
) -> None:
    client = world.client(world.ana)
    address = world.address(f"tasks/{tasks[0].id}/completion/")
    answer = client.post(address, {"disposition": Disposition.NOT_NOW.value, "said": "In spring"})
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?task={tasks[1].id}")


def test_s2_19_without_a_disposition_nothing_is_closed_and_nothing_typed_is_lost(
    world: World, tasks: list[Task]
) -> None:
    client = world.client(world.ana)
    address = world.address(f"tasks/{tasks[0].id}/completion/")
    page = client.post(address, {"said": "She asked for a reference"})
    assert page.status_code == 200
    assert "Say how it went" in page.content.decode()
    assert "She asked for a reference" in page.content.decode()
    assert page.context["task"].id == tasks[0].id


def test_what_was_learned_goes_into_the_dossier_with_the_talk_as_evidence(
    world: World, tasks: list[Task]
) -> None:
    client = world.client(world.ana)
    said = {"said": "180 thousand", "section": FindingSection.BUDGET.value}
    said["entries"] = "t 31.3.2027\n\nc Kolmar"
    address = world.address(f"tasks/{tasks[0].id}/completion/")
    client.post(address, {"disposition": Disposition.NOT_NOW.value, **said})
    with world.inside():
        budget, decision, rival = Finding.objects.of(world.workspace).order_by("id")
        assert (budget.value_number, budget.words) == (180_000, "180 thousand")
        assert (f"{decision.value_date}", rival.words) == ("2027-03-31", "Kolmar")
        assert {each.touch_id for each in (budget, decision, rival)} == {budget.touch_id}
        assert budget.touch_id is not None


def test_snoozing_hides_and_rescheduling_moves_the_next_step(
    world: World, tasks: list[Task]
) -> None:
    client = world.client(world.ana)
    client.post(world.address(f"tasks/{tasks[0].id}/snooze/"))
    page = client.get(world.address("today/"))
    assert page.context["queue"].overdue_count == 1
    client.post(world.address(f"tasks/{tasks[1].id}/due/"), {"due_at": "2099-01-05T09:30"})
    with world.inside():
        lead = Lead.objects.of(world.workspace).get(id=tasks[1].lead_id)
        assert world.standing(lead).next_at is not None
        assert world.standing(lead).next_at.year == 2099  # type: ignore[union-attr]
