"""Replaying a program over recorded months: what it did comes out again, line by line (F-2)."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import InternalError, connection

from leadfarm.nurture.actions import make_stream
from leadfarm.nurture.models import Program
from leadfarm.nurture.replay import NOBODY, Outcome, Question, replay
from leadfarm.rules.consent import HeldBecause
from tests.nurture.recording import DAY, HOUR, Story, call, main_tree, record
from tests.world import make_world


@pytest.fixture(scope="module")
def story(database: str) -> Story:
    """A hundred days of thirty leads in two programs, with a turn of the engine every 40 hours."""
    world = make_world()
    with world.inside():
        return record(world, leads=30, days=100, every=40 * HOUR, seed=11)


@pytest.fixture(scope="module")
def short(database: str) -> Story:
    """Twenty days of ten leads, with a turn of the engine every 5 hours."""
    world = make_world()
    with world.inside():
        return record(world, leads=10, days=20, every=5 * HOUR, seed=3)


def ask(story: Story, **more: Any) -> Question:
    given = {"begin": story.begin, "until": story.end + 2 * DAY, **more}
    return Question(story.main, story.world.workspace, **given)


def rows_of_every_table() -> dict[str, int]:
    tables = [model._meta.db_table for model in apps.get_models()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{t}', count(*) FROM {t}" for t in tables))
        return dict(cursor.fetchall())


def drafted(story: Story, nodes: list[dict[str, Any]], **more: Any) -> Outcome:
    """Replay a draft with these steps."""
    mine = Program.objects.of(story.world.workspace).filter(id=story.main.id)
    mine.update(draft={**main_tree(), "name": "Main", "nodes": nodes})
    try:
        return replay(ask(story, of_draft=True, most=9, **more))
    finally:
        mine.update(draft=None)


@pytest.mark.soak
def test_f2_what_really_ran_comes_out_again_and_nothing_is_written(story: Story):
    with story.world.inside():
        before = rows_of_every_table()
        found = replay(ask(story))
        assert rows_of_every_table() == before
        late = replay(ask(story, begin=story.begin + 45 * DAY, until=story.begin + 70 * DAY))
    same = found.compared
    assert (same.missing, same.extra, same.shifted) == ((), (), ())
    assert same.same == len(found.really) > 60
    kinds = Counter(one.step for one in found.sent)
    assert {"Talk greet", "Mail m1", "Mail m2", "Stories", "Over: hot"} <= set(kinds)
    assert {HeldBecause.QUIET_WINDOW} <= {one.because for one in found.held}
    blamed = {one.by.split(":")[0] for one in found.held}
    assert {"program", "call"} <= blamed, "collisions with another program and with people"
    assert any(dry.leads and dry.first_at for dry in found.streams)
    assert late.compared.is_equal, "also who was inside before the period began"
    assert 0 < len(late.sent) < len(found.sent)


def test_f2_a_short_period_comes_out_again_and_nothing_is_written(short: Story):
    with short.world.inside():
        before = rows_of_every_table()
        every = replay(ask(short))
        few = replay(ask(short, most=3))
        assert rows_of_every_table() == before
    assert every.compared.is_equal
    assert every.compared.same > 5
    assert (few.chosen, few.found) == (3, every.found)
    assert few.compared.is_equal


@pytest.mark.soak
def test_f2_a_draft_is_answered_as_people_answered_or_as_is_assumed(story: Story):
    tree = main_tree()["nodes"]
    fewer = [step for step in tree if step["key"] not in ("hears", "read")]
    asks_more = [*fewer[:-1], call("new", {"otherwise": [], "timed-out": []}), fewer[-1]]
    with story.world.inside():
        before = rows_of_every_table()
        same = drafted(story, tree)
        shorter = drafted(story, fewer)
        assumed = drafted(story, asks_more)
        nobody = drafted(story, asks_more, assumed=NOBODY)
        assert rows_of_every_table() == before
    steps = [Counter(one.step for one in each.sent) for each in (same, shorter, assumed, nobody)]
    greeted = Counter(one.step for one in same.really)["Talk greet"]
    # A draft takes a turn whenever something is due; the real engine came by every 40 hours, and
    # who had left by then was not greeted.
    again = [each["Talk greet"] for each in steps]
    assert again == [again[0]] * 4, "everybody is greeted, whatever comes later in the tree"
    assert greeted <= again[0] <= 9
    assert steps[0]["Mail m1"] > 3
    assert steps[0]["Mail m2"] > 1
    assert (steps[1]["Mail m2"], steps[1]["Stories"]) == (0, 0)
    assert steps[1]["Over: out"] > steps[0]["Over: out"], "they come to the end sooner"
    assert steps[2]["Talk new"] == steps[3]["Talk new"] > 2
    ends = [_last(each, "Over: out") for each in (assumed, nobody)]
    assert ends[0] < ends[1], "nobody answers: the step takes its time"


def _last(found: Outcome, step: str) -> datetime:
    return max(one.at for one in found.sent if one.step == step)


def test_the_database_refuses_whatever_a_replay_would_write(short: Story):
    def writes(at: datetime) -> bool:
        make_stream(short.world.workspace.id, "Written", now=at)
        return True

    def stops(at: datetime) -> bool:
        return at < short.begin + timedelta(days=9)

    with short.world.inside():
        with pytest.raises(InternalError, match="read-only"):
            replay(ask(short), writes)
        found = replay(ask(short), stops)
    assert found.stopped_at
    assert found.compared.is_equal, "up to where it was stopped"


def test_f2_the_page_says_whether_it_comes_out_again_and_who_would_get_what(short: Story):
    mei = short.world.client(short.world.mei)
    days = "first=2026-03-01&last=2026-03-25&assumed=usual"
    address = short.world.address(f"programs/{short.main.id}/replay/")
    assert "Who gets what" not in mei.get(address).content.decode()
    page = mei.get(f"{address}?version=live&{days}").content.decode()
    assert "messages and tasks as they really happened" in page
    assert "What differs" not in page
    assert "Tasks due by week" in page
    wrong = mei.get(f"{address}?version=live&first=2026-05-01&last=2026-03-25&assumed=usual")
    assert "ends before it begins" in wrong.content.decode()
