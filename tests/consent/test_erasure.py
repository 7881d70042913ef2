"""Who is erased is found nowhere, comes in by no door, and reports count as before (GDPR, D)."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from leadfarm.access.actors import Actor
from leadfarm.consent.actions import Proof, agree, suppress
from leadfarm.consent.actions.rights import object_to_profiling
from leadfarm.consent.addresses import NOT_STORED
from leadfarm.consent.erasing import erase
from leadfarm.consent.erasing.ledger import LEDGER
from leadfarm.consent.erasing.running import Order
from leadfarm.consent.models import Erasure, Suppression
from leadfarm.intake.actions import Sent, capture
from leadfarm.intake.codes import RecordKind
from leadfarm.intake.importing.files import path_of
from leadfarm.intake.merging import Choice, merge
from leadfarm.intake.models import Receipt
from leadfarm.leads.actions import comment, note
from leadfarm.leads.actions.learning import Fact, learn
from leadfarm.leads.models import Contact, GroupMember, Lead, PersonalText, SavedView, Task
from leadfarm.outreach.codes import MessageKind
from leadfarm.outreach.models import Message
from leadfarm.qualification.actions import deliver
from leadfarm.qualification.models import Delivery
from leadfarm.rules.codes import FindingSection, Side, TaskKind, TouchKind
from leadfarm.rules.consent import Purpose, SuppressionReason
from leadfarm.rules.privacy import ErasedBecause
from leadfarm.rules.stages import Stage
from tests.api.caller import caller
from tests.intake.files import bring
from tests.intake.hosting import opened, send
from tests.lawful import broken_in
from tests.qualification.conftest import agree as both_sign
from tests.qualification.conftest import ready_lead, talk
from tests.world import World

MAIL, OTHER_MAIL = "zyxwanda.quorvath@brackpump.de", "wanda.zq@brackpump.de"
# Whatever of these is found afterwards is one word too many.
WORDS = re.compile(
    "zyxwanda|quorvath|wanda\\.zq|7788991|glorbwidget|flumtastic|snorvel|plimbert", re.IGNORECASE
)
COLUMNS = "Email,First name,Last name,Company,Job title,Phone,Need,Source,Created date\n"
ROW = f"{MAIL},Zyxwanda,Quorvath,Brackpump,Keeper of glorbwidgets,+49 6421 7788991,flumtastic,Fair,"
FILE = (
    COLUMNS
    + f"{ROW}2026-01-05\n{ROW}the day of snorvels\notto@brackpump.de,Otto,Brandt,,,,,Fair,\n"
)
COUNTED = """
SELECT coalesce(source.name, '-') AS source, count(*) AS leads,
       count(*) FILTER (WHERE EXISTS (SELECT FROM leads_stagechange moved
           WHERE moved.workspace_id = lead.workspace_id AND moved.lead_id = lead.id
             AND moved.to_stage = 4)) AS ready,
       sum(lead.amount), min(lead.entered_at),
       (SELECT count(*) FROM leads_touch touch
          JOIN leads_lead its ON its.id = touch.lead_id
           AND its.workspace_id = touch.workspace_id
         WHERE its.source_id = lead.source_id) AS touches
  FROM leads_lead lead LEFT JOIN leads_source source ON source.id = lead.source_id
 GROUP BY source.name, lead.source_id ORDER BY 1
"""
TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
   AND has_table_privilege(oid, 'SELECT') ORDER BY 1
"""


def hits(world: World) -> list[str]:
    """Return every row of every table, of walls and outside of them, in which a word stands."""
    found = []
    encoded = "|".join(word.encode().hex() for word in ("quorvath", "Quorvath"))
    with world.as_worker(), connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [row[0] for row in cursor.fetchall()]
        assert len(tables) > 60, "the worker reads every table"
        for table in tables:
            # A whole row as text: words, json, arrays; bytes stand there in hexadecimal.
            cursor.execute(
                f"SELECT row::text FROM {table} AS row WHERE row::text ~* %s"
                " AND coalesce(to_jsonb(row) ->> 'workspace_id', %s) = %s",
                [f"{WORDS.pattern}|{encoded}", *[str(world.workspace.id)] * 2],
            )
            found += [f"{table}: {row[0]}" for row in cursor.fetchall()]
        sessions = [str(one.get_decoded()) for one in Session.objects.all()]
    found += [f"session: {one}" for one in sessions if WORDS.search(one)]
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    home = [path for path in Path(settings.MEDIA_ROOT).parent.glob("*") if path.is_file()]
    return found + [str(p) for p in files + home if WORDS.search(p.read_bytes().decode("latin-1"))]


def counted(world: World) -> list[tuple[object, ...]]:
    with world.inside(), connection.cursor() as cursor:
        cursor.execute(COUNTED)
        return cursor.fetchall()


def seed(world: World) -> Contact:
    """Let Zyxwanda come in by every door and leave her words wherever words can be left."""
    by = Actor.of(world.ana)
    bring(world, FILE)
    form = opened(world)
    for address, given in ((MAIL, "Zyxwanda"), (OTHER_MAIL, "Plimbert")):
        told = {
            "email": address,
            "given_name": given,
            "need": "Snorvel drives",
            "message": "Plimbert",
        }
        send(form, told)
    with world.inside():
        contacts = Contact.objects.of(world.workspace)
        her = contacts.get(email_key=MAIL)
        twin = contacts.get(email_key=OTHER_MAIL)
        merge(
            world.workspace.id,
            Choice(RecordKind.CONTACT, her.id, twin.id, frozenset({"given_name"})),
            by=world.mei, now=world.now,
        )  # fmt: skip
        contacts.filter(id=her.id).update(given_name="Zyxwanda")
        lead = Lead.objects.of(world.workspace).filter(contact=her).order_by("id").first()
        assert lead is not None
        otto = Lead.objects.of(world.workspace).get(contact__email_key="otto@brackpump.de")
        note(lead, "Zyxwanda loves glorbwidgets", by=by, now=world.now)
        comment(lead, "Ask Quorvath about snorvels", author=world.mei, now=world.now)
        note(
            otto,
            f"Zyxwanda  Quorvath sits next door, {MAIL.upper()}, 06421/7788991",
            by=by,
            now=world.now,
        )
        learn(lead, Fact(FindingSection.HOT_BUTTON, "Flumtastic snorvels"), by=by, now=world.now)
        Task.objects.create(
            workspace=world.workspace, kind=TaskKind.RESEARCH, lead=lead, owner=world.ana,
            side=Side.PD, why="Find out about glorbwidgets", script="Dear Zyxwanda",
            made_at=world.now, due_at=world.now,
        )  # fmt: skip
        SavedView.objects.create(
            workspace=world.workspace, owner=world.mei, name="Zyxwanda Quorvath's",
            clause={"all": [{"field": "need", "operator": "contains", "value": MAIL}]},
        )  # fmt: skip
        words = PersonalText.objects.create(
            workspace=world.workspace, kind="mail", lead=lead, contact=her, body="Dear Zyxwanda",
            written_at=world.now,
        )  # fmt: skip
        Message.objects.create(
            workspace=world.workspace, kind=MessageKind.BY_HAND, lead=lead, contact=her, text=words,
            planned_at=world.now, not_before=world.now, smtp_reply=f"250 {MAIL} queued",
        )  # fmt: skip
        proof = Proof("1", "Letter of Z. Quorvath", wording="Write to me, Plimbert")
        agree(her, Purpose.EVENTS, proof, happened_at=world.now, now=world.now)
        suppress(her, SuppressionReason.DO_NOT_CALL, by=by, now=world.now)
    return her


def forget(world: World, contact: Contact) -> dict[str, int]:
    with world.as_worker():
        contact.refresh_from_db()
        order = Order(Actor.of(world.ada), ErasedBecause.ASKED)
        # Forms take the clock of the request, so the erasure comes after it.
        return erase(contact, order, now=datetime.now(UTC) + timedelta(days=1))


@pytest.fixture
def erased(world: World) -> tuple[World, Contact, list[tuple[object, ...]]]:
    """Return a world in which Zyxwanda was seeded and erased, and what reports counted before."""
    her = seed(world)
    assert len(hits(world)) > 15, "she is known in many places"
    before = counted(world)
    assert broken_in(world.workspace.id) == []
    forget(world, her)
    return world, her, before


def test_an_erased_person_is_found_nowhere_and_reports_count_as_before(
    erased: tuple[World, Contact, list[tuple[object, ...]]],
) -> None:
    world, her, before = erased
    assert hits(world) == []
    assert counted(world) == before
    assert broken_in(world.workspace.id) == []
    with world.inside():
        assert [one.contacts for one in Erasure.objects.of(world.workspace)] == [
            sorted(Contact.objects.of(world.workspace).exclude(erased_at=None)
                   .values_list("id", flat=True))
        ]  # fmt: skip
        bars = Suppression.objects.of(world.workspace).filter(reason=SuppressionReason.ERASED)
        assert {len(bar.address_hash) for bar in bars} == {64}
        neighbour = PersonalText.objects.of(world.workspace).get(body__contains="next door")
        assert neighbour.body == "[erased] sits next door, [erased], [erased]"
        lead = Lead.objects.of(world.workspace).filter(contact=her).order_by("id").first()
        assert lead is not None
        assert world.standing(lead).stage == Stage.DISQUALIFIED
    for address in (f"leads/{lead.id}/", f"contacts/{her.id}/", "leads/?q=quorvath", "leads.csv"):
        answer = world.client(world.ada).get(world.address(address))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        shown = body.decode().replace("quorvath", "") if "?q=" in address else body.decode()
        assert answer.status_code == 200, address
        assert not WORDS.search(shown), address
    forget(world, her)  # again: nothing more happens
    with world.inside():
        assert Erasure.objects.of(world.workspace).count() == 1
    ledger = (Path(settings.MEDIA_ROOT).parent / LEDGER).read_text()
    assert f'"{world.slug}"' in ledger


def test_an_erased_person_comes_in_by_no_door(
    erased: tuple[World, Contact, list[tuple[object, ...]]],
) -> None:
    """Files, forms and hands are told "an erased person"; nothing of it is stored."""
    world, _, _ = erased
    run = bring(world, FILE.replace("Fair,", "Web,"), name="again.csv")
    assert run.rejected == 2
    assert run.done_rows == 3
    assert not path_of(run).exists()
    hers = {"email": MAIL.title(), "given_name": "Zyxwanda", "need": "Snorvels"}
    other = {"email": "lou@brackpump.de", "given_name": "Lou", "need": "Drives"}
    pages = [Client().post(f"/f/talk-{world.slug}/", sent).status_code for sent in (hers, other)]
    assert len(set(pages)) == 1, "whoever types an address learns nothing of it"
    machine = {**hers, "homepage_2": "http://spam.example"}
    assert Client().post(f"/f/talk-{world.slug}/", machine).status_code == pages[0]
    junk = {**hers, "message": "http://a.example http://b.example [url=http://c.example]x[/url]"}
    assert Client().post(f"/f/talk-{world.slug}/", junk).status_code == pages[0]
    api = caller(world).post("leads", {"email": MAIL.upper(), "full_name": "Zyxwanda Quorvath"})
    assert (api.status_code, NOT_STORED in api.content.decode()) == (422, True)
    told = {"email": MAIL, "given_name": "Zyxwanda", "company": "Brackpump", "kind": "2"}
    answer = world.client(world.ana).post(world.address("leads/new/"), told, follow=True)
    assert NOT_STORED in answer.content.decode()
    told |= {"email": "", "phone": "+49 6421 7788991", "kind": str(int(TouchKind.LIST_ENTRY))}
    answer = world.client(world.ana).post(world.address("leads/new/"), told, follow=True)
    assert NOT_STORED in answer.content.decode()
    assert hits(world) == []
    with world.inside():
        refused = Receipt.objects.of(world.workspace).filter(reasons__contains=[NOT_STORED])
        assert {(one.payload, one.key) for one in refused} == {(None, None)}
        assert len(refused) == 4, "by form, by a form's traps, as junk, by the API"
        # A colleague behind the same number is welcome; the number is not called.
        sent = Sent("kim@brackpump.de", TouchKind.FORM, phone="+49 6421 7788991")
        came = capture(world.workspace, sent, now=world.now)
        kim = came.contact
        bars = Suppression.objects.of(world.workspace).filter(contact=kim)
        assert [bar.reason for bar in bars] == [SuppressionReason.DO_NOT_CALL]
    group, corrections = f"leads/{came.lead.id}/group/", f"contacts/{kim.id}/corrections/"
    for path, name in ((group, "part-email"), (corrections, "correction-email")):
        answer = world.client(world.ada).post(world.address(path), {name: MAIL})
        assert NOT_STORED in answer.content.decode()
    with world.inside():
        assert not Contact.objects.filter(email_key=MAIL.lower()).exists()


def test_a_shared_lead_goes_on_with_a_colleague(world: World) -> None:
    with world.inside():
        lead, other = world.captures("Zyxwanda Quorvath"), world.captures("Otto Brandt")
        GroupMember.objects.create(
            workspace=world.workspace, lead=lead, contact=other.contact, added_at=world.now
        )
        talk(world, lead)
        her = lead.contact
        assert her is not None
        object_to_profiling(her, objects=True, by=Actor.of(world.ada), now=world.now)
        Contact.objects.of(world.workspace).filter(id=her.id).update(email_key=MAIL, email=MAIL)
        note(lead, "Zyxwanda Quorvath asks for snorvels", by=Actor.of(world.ana), now=world.now)
    forget(world, her)
    with world.inside():
        lead.refresh_from_db()
        assert lead.contact_id == other.contact_id
        assert world.standing(lead).stage == Stage.INQUIRY, "the lead is Otto's now"
        assert not world.standing(lead).unscored, "it was she who objected to scores"
        assert not GroupMember.objects.of(world.workspace).filter(contact=her).exists()
    assert hits(world) == []


def test_what_was_delivered_keeps_its_verdict_and_loses_its_words(world: World) -> None:
    """S3-2: the frozen criteria stay met; the need they were met by is nobody's any more."""
    with world.inside():
        both_sign(world)
        lead = ready_lead(world, "Zyxwanda Quorvath")
        Lead.objects.of(world.workspace).filter(id=lead.id).update(need="Flumtastic drives")
        lead.refresh_from_db()
        made = deliver(lead, by=Actor.of(world.ana), now=world.now)
        assert "Flumtastic" in str(made.criteria)
        assert lead.contact
    before, lawful = counted(world), broken_in(world.workspace.id)
    forget(world, lead.contact)
    with world.inside():
        after = Delivery.objects.of(world.workspace).get(id=made.id)
        assert [reason["truth"] for reason in after.criteria["reasons"]] == [
            reason["truth"] for reason in made.criteria["reasons"]
        ]
        assert after.criteria["sentence"] == made.criteria["sentence"]
    assert counted(world) == before
    assert before[0][2] == 1, "it was delivered, and that is still counted"
    assert hits(world) == []
    assert broken_in(world.workspace.id) == lawful
