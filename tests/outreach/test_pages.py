"""The pages of mail: written, published, looked at, resolved; a demo's mail stays in the house."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from leadfarm.access.models import Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.outreach.actions import make_template, save_mail_server, save_sender
from leadfarm.outreach.codes import MessageState, Security, SourceKind
from leadfarm.outreach.delivery.carriers import IntoMailbox, carrier_for
from leadfarm.outreach.models import MailboxMail, MailServer, Message, Template, TemplateVersion
from leadfarm.outreach.starters import starter
from tests.outreach.conftest import Post
from tests.world import World


def test_a_marketer_writes_and_publishes_and_faults_are_all_shown(world: World) -> None:
    mei = world.client(world.mei)
    asked = {"name": "Second case", "purpose": 1, "source_kind": 1}
    made = mei.post(world.address("mail/"), asked)
    page = mei.get(made["Location"]).content.decode()
    assert "Subject: it is empty" in page
    body = starter(SourceKind.RICH)
    mei.post(made["Location"], {"subject": "Hi", "body": "no way out", "publish": "1"})
    with world.inside():
        assert not TemplateVersion.objects.of(world.workspace).exists()
    said = mei.post(made["Location"] + "checked/", {"subject": "Hi", "body": "x"}).content.decode()
    assert "no postal address" in said
    assert "no way to unsubscribe" in said
    for _ in range(2):
        mei.post(made["Location"], {"subject": "Hi", "body": body, "publish": "1"})
    with world.inside():
        versions = TemplateVersion.objects.of(world.workspace).order_by("number")
        assert [version.number for version in versions] == [1, 2]
        template = Template.objects.of(world.workspace).get()
    preview = mei.get(world.address(f"mail/templates/{template.id}/preview/"))
    assert preview["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "Dear Vera" in preview.content.decode()
    again = mei.post(world.address("mail/"), asked).content.decode()
    assert "already" in again


def test_both_starters_publish_without_faults(inside: World) -> None:
    from leadfarm.outreach.rendering import faults_of

    for kind in SourceKind:
        body = starter(kind).replace('href="https://"', 'href="https://a.example"')
        assert faults_of(kind, "Hello", body) == []


def test_a_demo_delivers_to_its_mailbox_only(post: Post) -> None:
    world = post.world
    with world.inside():
        make_template(world.workspace, "x", now=world.now)
        MailServer.objects.of(world.workspace).delete()
    with world.inside():
        Workspace.objects.filter(id=world.workspace.id).update(is_demo=True)
    world.workspace.refresh_from_db()
    assert isinstance(carrier_for(world.workspace, world.now), IntoMailbox)
    with world.inside():
        message = post.plan(post.lead_at("vera"))
        with pytest.raises(LeadfarmError, match="stays in the mailbox"):
            save_mail_server(world.workspace, host="mx.example", port=25, security=Security.TLS)
    with pytest.raises(IntegrityError, match="a_demo_has_no_mail_server"), world.inside():
        MailServer.objects.create(workspace=world.workspace, host="mx.example")
    assert post.send().sent == 1
    assert post.sink.received == []
    page = world.client(world.tomas).get(world.address("mailbox/")).content.decode()
    assert "For Vera" in page
    assert "List-Unsubscribe" in page
    with world.inside():
        mail = MailboxMail.objects.of(world.workspace).get(message_id=message.id)
    frame = world.client(world.tomas).get(world.address(f"mailbox/{mail.id}/"))
    assert "sandbox" in frame["Content-Security-Policy"]
    assert "Dear Vera" in frame.content.decode()


def test_nobody_but_a_demo_has_a_mailbox(inside: World) -> None:
    from leadfarm.outreach.codes import MessageKind

    message = Message.objects.create(
        workspace=inside.workspace,
        kind=MessageKind.TEST,
        planned_at=inside.now,
        not_before=inside.now,
    )
    mail = MailboxMail(
        workspace=inside.workspace, message=message, subject="x", received_at=inside.now
    )
    from django.db import transaction

    with pytest.raises(IntegrityError, match="only_a_demo_has_a_mailbox"), transaction.atomic():
        mail.save()


def test_a_manager_resolves_a_doubt_from_the_list(post: Post) -> None:
    world = post.world
    with world.inside():
        message = post.plan(post.lead_at("vera"), state=MessageState.IN_DOUBT)
    dora = world.client(world.dora)
    page = dora.get(world.address("mail/messages/?state=in-doubt")).content.decode()
    assert "1 message is in doubt" in page
    assert f"{message.mail_key}@norrvik.example" in page
    dora.post(world.address(f"mail/messages/{message.id}/sent/"))
    assert post.state(message).state == MessageState.SENT
    late = dora.post(world.address(f"mail/messages/{message.id}/again/"), follow=True)
    assert "sent by now" in late.content.decode()


def test_the_sender_is_set_up_and_a_test_reaches_whoever_asked(post: Post) -> None:
    world = post.world
    ada = world.client(world.ada)
    page = ada.get(world.address("mail/sender/")).content.decode()
    assert "v=DKIM1" in page
    ada.post(world.address("mail/test/"))
    assert post.send_with(lambda: datetime.now(UTC)).sent == 1
    [(_, recipient, data)] = post.sink.received
    assert recipient == world.ada.user.email
    assert b"List-Unsubscribe" not in data
    with world.inside():
        secret = save_mail_server(
            world.workspace, host="localhost", port=25, security=Security.NONE, password="hush"
        )
        assert "hush" not in secret.password_sealed
        with pytest.raises(LeadfarmError, match="unprotected"):
            save_mail_server(world.workspace, host="mx.example", port=25, security=Security.NONE)
        with pytest.raises(LeadfarmError, match="no address"):
            save_sender(world.workspace, name="x", address="a@b\r\nBcc: c@d", postal_address="x")
