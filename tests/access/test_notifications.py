"""Colleagues are told: once each, in the inbox, and by mail as each chose (S2-17, S3-19)."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from leadfarm.access.actions.notifying import choose_mails, inbox_of
from leadfarm.access.models import Member, Notification
from leadfarm.access.notices import in_words, tell, tell_roles
from leadfarm.consent.clocks import clean
from leadfarm.intake.actions import Arrival, Sent, capture
from leadfarm.intake.codes import Door
from leadfarm.leads.actions import assigning
from leadfarm.leads.models import Lead
from leadfarm.leads.notices import tell_of_greetings
from leadfarm.outreach.actions import save_sender
from leadfarm.outreach.codes import MessageKind
from leadfarm.outreach.delivery.sending import send_due
from leadfarm.outreach.models import MailboxMail, Message
from leadfarm.rules.codes import Side, TouchKind
from leadfarm.rules.notifications import KEPT_FOR, ByMail, NotificationKind, digest_before
from tests.world import MONDAY, World

Kind = NotificationKind
MINUTE = timedelta(minutes=1)


def comes(world: World, at: datetime, kind: TouchKind, who: str = "vera") -> Lead:
    sent = Sent(
        email=f"{who}@nordpump.example", kind=kind, given_name=who.title(), family_name="Lind"
    )
    with world.inside():
        return capture(world.workspace, sent, Arrival(Door.FORM, "{}"), now=at).lead


def told(world: World, who: Member) -> list[tuple[Kind, str]]:
    with world.inside():
        rows = list(inbox_of(who).order_by("id"))
        words = in_words(world.workspace, rows)
        return [(Kind(row.kind), words[row.id].title) for row in rows]


def tick(world: World, at: datetime) -> int:
    with world.as_worker():
        return tell_of_greetings(world.workspace.id, at)


def test_s2_17_who_greets_is_told_when_it_is_due_and_when_it_is_late(world: World) -> None:
    evening = MONDAY.replace(hour=20)
    lead = comes(world, evening, TouchKind.FORM)
    greeter = [one for one in world.everybody().values() if one.id == due_of(world, lead)[1]]
    assert len(greeter) == 1
    due = due_of(world, lead)[0]
    assert tick(world, evening + MINUTE) == 0  # nobody is woken at night
    assert tick(world, due - timedelta(hours=4)) == 1
    assert tick(world, due - timedelta(hours=3)) == 0  # and told once
    assert tick(world, due + MINUTE) == 1
    names = [name for kind, name in told(world, greeter[0]) if kind is not Kind.LEAD_ASSIGNED]
    assert len(names) == 2
    assert names[0].startswith("Greet Vera Lind")
    assert names[1].endswith("still waits for a greeting")


def due_of(world: World, lead: Lead) -> tuple[datetime, int | None]:
    with world.inside():
        standing = world.standing(lead)
        assert standing.next_at is not None
        return standing.next_at, standing.next_owner_id


def test_s3_19_a_raised_hand_is_told_at_once_and_again_when_it_is_raised_again(
    world: World,
) -> None:
    at = MONDAY
    lead = comes(world, at, TouchKind.CONTACT_US)
    owner = due_of(world, lead)[1]
    assert tick(world, at + timedelta(seconds=5)) >= 1
    who = next(one for one in world.everybody().values() if one.id == owner)
    assert (Kind.HAND_RAISED, "Vera Lind (nordpump.example) asks for help now") in told(world, who)
    comes(world, at + 5 * MINUTE, TouchKind.CONTACT_US)
    tick(world, at + 6 * MINUTE)
    raised = [kind for kind, _ in told(world, who) if kind is Kind.HAND_RAISED]
    assert len(raised) == 2
    # The others of the house learn that a lead is theirs, but for whoever calls.
    with world.inside():
        rows = Notification.objects.of(world.workspace).filter(kind=Kind.LEAD_ASSIGNED)
        assert owner not in rows.values_list("member_id", flat=True)


def test_whoever_is_given_many_leads_is_told_once_how_many(world: World) -> None:
    with world.inside():
        leads = [world.captures(f"Vera{n} Lind").id for n in range(3)]
        those = assigning.Those("lead.id = ANY(%(these)s)", {"these": leads})
        to = assigning.Target(Side.SALES, member=world.dora.id)
        assigning.assign(world.workspace, those, to, by=assigning.Actor.of(world.mei), now=MONDAY)
    assert told(world, world.dora) == [(Kind.LEAD_ASSIGNED, "3 leads are yours now")]
    with world.as_worker():
        assert "notifications" not in clean(world.workspace, MONDAY + KEPT_FOR)
        assert clean(world.workspace, MONDAY + KEPT_FOR + MINUTE)["notifications"] == 1
    assert told(world, world.dora) == []
    with world.inside(firm=world.firm):  # a firm tells nobody behind its wall
        about = {"subject_id": leads[0], "happened_at": MONDAY, "now": MONDAY}
        tell(world.workspace.id, Kind.LEAD_ASSIGNED, [world.fred.id, world.ana.id], **about)
    assert len(told(world, world.fred)) == 1
    assert told(world, world.ana) == []


def test_mail_to_colleagues_goes_as_each_of_them_chose(world: World) -> None:
    workspace = world.workspace
    workspace.is_demo = True
    with world.inside():
        workspace.save(update_fields=["is_demo"])
        save_sender(
            workspace, name="Norrvik", address="hello@norrvik.example",
            postal_address="Hafen 1, Kiel",
        )  # fmt: skip
        choose_mails(world.mei, {Kind.WEBHOOK_FAILING: ByMail.OFF})
        choose_mails(world.dora, {Kind.WEBHOOK_FAILING: ByMail.DAILY})
        lead = world.captures()

    def happens(at: datetime) -> None:
        with world.inside():
            about = {"subject_id": lead.id, "happened_at": at, "now": at}
            tell_roles(workspace.id, Kind.WEBHOOK_FAILING, **about)
            tell(workspace.id, Kind.HAND_RAISED, [world.tomas.id], **about)

    def sent_at(at: datetime) -> list[int]:
        with world.as_worker():
            before = set(mails().values_list("id", flat=True))
            assert send_due(workspace, lambda: at).failed == 0
            return list(mails().exclude(id__in=before).values_list("member_id", flat=True))

    def mails() -> QuerySet[Message]:
        return Message.objects.of(workspace).filter(kind=MessageKind.TO_COLLEAGUE)

    happens(MONDAY)
    assert sorted(sent_at(MONDAY)) == sorted([world.tomas.id, world.ada.id])
    happens(MONDAY + MINUTE)  # what is urgent goes at once, the rest a little later
    assert sent_at(MONDAY + MINUTE) == [world.tomas.id]
    assert sent_at(MONDAY + 6 * MINUTE) == [world.ada.id]
    assert sent_at(MONDAY + timedelta(days=1)) == [world.dora.id]  # both, in one mail
    assert sent_at(MONDAY + timedelta(days=1)) == []
    with world.inside():
        here = MailboxMail.objects.of(workspace).filter(message__member=world.tomas)
        mail = here.earliest("id")
        assert mail.subject == "Vera Lind (Nordpump) asks for help now"
        assert f"/leads/{lead.id}/" in mail.text
        assert "/c/" not in mail.html  # nothing is tracked
        assert "List-Unsubscribe" not in mail.headers


def test_the_inbox_is_read_marked_and_taken_back(world: World) -> None:
    with world.inside():
        leads = [world.captures(f"Vera{n} Lind") for n in range(12)]
        for lead in leads[:3]:
            about = {"subject_id": lead.id, "happened_at": MONDAY, "now": MONDAY}
            tell(world.workspace.id, Kind.HAND_RAISED, [world.tomas.id], **about)
    client = world.client(world.tomas)
    client.get(world.address("notifications/"))
    with CaptureQueriesContext(connection) as few:
        page = client.get(world.address("notifications/")).content.decode()
    assert "3 unread" in page
    with world.inside():
        for lead in leads[3:]:
            about = {"subject_id": lead.id, "happened_at": MONDAY, "now": MONDAY}
            tell(world.workspace.id, Kind.HAND_RAISED, [world.tomas.id], **about)
        first = inbox_of(world.tomas).earliest("id")
    with CaptureQueriesContext(connection) as many:
        client.get(world.address("notifications/"))
    assert len(few) == len(many)
    with world.inside():
        rows = inbox_of(world.tomas)
        rows.filter(id=first.id).update(told_at=MONDAY + timedelta(minutes=1))
        second = rows.exclude(id=first.id).latest("id").id
    page = client.get(world.address("notifications/")).content.decode()
    told = [int(each) for each in re.findall(r"notifications/(\d+)/\"", page)]
    assert list(dict.fromkeys(told))[:2] == [first.id, second]
    page = client.get(world.address(f"notifications/?before={second}")).content.decode()
    assert f"notifications/{first.id}/" not in page
    assert f"notifications/{second - 1}/" in page
    answer = client.post(world.address(f"notifications/{first.id}/"))
    assert answer["Location"].endswith(f"/leads/{leads[0].id}/")
    assert unread(world) == 11
    client.post(world.address(f"notifications/{first.id}/read/"), {"read": "no"})
    assert unread(world) == 12
    page = client.post(world.address("notifications/read/"), follow=True).content.decode()
    assert unread(world) == 0
    found = re.search(r'action="([^"]*/unread/[^"]*)"', page)
    assert found, "No way back is offered."
    client.post(found[1].replace("&amp;", "&"))
    assert unread(world) == 12
    other = world.client(world.ana)
    assert other.post(world.address(f"notifications/{first.id}/")).status_code == 404
    chosen = {"hand-raised": "3", "greet-due": "2", "greet-overdue": "1"}
    more = {"lead-assigned": "2", "leads-imported": "2"}
    client.post(world.address("settings/notifications/"), chosen | more)
    page = client.get(world.address("settings/notifications/")).content.decode()
    assert '<option value="3" selected>' in page
    assert "webhook" not in page.partition("<main")[2]  # no rep's business


def unread(world: World) -> int:
    with world.inside():
        return inbox_of(world.tomas).filter(read_at=None).count()


def test_a_digest_belongs_to_the_last_working_morning() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    at = datetime(2026, 3, 2, 8, 59, tzinfo=berlin)  # Monday, before work
    friday = datetime(2026, 2, 27, 9, 0, tzinfo=berlin)
    assert digest_before(at, time(9)) == friday
    assert digest_before(at + 2 * MINUTE, time(9)) == datetime(2026, 3, 2, 9, tzinfo=berlin)
    assert digest_before(at - timedelta(days=1), time(9)) == friday
