"""SIGKILL of the sending worker at any instant: nothing twice, nothing lost (law 7)."""

import os
import random
import signal
import subprocess
import time
from collections import Counter

import pytest

from leadfarm.leads.models import Contact, Touch
from leadfarm.outreach.codes import MessageKind, MessageState
from leadfarm.outreach.models import Message
from leadfarm.rules.codes import TouchKind
from tests.outreach.conftest import Post, post
from tests.support.processes import started

__all__ = ["post"]
SEED = 20260302


def run(process: subprocess.Popen[str], post: Post, kill_after: int, then: float) -> None:
    """Let one child send; kill it some seconds after so many more mails have arrived."""
    assert process.stdin
    assert process.stdout
    process.stdin.write("go\n")
    process.stdin.flush()
    child = int(process.stdout.readline())
    if kill_after:
        enough, late = len(post.sink.received) + kill_after, time.monotonic() + 120
        while len(post.sink.received) < enough and time.monotonic() < late:
            time.sleep(0.0005)
        time.sleep(then)
        os.kill(child, signal.SIGKILL)
    assert process.stdout.readline() == "ended\n"
    time.sleep(0.12)  # longer than the lease


def plan_many(post: Post, count: int) -> set[str]:
    """Plan messages to so many contacts; return their keys."""
    workspace, lead = post.world.workspace, post.world.captures()
    Contact.objects.bulk_create(
        Contact(
            workspace=workspace,
            given_name=f"V{number}",
            email=f"v{number}@sink.example",
            email_key=f"v{number}@sink.example",
            recorded_at=post.world.now,
        )
        for number in range(count)
    )
    contacts = Contact.objects.of(workspace).filter(email_key__endswith="@sink.example")
    Message.objects.bulk_create(
        Message(
            workspace=workspace,
            kind=MessageKind.PROGRAM,
            lead=lead,
            contact=contact,
            template_version=post.version,
            enrolment_id=contact.id,
            step_key="first",
            planned_at=post.world.now,
            not_before=post.world.now,
        )
        for contact in contacts
    )
    return {str(m.mail_key) for m in Message.objects.of(workspace)}


@pytest.mark.parametrize(("messages", "kills"), [(240, 10)])
def test_a_worker_killed_at_random_instants_sends_nothing_twice_and_loses_nothing(
    post: Post, messages: int, kills: int
) -> None:
    chance = random.Random(SEED)
    post.sink.pause = 0.002
    with post.world.inside():
        planned = plan_many(post, messages)
    with started("tests.support.forked_sender", str(post.world.workspace.id)) as process:
        for _ in range(kills):
            run(process, post, chance.randint(1, 20), chance.uniform(0, 0.006))
        assert 0 < len(post.sink.received) < messages, "killed in the middle, not before or after"
        run(process, post, 0, 0)
    arrived = Counter(name.split("@")[0] for name in post.sink.ids())
    with post.world.inside():
        now = list(Message.objects.of(post.world.workspace))
        touches = Touch.objects.of(post.world.workspace).filter(kind=TouchKind.MAIL_SENT)
        said = Counter(touches.values_list("ref", flat=True))
    assert [name for name, times in arrived.items() if times > 1] == [], "twice at the sink"
    states = {str(m.mail_key): MessageState(m.state) for m in now}
    assert set(states.values()) <= {MessageState.SENT, MessageState.IN_DOUBT}
    sent = {name for name, state in states.items() if state is MessageState.SENT}
    assert sent <= arrived.keys(), "believed to be sent, but never arrived"
    assert planned - sent == {n for n, s in states.items() if s is MessageState.IN_DOUBT}
    assert len(planned - sent) <= kills, "at most one in doubt for each kill"
    assert said == Counter(m.id for m in now if m.state == MessageState.SENT)
