"""What is due goes out once, and every answer of the other side has its place (law 7)."""

from dataclasses import replace
from datetime import timedelta

import dkim
import pytest
from django.db import IntegrityError, transaction

from leadfarm.consent.models import Suppression
from leadfarm.engine.statements import prepared
from leadfarm.leads.models import Touch
from leadfarm.outreach.actions import (
    HeldBack,
    Letter,
    cancel,
    mark_as_sent,
    plan_by_hand,
    send_again,
)
from leadfarm.outreach.codes import MessageState
from leadfarm.outreach.models import MailServer, Sender
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import HeldBecause, SuppressionReason
from tests.outreach.conftest import Post

DAY = timedelta(days=1)


def touches(post: Post, kind: TouchKind) -> list[Touch]:
    with post.world.inside():
        return list(Touch.objects.of(post.world.workspace).filter(kind=kind))


def test_a_planned_message_goes_out_once_and_stands_on_the_timeline(post: Post) -> None:
    with post.world.inside():
        message = post.plan(post.lead_at("vera"))
    assert post.send().sent == 1
    assert post.send().sent == 0
    sent = post.state(message)
    assert sent.state == MessageState.SENT
    assert post.sink.ids() == [f"{sent.mail_key}@norrvik.example"]
    [touch] = touches(post, TouchKind.MAIL_SENT)
    assert (touch.by_machine, touch.ref, touch.contact_id) == (True, message.id, sent.contact_id)


def test_sending_goes_on_where_the_session_forgot_what_it_had_prepared(post: Post) -> None:
    """psycopg drops all prepared statements when a savepoint is rolled back (law 7)."""
    with post.world.inside():
        first, second = post.plan(post.lead_at("vera")), post.plan(post.lead_at("jonas"))
    assert post.send(most=1).sent == 1
    with post.world.as_worker(), post.world.inside():
        prepared("SELECT 1 AS one", {})
        with transaction.atomic():
            transaction.set_rollback(True)
        left = prepared("SELECT count(*) AS of_them FROM pg_prepared_statements", {})
        assert left == [{"of_them": 1}], "only the one that looks"
    assert post.send(most=1).sent == 1
    assert {post.state(message).state for message in (first, second)} == {MessageState.SENT}


def test_a_run_sends_no_more_than_it_was_told_to(post: Post) -> None:
    with post.world.inside():
        for name in ("vera", "jonas", "mila"):
            post.plan(post.lead_at(name))
    assert post.send(most=2).sent == 2
    assert post.send(most=2).sent == 1


def test_a_program_cannot_plan_the_same_step_twice(post: Post) -> None:
    with post.world.inside():
        lead = post.lead_at("vera")
        post.plan(lead)
    with pytest.raises(IntegrityError, match="a_program_plans_a_step_once"), post.world.inside():
        post.plan(lead)


def test_the_signature_holds_and_covers_the_one_click_headers(post: Post) -> None:
    """RFC 8058 and DKIM, checked by another implementation."""
    with post.world.inside():
        post.plan(post.lead_at("vera"))
        record = Sender.objects.of(post.world.workspace).get().dkim_public
    post.send()
    [(_, _, data)] = post.sink.received
    asked = lambda name, timeout=5: record.encode()  # noqa: E731
    assert dkim.verify(data, dnsfunc=asked)
    assert not dkim.verify(
        data.replace(b"List-Unsubscribe-Post", b"List-Unsubscribe-Most"), dnsfunc=asked
    )
    elsewhere = data.replace(b"List-Unsubscribe: <http", b"List-Unsubscribe: <https")
    assert elsewhere != data
    assert not dkim.verify(elsewhere, dnsfunc=asked), "both one-click headers are signed"
    second = data.replace(
        b"List-Unsubscribe: ", b"List-Unsubscribe: <https://x>\r\nList-Unsubscribe: "
    )
    assert not dkim.verify(second, dnsfunc=asked), "and no other can be put beside them"
    assert not dkim.verify(data.replace(b"Hamngatan", b"Hamngatam"), dnsfunc=asked)
    assert not dkim.verify(b"Subject: other\r\n" + data, dnsfunc=asked)
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in data
    assert max(len(line) for line in data.split(b"\r\n")) < 200
    assert b"/c/" in data.replace(b"=\r\n", b"")


@pytest.mark.parametrize("pipelining", [True, False])
def test_every_answer_of_the_other_side_has_its_place(post: Post, pipelining: bool) -> None:
    post.sink.pipelining = pipelining
    with post.world.inside():
        sent, dead, policy, full, spam, last = (
            post.plan(post.lead_at(name))
            for name in ("vera", "dead", "policy", "full", "spam", "jon")
        )
    tally = post.send()
    assert (tally.sent, tally.failed, tally.later) == (2, 3, 1)
    assert [post.state(m).state for m in (sent, last)] == [MessageState.SENT] * 2
    assert [post.state(m).state for m in (dead, policy, spam)] == [MessageState.FAILED] * 3
    waiting = post.state(full)
    assert (waiting.state, waiting.smtp_code) == (MessageState.PLANNED, 452)
    assert waiting.not_before > post.world.now
    assert len(touches(post, TouchKind.MAIL_BOUNCED)) == 3
    with post.world.inside():
        bars = Suppression.objects.of(post.world.workspace)
        assert [(b.contact_id, b.reason) for b in bars] == [
            (dead.contact_id, SuppressionReason.HARD_BOUNCE)
        ], "5.7.1 and 4.2.2 are no dead addresses"
    assert post.sink.connections == 1


@pytest.mark.parametrize("silence", ["hang", "drop"])
def test_silence_after_the_data_is_a_doubt_that_a_person_resolves(post: Post, silence: str) -> None:
    from leadfarm.outreach.delivery.carriers import OverSmtp
    from leadfarm.outreach.delivery.smtp import Server

    with post.world.inside():
        first, doubtful, third = (post.plan(post.lead_at(n)) for n in ("a", silence, "b"))
    tally = post.send(carrier=OverSmtp(Server("127.0.0.1", post.sink.port, timeout=3)))
    assert (tally.sent, tally.in_doubt) == (2, 1)
    assert post.state(doubtful).state == MessageState.IN_DOUBT
    assert post.send(DAY).sent == 0, "a doubt goes nowhere by itself"
    with post.world.inside():
        mark_as_sent(doubtful, now=post.world.now)
        mark_as_sent(doubtful, now=post.world.now)
    assert post.state(doubtful).state == MessageState.SENT
    assert len(touches(post, TouchKind.MAIL_SENT)) == 3
    assert {post.state(m).state for m in (first, third)} == {MessageState.SENT}


def test_a_doubt_sent_again_keeps_its_message_id(post: Post) -> None:
    with post.world.inside():
        message = post.plan(post.lead_at("vera"), state=MessageState.IN_DOUBT)
        send_again(message, now=post.world.now)
        with pytest.raises(Exception, match="planned by now"):
            send_again(message, now=post.world.now)
    post.send()
    assert post.sink.ids() == [f"{message.mail_key}@norrvik.example"]


def test_a_server_that_refuses_us_is_left_alone_and_nothing_is_lost(post: Post) -> None:
    post.sink.refuse_sender = b"550 5.7.0 You are blocked\r\n"
    with post.world.inside():
        messages = [post.plan(post.lead_at(f"v{i}")) for i in range(3)]
    assert "blocked" in post.send().stopped
    assert {post.state(m).state for m in messages} == {MessageState.PLANNED}
    with post.world.inside():
        server = MailServer.objects.of(post.world.workspace).get()
    assert "blocked" in server.refusal
    post.sink.refuse_sender = b""
    assert post.send(timedelta(seconds=30)).sent == 0, "still within the pause"
    assert post.send(timedelta(minutes=2)).sent == 3
    with post.world.inside():
        assert MailServer.objects.of(post.world.workspace).get().refusal == ""


def test_of_two_messages_to_one_contact_the_second_waits_for_the_window(post: Post) -> None:
    """Law 6: taken in the database by whoever sends; what is held is logged with its reason."""
    with post.world.inside():
        lead = post.lead_at("vera")
        post.plan(lead, "first")
        second = post.plan(lead, "second")
    tally = post.send()
    assert (tally.sent, tally.held) == (1, 1)
    held = post.state(second)
    assert (held.state, held.held_because) == (MessageState.HELD, HeldBecause.QUIET_WINDOW)
    assert held.not_before == post.world.now + 3 * DAY
    [log] = touches(post, TouchKind.HELD_BACK)
    assert log.ref == HeldBecause.QUIET_WINDOW
    assert post.send(2 * DAY).sent == 0
    assert post.send(3 * DAY).sent == 1


def test_mail_that_waited_for_the_server_does_not_arrive_on_the_heels_of_another(
    post: Post,
) -> None:
    """Law 6 counts from the sending: a window taken at the plan is taken anew after a delay."""
    with post.world.inside():
        lead = post.lead_at("vera")
        for step, day in (("first", 0), ("second", 3)):
            plan_at = post.world.now + day * DAY
            from leadfarm.consent.actions import take

            assert take(post.world.workspace, lead.contact_id, now=plan_at)
            post.plan(lead, step, planned_at=plan_at, not_before=plan_at, window_at=plan_at)
    assert post.send(4 * DAY).sent == 1, "only who holds the window"
    assert post.send(5 * DAY).sent == 0
    assert post.send(12 * DAY).sent == 1


def test_who_unsubscribed_meanwhile_gets_nothing(post: Post) -> None:
    from leadfarm.consent.actions import unsubscribe

    with post.world.inside():
        lead = post.lead_at("vera")
        message = post.plan(lead)
        unsubscribe(lead, lead.contact, now=post.world.now)
    assert post.send().cancelled == 1
    cancelled = post.state(message)
    assert (cancelled.state, cancelled.held_because) == (
        MessageState.CANCELLED,
        HeldBecause.SUPPRESSED,
    )
    assert post.sink.received == []


def test_a_person_is_told_and_may_go_on_with_a_reason(post: Post) -> None:
    with post.world.inside():
        lead = post.lead_at("vera")
        post.plan(lead)
    post.send()
    by, now = post.world.tomas, post.world.now
    letter = Letter("Your question, Ärger", "Hello")
    with post.world.inside():
        with pytest.raises(HeldBack, match="last touched"):
            plan_by_hand(lead, lead.contact, letter, by=by, now=now)
        told = replace(letter, override="She asked me")
        plan_by_hand(lead, lead.contact, told, by=by, now=now)
    assert post.send().sent == 1
    _, _, data = post.sink.received[-1]
    assert b"From: Tomas Okafor <hello@norrvik.example>" in data
    assert b"Reply-To: <tomas" in data
    [touch] = touches(post, TouchKind.MAIL_BY_HAND)
    assert (touch.by_machine, touch.member_id) == (False, post.world.tomas.id)


def test_a_waiting_message_can_be_taken_back(post: Post) -> None:
    with post.world.inside():
        messages = [post.plan(post.lead_at(f"v{i}")) for i in range(3)]
        cancel(messages[0], now=post.world.now)
    assert post.send().sent == 2


def test_a_template_that_fails_for_one_contact_fails_only_there(post: Post) -> None:
    with post.world.inside():
        ok = post.plan(post.lead_at("vera"))
        bad = post.plan(post.lead_at("bad address"))
    tally = post.send()
    assert (tally.sent, tally.failed) == (1, 1)
    assert "is no address" in post.state(bad).smtp_reply
    assert post.state(ok).state == MessageState.SENT
