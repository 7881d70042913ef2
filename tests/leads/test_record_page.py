"""The lead page shows one record to everybody who works on it (UX 4, 5, 14)."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.backends.postgresql.base import Cursor as ClientCursor

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import Outcome, complete_task, learn, make_task, note
from leadfarm.leads.actions.learning import Fact
from leadfarm.leads.models import Lead, Task, Touch
from leadfarm.rules.codes import Disposition, FindingSection, Side, TaskKind, TouchKind
from tests.world import World


@pytest.fixture
def lead(world: World) -> Lead:
    with world.inside():
        lead = world.captures("Ines Hallbauer", of="Tessmer", need="Spares take too long")
        task = make_task(
            lead,
            TaskKind.GREET,
            side=Side.SALES,
            why="New inquiry",
            due_at=world.now,
            now=world.now,
            owner_id=world.tomas.id,
        )
        outcome = Outcome(Disposition.NOT_NOW, said="We are only looking.", minutes=9)
        complete_task(task, outcome, by=Actor.of(world.tomas), now=world.now)
        fact = Fact(FindingSection.BUDGET, "180 to 220 thousand euros")
        learn(lead, fact, by=Actor.of(world.ana), now=world.now)
        note(lead, "Call after 9:30", by=Actor.of(world.ana), now=world.now)
    return lead


def test_s2_13_all_three_sides_read_the_same_record(world: World, lead: Lead) -> None:
    pages = []
    for who in (world.mei, world.ana, world.tomas):
        answer = world.client(who).get(world.address(f"leads/{lead.id}/"))
        assert answer.status_code == 200
        pages.append(answer.content.decode())
    for page in pages:
        assert "We are only looking." in page
        assert "180 to 220 thousand euros" in page
        assert "Call after 9:30" in page
        assert "Not now: messages first, then a check-in" in page


def test_s4_13_both_directions_and_every_kind_are_on_the_timeline(world: World, lead: Lead) -> None:
    page = world.client(world.mei).get(world.address(f"leads/{lead.id}/?who=people"))
    timeline = page.context["timeline"]
    events = [item for chapter in timeline.chapters for item in chapter.items]
    assert [event.direction for event in events] == ["", "out", "in"]
    assert timeline.total == 3


def test_s4_13_months_of_the_timeline_are_those_of_the_companys_clock(world: World) -> None:
    world.workspace.time_zone = "Europe/Berlin"
    night = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    with world.inside():
        world.workspace.save(update_fields=["time_zone"])
        lead = world.captures("Ines Hallbauer", of="Tessmer", at=night)
    page = world.client(world.mei).get(world.address(f"leads/{lead.id}/"))
    assert [chapter.title for chapter in page.context["timeline"].chapters] == ["March 2026"]


def test_a_call_logged_on_the_page_sets_the_next_step(world: World, lead: Lead) -> None:
    client = world.client(world.ana)
    address = world.address(f"leads/{lead.id}/calls/")
    kept = {"call-disposition": Disposition.LEFT_VOICEMAIL.value, "call-said": "Try again"}
    assert client.post(address, kept).status_code == 302
    with world.inside():
        task = Task.objects.of(world.workspace).get(lead_id=lead.id, done_at=None)
        assert TaskKind(task.kind) is TaskKind.CALL
        calls = Touch.objects.of(world.workspace).filter(lead_id=lead.id, kind=TouchKind.CALL)
        assert calls.count() == 2


def test_a_call_without_its_date_is_refused_in_words(world: World, lead: Lead) -> None:
    client = world.client(world.ana)
    address = world.address(f"leads/{lead.id}/calls/")
    answer = client.post(address, {"call-disposition": Disposition.CALLBACK.value}, follow=True)
    assert "give the date and time you agreed on" in answer.content.decode()


def test_law_9_a_firm_sees_only_its_own_leads(world: World, lead: Lead) -> None:
    assert world.client(world.fred).get(world.address(f"leads/{lead.id}/")).status_code == 404


def test_s2_5_the_next_step_is_named_and_leads_whoever_does_it_into_the_player(
    world: World, lead: Lead
) -> None:
    with world.inside():
        task = make_task(
            lead, TaskKind.QUALIFY, side=Side.PD, why="They asked", due_at=world.now,
            now=world.now, owner_id=world.ana.id,
        )  # fmt: skip
    page = world.client(world.ana).get(world.address(f"leads/{lead.id}/"))
    assert page.context["next"]["what"] == "Qualify"
    assert world.address(f"today/?task={task.id}") in page.content.decode()
    theirs = world.client(world.tomas).get(world.address(f"leads/{lead.id}/")).content.decode()
    assert "Do it now" not in theirs
    assert "See the task" in theirs


def test_s4_13_a_person_has_all_their_touches_on_their_page(world: World, lead: Lead) -> None:
    page = world.client(world.ana).get(world.address(f"contacts/{lead.contact_id}/"))
    timeline = page.context["timeline"]
    events = [item for chapter in timeline.chapters for item in chapter.items]
    assert [event.direction for event in events] == ["", "out", "in"]
    assert "We are only looking." in page.content.decode()


def test_forms_that_ask_the_database_are_drawn_when_they_are_opened(
    world: World, lead: Lead
) -> None:
    client, record = world.client(world.mei), world.address(f"leads/{lead.id}/")
    page = client.get(record).content.decode()
    assert 'name="note-body"' in page
    assert 'name="need"' in page
    opened = {"task": "task-owner", "finding": "confidence", "part": "part-role", "owner": "side"}
    for name, field in opened.items():
        address = f"{record}dialogs/{name}/"
        assert f'data-source="{address}"' in page
        assert f'name="{field}"' not in page
        form = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert f'name="{field}"' in form
        assert "<html" not in form
        whole = client.get(address).content.decode()
        assert f'name="{field}"' in whole, "without scripts it is a page"
        assert "<h1>" in whole, name
    assert client.get(f"{record}dialogs/nothing/").status_code == 404


def test_a_lead_page_keeps_its_plans_and_leaves_the_connection_as_it_was(
    world: World, lead: Lead
) -> None:
    client, record = world.client(world.mei), world.address(f"leads/{lead.id}/")
    before = connection.connection and connection.connection.cursor_factory
    for _ in range(3):
        assert client.get(record).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement ~ 'leads_touch'"
        )
        assert cursor.fetchone()[0] > 0
    assert connection.connection.cursor_factory in (before, ClientCursor)
