"""What an import, a mail and a form leave behind: counted, undone, recognised, confirmed."""

import time
from datetime import UTC, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leadfarm.access.actors import Actor
from leadfarm.access.models import Notification
from leadfarm.consent.erasing.running import Order, erase
from leadfarm.consent.models import AskedMail
from leadfarm.intake.actions import Arrival, read_workbook, receive, upload
from leadfarm.intake.codes import Door, EventKind, ImportKind, ReceiptState
from leadfarm.intake.importing.undo import undo_import
from leadfarm.intake.mail.receiving import receive_mail
from leadfarm.intake.models import Event, ImportRun, Receipt
from leadfarm.leads.enclosing import calendar_in
from leadfarm.leads.models import Contact, Lead, PersonalText, SearchWord, Touch
from leadfarm.leads.recognising import Word, sign
from leadfarm.outreach.codes import MessageKind
from leadfarm.outreach.delivery.mime import Parts, body_of
from leadfarm.outreach.models import Message
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.notifications import NotificationKind
from leadfarm.rules.privacy import ErasedBecause
from tests.intake.files import bring, counts, faults
from tests.intake.hosting import opened, send
from tests.intake.test_events import plan
from tests.intake.test_mail_in import mail
from tests.intake.workbooks import workbook
from tests.world import World


def words_of(world: World, lead: Lead) -> set[str]:
    with world.inside():
        rows = SearchWord.objects.of(world.workspace).filter(lead=lead)
        return set(rows.values_list("word", flat=True))


def test_an_undone_import_takes_its_search_words_along_and_is_told(world: World) -> None:
    with world.inside():
        lead = world.captures()
        assert lead.contact is not None
        address = lead.contact.email
    before = words_of(world, lead)
    columns = {"email": "email", "lead title": {"to": "title", "overwrite": "always"}}
    text = f"email,lead title\n{address},Qwillow turbines\n"
    run = bring(world, text, {"columns": columns})
    assert "qwillow" in words_of(world, lead)
    with world.as_worker():
        undo_import(run, by=world.mei, now=world.now)
    assert words_of(world, lead) == before
    with world.inside():
        told = Notification.objects.of(world.workspace).filter(member=world.mei)
        kinds = set(told.filter(subject_id=run.id).values_list("kind", flat=True))
        assert NotificationKind.IMPORT_FINISHED in kinds


def test_numbers_that_a_spreadsheet_has_shortened_are_no_ids(world: World) -> None:
    text = (
        'id,email,phone\n4.91511E+12,a@x.example,\n"4,91E+12",b@x.example,\n7,c@x.example,4.9E+12\n'
    )
    run = bring(world, text)
    assert counts(run) == {"rejected": 3}
    assert all("digits are lost" in message for _, _, message in faults(world, run))


def test_a_quotation_that_never_closes_swallows_no_rows_in_silence(world: World) -> None:
    rest = "b@x.example,fine\nc@x.example,fine\n"
    run = bring(world, f'email,need\nz@x.example,"a\nb"\na@x.example,"never closed\n{rest}')
    assert counts(run) == {"created": 1, "rejected": 1}
    assert "does not close" in faults(world, run)[0][2]
    errors = world.client(world.mei).get(world.address(f"imports/{run.id}/errors/"))
    assert "c@x.example,fine" in errors.content.decode()


def test_rows_of_erased_people_are_counted_apart(world: World) -> None:
    with world.inside():
        her = world.captures().contact
        assert her is not None
        address = her.email
        bad = Arrival(Door.WEBHOOK, f'{{"broken": "{address}" ')
        unreadable = receive(world.workspace, bad, now=world.now).receipt
        assert unreadable.state == ReceiptState.REFUSED
    with world.as_worker():
        order = Order(Actor.of(world.ada), ErasedBecause.ASKED)
        erase(her, order, now=datetime.now(UTC) + timedelta(days=1))
    with world.inside():
        kept = Receipt.objects.of(world.workspace).get(id=unreadable.id)
        assert kept.payload_id is None  # gone with her, not only her name in it
    run = bring(world, f"email,name\n{address},Vera Lind\nbo@x.example,Bo Berg\n")
    assert (run.rejected, run.erased, run.created) == (1, 1, 1)
    page = world.client(world.mei).get(world.address(f"imports/{run.id}/")).content.decode()
    assert "1 of them because this person was erased" in page


def test_a_workbook_of_attendees_keeps_the_event_and_the_minutes(world: World) -> None:
    event = plan(world, EventKind.WEBINAR, "Dry pumps live")
    titles = ("Attended", "First Name", "Last Name", "Email", "Registration Date", "Join Time",
              "Time in Session (minutes)")  # fmt: skip
    rows = [titles, ("Yes", "Vera", "Lind", "vera@nordpump.example", "2026-02-20 10:00",
                     "2026-02-25 10:01", 47)]  # fmt: skip
    content = workbook(("People", rows))
    file = SimpleUploadedFile("list.xlsx", content)
    client = world.client(world.mei)
    client.post(world.address(f"events/{event.id}/attendees/"), {"file": file})
    with world.inside():
        run = ImportRun.objects.of(world.workspace).get()
    with world.as_worker():
        run = read_workbook(run, now=world.now)
    assert run.mapping["constants"]["campaign"] == "Dry pumps live"
    done = bring(world, content, name="again.xlsx")
    assert counts(done) == {"created": 1}
    with world.inside():
        attended = Touch.objects.of(world.workspace).get(kind=TouchKind.WEBINAR_ATTENDED)
        assert attended.minutes == 47


def test_a_dry_run_whose_worker_died_says_so_and_starts_again(world: World) -> None:
    with world.inside():
        text = b"email\n" + b"".join(b"p%d@x.example\n" % n for n in range(600))
        run = upload(world.workspace, "a.csv", [text], kind=ImportKind.LEADS, by=world.mei,
                     now=world.now)  # fmt: skip
    browser = world.client(world.mei)
    where = world.address(f"imports/{run.id}/")
    browser.post(f"{where}mapping/", {"to-0": "email"})
    browser.post(f"{where}rehearsal/")
    assert "its worker has stopped" not in browser.get(f"{where}preview/").content.decode()
    with world.inside():
        late = datetime.now(UTC) - timedelta(minutes=5)
        ImportRun.objects.of(world.workspace).filter(id=run.id).update(rehearsed_at=late)
    page = browser.get(f"{where}preview/").content.decode()
    assert "its worker has stopped" in page
    assert "Check again" in page
    browser.post(f"{where}rehearsal/")
    assert "its worker has stopped" not in browser.get(f"{where}preview/").content.decode()


def test_s2_22_an_automatic_reply_stands_on_the_lead_as_a_machines_and_warms_nothing(
    world: World,
) -> None:
    with world.inside():
        lead = world.captures()
        assert lead.contact is not None
        ours = Message.objects.create(
            workspace=world.workspace, kind=MessageKind.BY_HAND, lead=lead, contact=lead.contact,
            planned_at=world.now, not_before=world.now,
        )  # fmt: skip
        ours.refresh_from_db()
        heat = world.standing(lead).heat
    raw = mail(7, sender=lead.contact.email, Auto_Submitted="auto-replied",
               In_Reply_To=f"<{ours.mail_key}@norrvik.example>")  # fmt: skip
    receipts = [receive_mail(world.workspace, raw, now=world.now).receipt for _ in range(2)]
    assert {one.state for one in receipts} == {ReceiptState.IGNORED}
    with world.inside():
        touch = Touch.objects.of(world.workspace).get(kind=TouchKind.AUTO_REPLY)
        assert (touch.lead_id, touch.by_machine, touch.heat_after) == (lead.id, True, None)
        assert world.standing(lead).heat == heat
        kept = Receipt.objects.of(world.workspace).get(id=receipts[0].id)
        assert (kept.lead_id, kept.touch_id) == (lead.id, touch.id)


def test_s2_2_who_registers_for_a_webinar_gets_it_into_the_calendar(world: World) -> None:
    event = plan(world, EventKind.WEBINAR, "Dry pumps live")
    soon = datetime.now(UTC) + timedelta(days=9)
    with world.inside():
        Event.objects.of(world.workspace).filter(id=event.id).update(
            starts_at=soon, ends_at=soon + timedelta(hours=1)
        )
    form = opened(world, kind=TouchKind.WEBINAR_REGISTERED, campaign=event.campaign)
    send(form, {"email": "vera@nordpump.example", "given_name": "Vera"})
    with world.inside():
        asked = AskedMail.objects.of(world.workspace).select_related("text").get()
        assert asked.text is not None
        words = asked.text.body
        assert words.startswith("You are registered: Dry pumps live")
        calendar = calendar_in(world.workspace.id, words)
        assert calendar_in(world.workspace.id + 1, words) == ""
    assert "SUMMARY:Dry pumps live" in calendar
    headers, body = body_of(Parts((), words, "<p>x</p>", "edge", calendar))
    assert headers[0][1].startswith("multipart/mixed")
    assert body.count(b"multipart/alternative") == 1
    assert b'filename="event.ics"' in body


def test_s2_3_a_link_in_our_mail_asks_only_what_is_not_known_and_leaves_no_trace(
    world: World,
) -> None:
    form = opened(world)
    with world.inside():
        lead = world.captures()
        her = lead.contact
        assert her is not None

    def page(contact: Contact, at: float) -> str:
        word = Word(world.workspace.id, 1, contact.id, lead.id, int(at))
        browser = Client()
        shown = browser.get(f"/f/{form.slug}/", {"lf": sign(word)})
        assert not shown.cookies
        return shown.content.decode()

    known = page(her, time.time())
    assert "Good to see you again" in known
    assert 'name="given_name"' not in known
    assert 'name="email"' not in known
    assert her.email not in known
    assert "Vera" not in known
    assert "Good to see you" not in page(her, time.time() - 2 * 3600)
    word = sign(Word(world.workspace.id, 1, her.id, lead.id, int(time.time())))
    Client().post(f"/f/{form.slug}/?lf={word}", {"company": "Nordpump", "need": "Quiet"})
    with world.inside():
        last = Receipt.objects.of(world.workspace).latest("id")
        assert last.contact_id == her.id
        Contact.objects.filter(id=her.id).update(no_profiling=True)
    assert "Good to see you" not in page(her, time.time())
    with world.inside():
        assert not PersonalText.objects.of(world.workspace).filter(body__contains=word).exists()
