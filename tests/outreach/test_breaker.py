"""A server that refuses everybody is left alone and tried again; no message pays for it."""

from datetime import timedelta

import pytest

from leadfarm.access.models import Notification
from leadfarm.outreach.codes import MessageState
from leadfarm.outreach.delivery import sending
from leadfarm.outreach.models import MailServer, Message
from leadfarm.rules.notifications import NotificationKind
from tests.outreach.conftest import Post
from tests.outreach.test_throttling import plan_to

MINUTE = timedelta(minutes=1)


def server(post: Post) -> MailServer:
    with post.world.inside():
        return MailServer.objects.of(post.world.workspace).get()


def attempts(post: Post, messages: list[Message]) -> set[tuple[int, int]]:
    found = [post.state(message) for message in messages]
    return {(message.state, message.attempts) for message in found}


@pytest.mark.parametrize("refuses", ["is gone", "says 421", "refuses us"])
def test_while_the_server_is_away_no_message_uses_up_an_attempt(post: Post, refuses: str) -> None:
    messages = plan_to(post, "one.example", 5)
    port = post.sink.port
    if refuses == "is gone":
        post.world.workspace.refresh_from_db()
        with post.world.inside():
            MailServer.objects.of(post.world.workspace).update(port=1)
    else:
        said = {"says 421": b"421 4.3.2 Closing\r\n", "refuses us": b"535 5.7.8 Who are you\r\n"}
        post.sink.refuse_sender = said[refuses]
    assert post.send().stopped
    first = server(post)
    assert first.stopped_since == post.world.now
    assert first.retry_at == post.world.now + MINUTE
    at = 0.0
    for pause in (2, 4, 8, 16, 32, 60, 60):
        assert post.send((at + 0.5) * MINUTE).sent == 0, "nobody tries within the pause"
        at = (server(post).retry_at - post.world.now) / MINUTE  # type: ignore[operator]
        assert post.send(at * MINUTE).stopped
        assert server(post).retry_at == post.world.now + (at + pause) * MINUTE
    assert attempts(post, messages) == {(MessageState.PLANNED, 0)}, "nine tries"
    with post.world.inside():
        told = Notification.objects.of(post.world.workspace)
        told = told.filter(kind=NotificationKind.SENDING_STOPPED)
        assert sorted(one.member_id for one in told) == sorted(
            [post.world.mei.id, post.world.dora.id, post.world.ada.id]
        ), "once for each who looks after it"
        MailServer.objects.of(post.world.workspace).update(port=port)
    said_to_ada = post.world.client(post.world.ada).get(post.world.address("mail/sending/"))
    assert "takes no mail since" in said_to_ada.content.decode()
    post.sink.refuse_sender = b""
    assert post.send(timedelta(days=1)).sent == 5
    assert server(post).stopped_since is None, "closed by itself"


def test_a_server_that_refuses_everybody_stops_and_their_messages_go_later(post: Post) -> None:
    post.sink.at_recipient = b"450 4.7.1 Too busy\r\n"
    messages = plan_to(post, "one.example", 8) + plan_to(post, "two.example", 8)
    tally = post.send()
    assert tally.stopped.startswith("450")
    assert len(post.sink.refused) == 10, "not sixteen"
    assert attempts(post, messages) == {(MessageState.PLANNED, 0)}
    post.sink.at_recipient = b"550 5.7.1 Your network is blocked\r\n"
    assert post.send(MINUTE).stopped.startswith("550")
    assert len(post.sink.refused) == 11, "one tries for all"
    assert attempts(post, messages) == {(MessageState.PLANNED, 0)}
    post.sink.at_recipient = b""
    assert post.send(timedelta(hours=1)).sent == 16


def test_refusals_by_one_domain_are_no_reason_to_stop_mail_to_others(post: Post) -> None:
    bad = plan_to(post, "one.example", 12)
    post.sink.refuses_domain = "one.example"
    good = plan_to(post, "two.example", 2)
    tally = post.send()
    assert (tally.sent, tally.later, tally.stopped) == (2, 12, "")
    assert attempts(post, bad) == {(MessageState.PLANNED, 1)}
    assert attempts(post, good) == {(MessageState.SENT, 1)}


def test_a_server_that_never_answers_puts_three_in_doubt_and_no_more(post: Post) -> None:
    post.sink.drops_everything = True
    messages = plan_to(post, "one.example", 9)
    assert post.send().in_doubt == 3
    states = [post.state(message).state for message in messages]
    assert states.count(MessageState.PLANNED) == 6
    assert post.send(MINUTE).in_doubt == 1, "one tries"


def test_a_mail_that_makes_the_server_break_off_does_not_block_the_others(post: Post) -> None:
    """It goes behind them, uses up no attempt, and is given up after three days."""
    [poison] = plan_to(post, "one.example", 1)
    others = plan_to(post, "two.example", 3)
    post.sink.breaks_off_for = "one.example"
    assert post.send().sent == 0
    assert post.send(MINUTE).sent == 3
    assert attempts(post, others) == {(MessageState.SENT, 1)}
    at = timedelta(hours=1)
    while post.state(poison).state == MessageState.PLANNED:
        assert post.send(at).sent == 0
        at += timedelta(hours=9)
    assert timedelta(days=3) < at < timedelta(days=4)
    assert post.state(poison).state == MessageState.FAILED


def test_who_asks_for_later_is_asked_eight_times_at_most_and_not_in_step(post: Post) -> None:
    with post.world.inside():
        messages = [post.plan(post.lead_at("full")) for _ in range(3)]
    assert post.send().later == 3
    pauses = [post.state(m).not_before - post.world.now for m in messages]
    assert len(set(pauses)) == 3, "they do not come back together"
    assert all(12 * MINUTE <= pause <= 18 * MINUTE for pause in pauses)
    tries, at = 1, timedelta(0)
    while any(post.state(m).state == MessageState.PLANNED for m in messages):
        at = max(post.state(m).not_before for m in messages) - post.world.now
        post.send(at)
        tries += 1
    assert tries == sending.MOST_ATTEMPTS
    assert attempts(post, messages) == {(MessageState.FAILED, 8)}
    assert at < timedelta(days=2)
