"""One-off mailings: one message to a segment; the same ledger, window and preferences (S2-16)."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from leadfarm.access.actors import Actor
from leadfarm.consent.actions import unsubscribe
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Contact, Lead
from leadfarm.outreach import addresses
from leadfarm.outreach.actions import make_mailing, publish
from leadfarm.outreach.actions.mailings import Wanted, go_on, keep_mailing, plan, stop, take_back
from leadfarm.outreach.codes import MailingState, MessageState
from leadfarm.outreach.mailings.audience import preview
from leadfarm.outreach.mailings.counting import figures
from leadfarm.outreach.mailings.ticks import move_mailings
from leadfarm.outreach.models import Click, Mailing, Message
from leadfarm.rules.consent import HeldBecause
from tests.outreach.conftest import Post

DAY = timedelta(days=1)


def drafted(post: Post, name: str = "Spring letter", **more: Any) -> Mailing:
    with post.world.inside():
        now = post.world.now
        return make_mailing(name, post.version.template, by=post.world.mei, now=now, **more)


def planned(post: Post, name: str = "Spring letter", **more: Any) -> Mailing:
    mailing = drafted(post, name, **more)
    with post.world.inside():
        plan(mailing, by=post.world.mei, now=post.world.now)
    return mailing


def reworded(post: Post) -> None:
    """Publish the template again: other words, which nobody has had."""
    with post.world.inside():
        publish(post.version.template, by=Actor.of(post.world.mei), now=post.world.now)


def moved(post: Post, after: timedelta = timedelta(0)) -> dict[str, int]:
    with post.world.as_worker():
        return move_mailings(post.world.workspace, post.world.now + after)


def people(post: Post, many: int) -> list[Lead]:
    with post.world.inside():
        return [post.lead_at(f"v{number}") for number in range(many)]


def state(post: Post, mailing: Mailing) -> MailingState:
    with post.world.inside():
        return MailingState(Mailing.objects.of(post.world.workspace).get(id=mailing.id).state)


def test_a_mailing_reaches_each_contact_once_however_often_it_is_begun(post: Post) -> None:
    leads = people(post, 4)
    with post.world.inside():
        twin = post.world.captures()
        Lead.objects.filter(id=twin.id).update(contact_id=leads[0].contact_id)
    mailing = planned(post)
    assert moved(post)["planned"] == 4
    assert moved(post) == {"planned": 0, "too late": 0, "over": 0}
    assert post.send().sent == 4
    assert moved(post)["over"] == 1
    assert state(post, mailing) is MailingState.DONE
    assert len({to for _, to, _ in post.sink.received}) == 4


def test_s2_16_who_had_a_mail_today_gets_it_later_or_not_at_all(post: Post) -> None:
    first, second = people(post, 2)
    with post.world.inside():
        post.plan(first)
    assert post.send().sent == 1
    reworded(post)
    mailing = planned(post)
    moved(post)
    assert (post.send().sent, moved(post)["over"]) == (1, 0)
    assert moved(post, 3 * DAY)["too late"] == 1
    with post.world.inside():
        left = Message.objects.of(post.world.workspace).get(mailing=mailing, lead=first)
        assert (left.state, left.held_because) == (MessageState.CANCELLED, HeldBecause.TOO_LATE)
        sent = Message.objects.of(post.world.workspace).get(mailing=mailing, lead=second)
        assert sent.state == MessageState.SENT
    assert state(post, mailing) is MailingState.DONE


def test_who_refused_or_had_these_very_words_is_left_out_with_the_reason(post: Post) -> None:
    refuses, had_it, _other = people(post, 3)
    with post.world.inside():
        assert refuses.contact
        unsubscribe(refuses, refuses.contact, now=post.world.now)
        post.plan(had_it)
    mailing = planned(post)
    with post.world.inside():
        counts = preview(mailing, post.world.now)
    assert counts == {0: 1, HeldBecause.SUPPRESSED: 1, HeldBecause.HAD_IT: 1}
    assert moved(post)["planned"] == 1
    with post.world.inside():
        mailing.refresh_from_db()
        assert mailing.left_out == {str(int(why)): many for why, many in counts.items() if why}


def test_whom_it_reaches_is_asked_when_it_begins(post: Post) -> None:
    one, other = people(post, 2)
    clause = {"all": [{"field": "contact_country", "operator": "is", "value": "se"}]}
    mailing = drafted(post, audience=clause)
    with post.world.inside():
        assert other.contact
        wanted = Wanted(post.version.template, clause, go_at=post.world.now + DAY)
        keep_mailing(mailing, wanted)
        plan(mailing, by=post.world.mei, now=post.world.now)
        type(other.contact).objects.filter(id=other.contact_id).update(country="SE")
        type(one.contact).objects.filter(id=one.contact_id).update(country="NO")  # type: ignore[union-attr]
    assert moved(post)["planned"] == 0
    assert moved(post, DAY)["planned"] == 1
    with post.world.inside():
        [message] = Message.objects.of(post.world.workspace).filter(mailing=mailing)
        assert message.lead_id == other.id


def test_a_mailing_is_stopped_gone_on_with_and_taken_back(post: Post) -> None:
    people(post, 3)
    mailing = planned(post)
    with post.world.inside():
        take_back(mailing)
        with pytest.raises(LeadfarmError, match="draft by now"):
            stop(mailing, now=post.world.now)
        plan(mailing, by=post.world.mei, now=post.world.now)
    moved(post)
    with post.world.inside():
        assert stop(mailing, now=post.world.now) == 3
    assert post.send().sent == 0
    with post.world.inside():
        assert go_on(mailing, now=post.world.now + timedelta(hours=1)) == 3
        with pytest.raises(LeadfarmError, match="going out by now"):
            go_on(mailing, now=post.world.now)
    assert post.send(timedelta(hours=1)).sent == 3


def test_its_figures_count_people_and_the_database_refuses_a_second_row(post: Post) -> None:
    people(post, 3)
    mailing = planned(post)
    moved(post)
    post.send()
    with post.world.inside():
        mine = Message.objects.of(post.world.workspace).filter(mailing=mailing).order_by("id")
        said = {"workspace": post.world.workspace, "clicked_at": post.world.now, "link_number": 1}
        Click.objects.create(message=mine[0], judged_at=post.world.now, **said)
        Click.objects.create(message=mine[1], judged_at=post.world.now, machine_because=1, **said)
        assert mine[2].lead
        assert mine[2].contact
        unsubscribe(mine[2].lead, mine[2].contact, now=post.world.now, message_id=mine[2].id)
        found = figures(post.world.workspace.id, [mailing.id])[mailing.id]
        assert (found.sent, found.read_on, found.machines, found.refused) == (3, 1, 1, 1)
        refused = pytest.raises(IntegrityError, match="a_mailing_is_written_once_a_lead")
        with refused, transaction.atomic():
            Message.objects.filter(id=mine[1].id).update(lead_id=mine[2].lead_id)


def test_a_marketer_makes_keeps_and_plans_a_mailing_in_the_browser(post: Post) -> None:
    nameless, *_ = people(post, 3)
    with post.world.inside():
        Contact.objects.filter(id=nameless.contact_id).update(given_name="")
    mei, world = post.world.client(post.world.mei), post.world
    page = mei.get(world.address("mail/mailings/new/?view=all")).content.decode()
    assert "Every lead." in page
    asked = {"name": "Spring letter", "template": post.version.template_id}
    made = mei.post(world.address("mail/mailings/new/?view=all"), asked)["Location"]
    counted = mei.get(f"{made}audience/").content.decode()
    assert "<b>3</b> of 3 contacts would get it" in counted
    assert "<code>contact.given_name</code> of 1 contact" in counted
    bad = {"template": asked["template"], "go_at": "2031-03-02T09:00", "until": "2031-03-01T09:00"}
    bad |= {"joined": "all", "plan": "1"}
    assert "It would be over before it begins" in mei.post(made, bad).content.decode()
    mei.post(made, bad | {"until": "2031-03-03T09:00"})
    with world.inside():
        mailing = Mailing.objects.of(world.workspace).get()
        assert (mailing.state, mailing.planned_by) == (MailingState.PLANNED, world.mei)
    assert "Back to a draft" in mei.get(made).content.decode()
    mei.post(f"{made}draft/")
    assert state(post, mailing) is MailingState.DRAFT
    again = mei.post(world.address("mail/mailings/new/"), asked)
    assert "A mailing is called" in again.content.decode()
    tomas = world.client(world.tomas)
    assert tomas.post(f"{made}draft/").status_code == 403
    assert tomas.get(made).status_code == 200


def test_the_archive_shows_anybody_what_was_put_there_and_nobody_s_name(post: Post) -> None:
    people(post, 1)
    mailing = drafted(post)
    hidden = planned(post, "Not for all")
    with post.world.inside():
        keep_mailing(mailing, Wanted(post.version.template, in_archive=True))
        plan(mailing, by=post.world.mei, now=post.world.now)
    moved(post)
    client, of = Client(), post.world.workspace.id
    every = urlsplit(addresses.archive(of, 0, "https://l.example")).path
    page = client.get(every).content.decode()
    assert "Spring letter" in page
    assert "Not for all" not in page
    own = urlsplit(addresses.archive(of, mailing.id, "https://l.example")).path
    words = client.get(own)
    assert "https://norrvik.example/case" in words.content.decode()
    assert "sandbox" in words["Content-Security-Policy"]
    other = urlsplit(addresses.archive(of, hidden.id, "https://l.example")).path
    assert client.get(other).status_code == 404
    assert client.get(f"{own[:-2]}xx").status_code == 404


def test_a_large_mailing_does_not_stand_in_the_way_of_a_program(post: Post) -> None:
    people(post, 6)
    planned(post)
    moved(post)
    with post.world.inside():
        at = post.world.now + timedelta(seconds=30)
        late = post.plan(post.lead_at("late"), not_before=at)
    assert post.send(timedelta(minutes=1), batch=2, most=2).sent == 2
    assert post.state(late).state == MessageState.SENT
    assert post.send(timedelta(minutes=2)).sent == 5
