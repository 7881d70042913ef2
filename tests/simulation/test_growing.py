"""A history lived in parts: killed at any instant, it is repeated nowhere and halved nowhere."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime

from django.db import connection
from django.test import Client

from leadfarm.access.walls import within
from leadfarm.leads.models import Contact, Lead, StageChange, Standing, Touch
from leadfarm.rules.stages import OPEN
from leadfarm.simulation.growing import (
    InUse,
    grow,
    live_parts,
    parts_left,
    plan,
    planned,
    progress,
    story_of,
)
from leadfarm.simulation.history import Story, open_story
from leadfarm.simulation.models import Growth, LivedPart
from tests.lawful import broken_in

END = datetime(2026, 9, 16, 11, 0, tzinfo=UTC)
CHILD = """
import os, sys, django
os.environ["LEADFARM_ROLE"] = "worker"
django.setup()
from datetime import datetime, UTC
from leadfarm.access.models import Workspace
from leadfarm.simulation.growing import grow, planned
growth = planned(Workspace.objects.get(slug=sys.argv[1]))
for so_far in grow(growth, lambda: datetime.now(UTC)):
    print(so_far.lived, flush=True)
"""


def begun(leads: int, months: int = 1, *, a_part: int = 2, is_demo: bool = False) -> Growth:
    """Return a planned history of a new workspace."""
    slug = f"grow-{secrets.token_hex(4)}"
    return plan(Story(slug, leads, months, 5, END, is_demo=is_demo), a_part)


def whole(growth: Growth) -> None:
    """Say what must be true of a history that is lived to its end."""
    with within(growth.workspace_id):
        lived = LivedPart.objects.of(growth.workspace_id)
        assert sorted(lived.values_list("number", flat=True)) == list(range(growth.parts))
        people = Counter(
            Contact.objects.of(growth.workspace_id).values_list("email_key", flat=True)
        )
        touched = Touch.objects.of(growth.workspace_id).values_list("contact_id", flat=True)
        assert len(set(touched)) == len(people)
        openings = StageChange.objects.of(growth.workspace_id).filter(from_stage=None)
        assert openings.count() == Lead.objects.of(growth.workspace_id).count()
        open_ones = Standing.objects.of(growth.workspace_id).filter(stage__in=OPEN)
        assert not open_ones.filter(next_kind=None).exists()
    assert set(people) == {one.person.email for one in story_of(growth).cast()}
    assert set(people.values()) == {1}
    assert broken_in(growth.workspace_id) == []


def test_killed_while_it_grows_a_history_is_lived_once(database: str) -> None:
    """Thread 10: SIGKILL at any instant, and the next start goes on without repeating a part."""
    growth = begun(10)
    for delay in (0.1, 0.6):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, growth.workspace.slug],
            stdout=subprocess.PIPE,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "leadfarm.project.settings"},
        )
        assert child.stdout is not None
        assert child.stdout.readline()  # one part is lived, the next has begun
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert len(parts_left(growth)) < growth.parts
    for _ in grow(growth, lambda: END):
        pass
    whole(growth)


def test_two_at_once_live_each_part_once(database: str) -> None:
    """Thread 10: a part that somebody else lives meanwhile is not lived again."""
    growth = begun(6)
    command = [sys.executable, "-c", CHILD, growth.workspace.slug]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "leadfarm.project.settings"}
    both = [subprocess.Popen(command, env=environment) for _ in range(2)]
    assert [one.wait(300) for one in both] == [0, 0]
    whole(growth)


def test_parts_give_the_same_history_each_time(database: str) -> None:
    """Thread 10: the seed decides, not how often it was interrupted."""

    def told(growth: Growth, parts: list[int]) -> list[tuple[object, ...]]:
        story = story_of(growth)
        norrvik = open_story(story)
        for number in parts:
            live_parts(growth, story, norrvik, [number], END)
        with within(growth.workspace_id):
            touches = Touch.objects.of(growth.workspace_id)
            return sorted(
                touches.values_list("contact__email", "kind", "disposition", "happened_at"),
                key=str,
            )

    first, second = begun(4), begun(4)
    assert told(first, [0, 1]) == told(second, [0, 1])


def test_nothing_is_lived_while_something_else_is_due(database: str) -> None:
    """Law 11: the history's clock never moves a lead that somebody works on today."""
    growth = begun(4)
    story = story_of(growth)
    norrvik = open_story(story)
    live_parts(growth, story, norrvik, [0], END)
    with within(growth.workspace_id):
        lead = Lead.objects.of(growth.workspace_id).first()
        assert lead is not None
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO nurture_arrival (workspace_id, lead_id) VALUES (%s, %s)"
                " ON CONFLICT DO NOTHING",
                [growth.workspace_id, lead.id],
            )
    try:
        live_parts(growth, story, norrvik, [1], END)
        raise AssertionError("The part was lived beside what is due.")
    except InUse:
        assert parts_left(growth) == [1]


def test_the_strip_says_how_far_it_is(database: str) -> None:
    """I-2: every page of a demo says how far its history is lived, until it is."""
    growth = begun(4, is_demo=True)
    story = story_of(growth)
    norrvik = open_story(story)
    client = Client()
    client.force_login(norrvik.members["Mei Lindholm"].user)
    address = f"/w/{growth.workspace.slug}/growing/"
    assert "0 of 4" in client.get(address).content.decode()
    assert 'hx-get="' + address in client.get(f"/w/{growth.workspace.slug}/today/").content.decode()
    for _ in grow(growth, lambda: END):
        pass
    assert client.get(address).content.decode().strip() == ""
    assert progress(growth, END).lived == 4
    assert planned(growth.workspace) is not None
