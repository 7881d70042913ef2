"""Inbound mail: on the lead it answers or a new inquiry, each once, robots kept apart (S1-4)."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from leadfarm.access.models import Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.hosts import open_address
from leadfarm.intake.actions import Received
from leadfarm.intake.codes import ReceiptState
from leadfarm.intake.mail import letter as letters
from leadfarm.intake.mail.machines import is_automatic_reply, not_a_person
from leadfarm.intake.mail.polling import open_mailbox, poll
from leadfarm.intake.mail.receiving import receive_mail
from leadfarm.leads.models import Contact, Lead, PersonalText, Touch
from leadfarm.outreach.codes import MessageKind
from leadfarm.outreach.models import Message
from leadfarm.rules.codes import TouchKind
from tests.support.imap_server import imap_server
from tests.world import World

DATA = Path(os.environ.get("LEADFARM_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
HERE = pytest.mark.skipif(not (DATA / "mail").is_dir(), reason="needs LEADFARM_TEST_DATA/mail")
BODY = """Dear Mei,

can you call me about quieter drives?

Regards
Vera Lind
Nordpump AB
Tel: +46 8 123 456 00

On Mon, 2 Mar 2026 at 09:00, Mei <mei@norrvik.example> wrote:
> Hello Vera
"""


def mail(number: int = 1, *, sender: str = "", body: str = BODY, **headers: str) -> bytes:
    given = {
        "From": sender or '"Lind, Vera" <Vera@nordpump.example>',
        "To": "info@norrvik.example",
        "Subject": "=?utf-8?q?Drives_f=C3=BCr_us?=",
        "Message-ID": f"<m{number}@nordpump.example>",
        "Content-Type": "text/plain; charset=utf-8",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return ("\r\n".join(f"{k}: {v}" for k, v in given.items()) + "\r\n\r\n" + body).encode()


def taken(world: World, raw: bytes) -> Received:
    return receive_mail(world.workspace, raw, now=world.now)


def test_an_unknown_sender_becomes_an_inquiry_with_what_the_signature_tells(world: World) -> None:
    first = taken(world, mail())
    assert first.captured is not None
    contact = first.captured.contact
    assert (contact.name, contact.phone_key) == ("Vera Lind", "+46812345600")
    assert contact.account is not None
    assert contact.account.domain == "nordpump.example"
    with world.inside():
        texts = dict(PersonalText.objects.of(world.workspace).values_list("kind", "body"))
        assert "can you call me" in texts["said"]
        assert texts["said"].startswith("Drives für us")
        assert "Hello Vera" not in texts["said"]
        assert "Hello Vera" in texts["payload"]
    assert taken(world, mail()).is_repeat


def test_an_answer_goes_to_the_lead_it_answers_and_programs_hear_of_it(world: World) -> None:
    with world.inside():
        lead = world.captures()
        assert lead.contact is not None
        world.captures()  # a newer lead of somebody else
        ours = Message.objects.create(
            workspace=world.workspace, kind=MessageKind.BY_HAND, lead=lead, contact=lead.contact,
            planned_at=world.now, not_before=world.now,
        )  # fmt: skip
        ours.refresh_from_db()
    answers = f"<x@y.example> <{ours.mail_key}@norrvik.example>"
    own = taken(world, mail(sender=lead.contact.email, References=answers))
    colleague = taken(world, mail(2, sender=f"otto@{lead.contact.email.split('@')[1]}",
                                  In_Reply_To=answers))  # fmt: skip
    for one in (own, colleague):
        assert one.captured is not None
        assert one.captured.lead.id == lead.id
        assert one.captured.touch.kind == TouchKind.MAIL_REPLIED


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<news.example>"},
        {"Return_Path": "<>"},
        {"Subject": "Out of office: back on Monday"},
        {"From": "MAILER-DAEMON@mx.example"},
        {"Content_Type": "multipart/report; boundary=x"},
    ],
)
def test_robots_are_kept_apart_with_the_reason(world: World, headers: dict[str, str]) -> None:
    found = taken(world, mail(**headers)).receipt
    assert found.state == ReceiptState.IGNORED
    assert found.reasons[0].endswith(".")
    with world.inside():
        assert not Lead.objects.of(world.workspace).exists()


def test_absences_are_known_by_their_subjects_and_people_are_not_taken_for_them() -> None:
    away = (
        "Automatic reply: Drives", "Automatische Antwort: Drives", "Abwesenheitsnotiz: Drives",
        "Réponse automatique : Drives", "Respuesta automática: Drives", "Risposta automatica: x",
        "Automatisch antwoord: x", "Automatiskt svar: x", "Autosvar: x", "Absence du bureau",
        "Out of Office", "Odpowiedź automatyczna: x", "Resposta automática: x", "Urlaub bis 13.3.",
        "Automaattinen vastaus: x", "Automatická odpověď: x", "Afwezig", "Auto reply: Drives",
    )  # fmt: skip
    people = (
        "Absence de réponse",
        "Urlaubsplanung und Ihr Angebot",
        "Re: Drives",
        "Automatic doors",
        "Automatisierung in Halle 3",
        "Out of order",
        "Autorisierung",
        "Absent parts in delivery 7",
    )
    for subject in away + people:
        found = letters.read(letters.keepable(mail(Subject=subject)))
        assert is_automatic_reply(found, ()) == (subject in away), subject


def test_our_own_people_and_broken_messages_open_nothing(world: World) -> None:
    assert taken(world, mail(sender=world.mei.user.email)).receipt.state == ReceiptState.IGNORED
    for number, raw in enumerate((b"", b"\0\xff\xfe", b"From: x\n\n", b"From: a@b@c, <>\n\nx")):
        assert taken(world, raw + bytes([48 + number])).captured is None
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3_000)
    )
    for number, raw in enumerate((nested, b"Content-Type: message/rfc822\n\n" * 3_000)):
        assert (
            taken(world, b"From: mailer-daemon@x.example\nX: %d\n" % number + raw).captured is None
        )
    latin = "Grüße aus Köln".encode("latin-1")
    kept = taken(world, mail(9, body="", Content_Type="text/plain; charset=latin-1") + latin)
    with world.inside():
        said = PersonalText.objects.of(world.workspace).get(kind="said")
        assert "Grüße aus Köln" in said.body
    assert kept.captured is not None


def test_a_mailbox_is_read_once_and_left_as_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with imap_server() as folder, world.inside():
        box = open_mailbox(
            world.workspace, "info@norrvik.example", ("localhost", folder.port), "info",
            folder.password, source=world.source("Mail"),
        )  # fmt: skip
        folder.put(mail(0))
        assert poll(box, now=world.now, context=folder.context) == 0
        assert "private network" in box.refusal
        monkeypatch.setenv("LEADFARM_ALLOW_PRIVATE_HOSTS", "1")
        assert poll(box, now=world.now) == 0
        assert "certificate" in box.refusal.lower()
        assert poll(box, now=world.now, context=folder.context) == 0  # what lay there stays
        assert box.refusal == ""
        folder.put(mail(1))
        folder.put(mail(2, Auto_Submitted="auto-replied"))
        folder.put(mail(3, sender="otto@other.example"))
        assert poll(box, now=world.now, context=folder.context) == 3
        assert poll(box, now=world.now, context=folder.context) == 0
        kinds = Counter(Touch.objects.of(world.workspace).values_list("kind", flat=True))
        assert kinds == {TouchKind.MAIL_IN: 2, TouchKind.AUTO_REPLY: 1}
        folder.validity = 2  # the folder was made anew: all is read again, nothing comes twice
        assert poll(box, now=world.now, context=folder.context) == 4
        assert Touch.objects.of(world.workspace).count() == 4  # the first had never been taken
        folder.password = "changed"
        assert poll(box, now=world.now, context=folder.context) == 0
        assert "refused" in box.refusal
        lead = Lead.objects.of(world.workspace).latest("id")
        assert lead.source is not None
        assert lead.source.name == "Mail"


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "no.invalid"])
def test_hosts_inside_our_network_are_refused(host: str) -> None:
    with pytest.raises(LeadfarmError):
        open_address(host, 993)


def test_a_piped_message_comes_in_and_answers_as_mail_servers_expect(
    world: World, database: str
) -> None:
    def piped(raw: bytes, slug: str) -> int:
        command = [sys.executable, "-m", "leadfarm", "mail-in", "--workspace", slug]
        return subprocess.run(command, input=raw, capture_output=True, check=False).returncode

    assert piped(mail(), world.slug) == os.EX_OK
    assert piped(b" ", world.slug) == os.EX_DATAERR
    assert piped(mail(), "nobody-here") == os.EX_NOUSER
    with world.inside():
        assert Contact.objects.of(world.workspace).get().email_key == "vera@nordpump.example"
        assert Workspace.objects.get(id=world.workspace.id)


@HERE
def test_bounces_of_many_mail_systems_are_never_a_person() -> None:
    taken_for_people = []
    files = sorted((DATA / "mail" / "bounces").rglob("*.eml"))
    for file in files:
        found = letters.read(letters.keepable(file.read_bytes()))
        if not not_a_person(found, ()):
            taken_for_people.append((file.name, found.address, found.subject[:60]))
    assert len(files) > 50
    assert taken_for_people == []


@HERE
def test_quoted_mails_are_cut_from_replies_without_a_crash() -> None:
    whole, right = 0, 0
    for file in sorted((DATA / "mail" / "replies" / "emails").glob("*.txt")):
        kept = letters.keepable(mail(body="") + file.read_bytes())
        said = letters.read(kept).said
        wanted = DATA / "mail" / "replies" / "trimmed" / file.name
        if wanted.is_file():
            whole += 1
            right += "".join(said.split()) == "".join(wanted.read_text().split())
        assert said or not file.read_text().strip()
    assert whole > 30
    assert right >= whole / 4  # the rest keep more than they should: nothing said is lost
