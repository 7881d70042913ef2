"""Limits of sending: what exceeds them stays planned, with its reason and its time (section D)."""

from datetime import UTC, datetime, timedelta

from leadfarm.leads.models import Contact
from leadfarm.outreach.actions import pause_sending, resume_sending, save_limits
from leadfarm.outreach.codes import MessageState
from leadfarm.outreach.models import Message, Outflow, SendingRule
from leadfarm.outreach.queries import full_domains, gauges, waiting, warm_up_plan
from leadfarm.rules.consent import HeldBecause
from leadfarm.rules.quiet_window import Nature
from tests.outreach.conftest import Post

HOUR = timedelta(hours=1)


def plan_to(post: Post, domain: str, count: int, **more: object) -> list[Message]:
    """Plan messages to so many people of a domain."""
    planned = []
    with post.world.inside():
        for _ in range(count):
            lead = post.lead_at("vera")
            address = f"vera-{lead.id}@{domain}"
            Contact.objects.filter(id=lead.contact_id).update(email=address, email_key=address)
            planned.append(post.plan(lead, **more))
    return planned


def limit(post: Post, *, warms_up: bool = False, **limits: int) -> None:
    with post.world.inside():
        save_limits(post.world.workspace, limits, warms_up=warms_up, now=post.world.now)


def waits(post: Post, messages: list[Message]) -> list[tuple[int, datetime]]:
    """Return reason and time of those that wait, by time."""
    found = [post.state(message) for message in messages]
    waiting = [m for m in found if m.state == MessageState.PLANNED]
    return sorted(((m.held_because or 0, m.not_before) for m in waiting), key=lambda row: row[1])


def test_what_exceeds_the_mailboxs_limits_waits_with_its_reason_and_its_time(post: Post) -> None:
    limit(post, minute=2, hour=5)
    messages = plan_to(post, "one.example", 4) + plan_to(post, "two.example", 4)
    asked_for = plan_to(post, "one.example", 1, nature=Nature.CONFIRMATION)
    tally = post.send()
    assert (tally.sent, tally.put_off) == (2, 7), "what was asked for, and one more"
    assert post.state(asked_for[0]).state == MessageState.SENT, "asked for: counted, never held"
    now = post.world.now
    assert (now.minute, now.second) == (0, 0), "the times below are counted from it"
    minute = timedelta(minutes=1)
    times = [now + minute] * 2 + [now + 2 * minute] + [now + HOUR] * 2 + [now + HOUR + minute] * 2
    assert waits(post, messages) == [(HeldBecause.MAILBOX_LIMIT, at) for at in times]
    assert post.send().sent == 0
    assert [post.send(at * minute).sent for at in (1, 2, 3)] == [2, 1, 0], "then the hour is full"
    assert [post.send(HOUR + at * minute).sent for at in (0, 1)] == [2, 2], "as it was promised"
    assert len(post.sink.received) == 9


def test_a_full_domain_holds_up_nobody_else(post: Post) -> None:
    limit(post, domain_hour=3)
    slow, quick = plan_to(post, "one.example", 5), plan_to(post, "two.example", 3)
    assert post.send().sent == 6
    assert waits(post, slow) == [(HeldBecause.DOMAIN_LIMIT, post.world.now + HOUR)] * 2
    assert waits(post, quick) == []
    with post.world.inside():
        [row] = waiting(post.world.workspace, post.world.now)
        [full] = full_domains(post.world.workspace, post.world.now)
    assert (row.why, row.count, row.is_due) == ("Our limit for their domain is reached", 2, False)
    assert row.first_at == row.last_at == full.last_at == post.world.now + HOUR
    assert full.domain == "one.example"


def test_a_new_mailbox_sends_fifty_on_its_first_day_and_more_on_the_next(post: Post) -> None:
    limit(post, day=2_000, warms_up=True)
    gone = {"used_at": post.world.now, "used": [0, 0, 47], "domain": ""}
    with post.world.inside():
        ahead = {"promised_at": post.world.now, "promised": [0, 0, 47]}
        Outflow.objects.create(workspace=post.world.workspace, **gone, **ahead)
    messages = plan_to(post, "one.example", 6)
    assert post.send().sent == 3
    midnight = datetime(2026, 3, 3, 0, 0, tzinfo=UTC)
    late = waits(post, messages)
    assert [because for because, _ in late] == [HeldBecause.WARM_UP] * 3
    assert {abs(at - midnight) <= 2 * HOUR for _, at in late} == {True}, "the company's midnight"
    assert post.send(timedelta(days=1)).sent == 3
    with post.world.inside():
        rule = SendingRule.objects.of(post.world.workspace).get()
        second_day = post.world.now + timedelta(days=1)
        plan = warm_up_plan(post.world.workspace, rule, second_day)
        [today] = gauges(post.world.workspace, rule, second_day)
    assert (plan["place"], plan["cap"]) == (2, 55)
    assert (today.span, today.used, today.limit) == ("today", 3, 55)
    said = post.world.client(post.world.ada).get(post.world.address("mail/sending/"))
    assert "The warm-up is over" in said.content.decode(), "on the day this test runs"


def test_a_claim_that_could_not_be_sent_uses_up_no_limit(post: Post) -> None:
    limit(post, day=10)
    plan_to(post, "one.example", 8)
    post.sink.refuse_sender = b"550 5.7.0 You are blocked\r\n"
    assert post.send().sent == 0
    post.sink.refuse_sender = b""
    assert post.send(timedelta(minutes=2)).sent == 8
    assert post.send(timedelta(minutes=3)).put_off == 0


def test_one_button_pauses_all_mail_and_says_who_did_it(post: Post) -> None:
    world = post.world
    plan_to(post, "one.example", 2)
    mei = world.client(world.mei)
    mei.post(world.address("mail/sending/pause/"))
    assert post.send().stopped == "Sending is paused."
    assert post.sink.received == []
    page = mei.get(world.address("mail/sending/")).content.decode()
    assert "Sending is paused by Mei Lindholm" in page
    mei.post(world.address("mail/sending/resumption/"))
    assert post.send().sent == 2
    with world.inside():
        rule = SendingRule.objects.of(world.workspace).get()
        assert (rule.paused_at, rule.paused_by_id) == (None, None)
        pause_sending(world.workspace, by=world.mei, now=world.now)
        resume_sending(world.workspace)


def test_limits_that_contradict_each_other_are_refused(post: Post) -> None:
    world = post.world
    ada = world.client(world.ada)
    asked = {"minute": "50", "hour": "20"}
    page = ada.post(world.address("mail/sending/limits/"), asked, follow=True).content.decode()
    assert "50 is more than 20" in page
    page = ada.post(world.address("mail/sending/limits/"), {"warms_up": "on"}, follow=True)
    assert "needs a limit a day" in page.content.decode()
    ada.post(
        world.address("mail/sending/limits/"), {"minute": "5", "day": "200", "domain_hour": "9"}
    )
    with world.inside():
        rule = SendingRule.objects.of(world.workspace).get()
    assert (rule.minute, rule.hour, rule.day, rule.domain_hour) == (5, None, 200, 9)
