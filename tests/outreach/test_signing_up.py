"""A newsletter sign-up is a consent only once its address is confirmed (S2-23)."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

from django.test import Client

from leadfarm.access.actors import Actor
from leadfarm.consent.actions import Proof, agree, confirm, forget_sign_ups, withdraw
from leadfarm.consent.models import Consent, SignUp
from leadfarm.intake.actions.hosting import Settings, change_form
from leadfarm.intake.hosting.design import asking
from leadfarm.intake.hosting.stamp import Stamp
from leadfarm.intake.models import Form, Submission
from leadfarm.leads.models import Touch
from leadfarm.outreach.actions import make_template, publish
from leadfarm.outreach.codes import MessageKind, MessageState
from leadfarm.outreach.models import Message, TemplateVersion
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Basis, HeldBecause, Purpose
from tests.intake.hosting import opened, send
from tests.outreach.conftest import BODY, Post

WORDS = "Yes, write to me."
LETTER = asking(["given_name"], purpose=Purpose.NEWSLETTER, wording=WORDS)
VERA = {"email": "vera@sink.example", "given_name": "Vera", "consent": "on"}


def text_of(data: bytes) -> str:
    payload = message_from_bytes(data).get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def link_in(data: bytes) -> str:
    found = re.search(r"http\S+(/f/\w+/\S+/)", text_of(data))
    assert found, text_of(data)
    return found[1]


def marketing(post: Post, purpose: Purpose) -> TemplateVersion:
    name = f"Letter for {purpose.slug}"
    template = make_template(
        post.world.workspace, name, subject="News", body=BODY, now=post.world.now
    )
    type(template).objects.filter(pk=template.pk).update(purpose=purpose)
    return publish(template, by=Actor.of(post.world.mei), now=post.world.now)


def signed(post: Post) -> tuple[Form, SignUp]:
    form = opened(post.world, LETTER, TouchKind.NEWSLETTER)
    assert send(form, VERA).status_code == 303
    with post.world.inside():
        return form, SignUp.objects.of(post.world.workspace).get()


def send_now(post: Post, after: timedelta = timedelta(0)) -> None:
    """Run the sender on the clock by which forms are sent: the real one."""
    post.send_with(lambda: datetime.now(UTC) + after)


def test_s2_23_a_newsletter_needs_the_confirmation_before_its_first_send(post: Post) -> None:
    """Double opt-in; the consent keeps wording version, time, source and both addresses."""
    world = post.world
    form, waiting = signed(post)
    with world.inside():
        assert not Consent.objects.of(world.workspace).exists()
        news, topic = marketing(post, Purpose.NEWSLETTER), marketing(post, Purpose.INFORMATION)
        early = [
            post.plan(waiting.lead, step, template_version=one)
            for step, one in (("news", news), ("topic", topic))
        ]
    send_now(post)
    # On the real way, over SMTP: the confirmation went out, and nothing else.
    assert len(post.sink.received) == 1
    assert WORDS in text_of(post.sink.received[0][2])
    for message in early:
        state = post.state(message)
        assert (state.state, state.held_because) == (
            MessageState.CANCELLED,
            HeldBecause.NO_CONSENT,
        )
    link = link_in(post.sink.received[0][2])
    page = Client().get(link).content.decode()
    assert "Yes, that was me" in page
    with world.inside():
        assert not Consent.objects.of(world.workspace).exists()  # law 8: a GET confirms nothing
    assert "is confirmed" in Client().post(link, REMOTE_ADDR="192.0.2.7").content.decode()
    assert "is confirmed" in Client().post(link).content.decode()
    with world.inside():
        consent = Consent.objects.of(world.workspace).get()
        assert (consent.basis, consent.wording) == (Basis.DOUBLE_OPT_IN, WORDS)
        assert consent.wording_version == f"form {form.pk} wording 1"
        assert consent.source == f"Form {form.slug}"
        assert (consent.ip, consent.confirmed_ip) == ("127.0.0.1", "192.0.2.7")
        assert consent.signed_up_at == waiting.asked_at
        kinds = Touch.objects.of(world.workspace).filter(kind=TouchKind.CONFIRMED)
        assert kinds.count() == 1
        late = post.plan(waiting.lead, "later", template_version=news)
    send_now(post, timedelta(minutes=1))
    assert post.state(late).state == MessageState.SENT
    assert len(post.sink.received) == 2


def test_a_second_sign_up_is_mailed_at_most_once_an_hour(post: Post) -> None:
    form, waiting = signed(post)
    for _ in range(3):
        send(form, VERA)
    messages = Message.objects.of(post.world.workspace).filter(kind=MessageKind.ASKED_FOR)
    send_now(post)
    assert len(post.sink.received) == 1
    with post.world.inside():
        hour_ago = waiting.mailed_at - timedelta(minutes=61)
        SignUp.objects.of(post.world.workspace).update(mailed_at=hour_ago)
    send(form, VERA)
    send_now(post)
    assert len(post.sink.received) == 2
    with post.world.inside():
        assert messages.count() == 2
        assert SignUp.objects.of(post.world.workspace).count() == 1


def test_s2_23_who_has_confirmed_is_not_asked_again_in_these_words_while_it_holds(
    post: Post,
) -> None:
    """What an inquiry implies is no word of theirs: there, and in new words, the mail goes out."""
    world = post.world
    form = opened(world, replace(LETTER, remembers=True), TouchKind.NEWSLETTER)
    device = Client()
    assert send(form, VERA | {"remember": "on"}, device).status_code == 303
    with world.inside():
        signed = SignUp.objects.of(world.workspace).get()
        deed = Proof("by hand", "Folder 7", WORDS, basis=Basis.IMPLIED_INQUIRY)
        agree(signed.contact, Purpose.NEWSLETTER, deed, happened_at=world.now, now=world.now)
    address = f"/f/{form.slug}/"
    assert WORDS in device.get(address).content.decode()
    send(form, VERA, device)
    with world.inside():
        assert confirm(signed, ip=None, now=datetime.now(UTC))
    assert WORDS not in device.get(address).content.decode()
    assert WORDS in Client().get(address).content.decode()  # a stranger learns nothing
    assert "confirm your address" not in send(form, VERA, Client(), follow=True).content.decode()
    with world.inside():
        assert SignUp.objects.of(world.workspace).count() == 1
        settings = Settings(form.name, form.slug, TouchKind.NEWSLETTER)
        other = replace(LETTER, remembers=True, wording="Write and call.")
        change_form(form, settings, other, by=world.mei, now=world.now)
    assert "Write and call." in device.get(address).content.decode()
    assert "confirm your address" in send(form, VERA, device, follow=True).content.decode()
    with world.inside():
        withdraw(signed.contact, Purpose.NEWSLETTER, by=Actor("form"), now=datetime.now(UTC))
        change_form(form, settings, replace(LETTER, remembers=True), by=world.mei, now=world.now)
    assert WORDS in device.get(address).content.decode()


def test_a_sign_up_that_nobody_confirms_expires_and_is_forgotten(post: Post) -> None:
    world = post.world
    _, waiting = signed(post)
    send_now(post)
    link = link_in(post.sink.received[0][2])
    with world.inside():
        over = waiting.asked_at - timedelta(days=60)
        rows = SignUp.objects.of(world.workspace)
        rows.update(asked_at=over, expires_at=over + timedelta(days=7))
    assert Client().get(link).status_code == 404
    assert Client().post(link).status_code == 404
    assert Client().get("/f/confirm/nonsense/").status_code == 404
    with world.inside():
        assert not Consent.objects.of(world.workspace).exists()
        # Nothing else is known of the address: the row stays as a bar, and forgets the rest.
        assert forget_sign_ups(world.workspace, datetime.now(UTC)) == 0
        left = rows.get()
        assert (left.ip, left.wording) == (None, "")
        rows.update(is_unproven=False)
        assert forget_sign_ups(world.workspace, datetime.now(UTC)) == 1
        assert Submission.objects.of(world.workspace).get().sign_up is None


def test_who_has_agreed_is_not_asked_to_confirm_again(post: Post) -> None:
    form, _ = signed(post)
    send_now(post)
    Client().post(link_in(post.sink.received[0][2]))
    old = Stamp(datetime.now(UTC) - timedelta(minutes=1), 1, {}, "another visit").signed()
    send(form, VERA | {"stamp": old})
    send_now(post)
    assert len(post.sink.received) == 1
    with post.world.inside():
        assert Consent.objects.of(post.world.workspace).count() == 1
