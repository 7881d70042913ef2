"""Companies, their buying group, and the complete history of contacts (S3-16, S4-13, S4-14)."""

import csv
import json
from datetime import timedelta
from io import StringIO

import pytest

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import record_touch
from leadfarm.leads.actions.describing import describe_account
from leadfarm.leads.actions.grouping import Part, set_part
from leadfarm.leads.models import Account, Contact, Finding, GroupMember, Lead, ProfileFact, Touch
from leadfarm.leads.queries.dossier import dossier_of
from leadfarm.qualification.readiness import judge_lead
from leadfarm.rules.clauses import FieldTest, all_of
from leadfarm.rules.codes import BuyingRole, Direction, TouchKind
from leadfarm.rules.dossier.codes import Influence, Stance
from leadfarm.rules.dossier.frames import BANT
from leadfarm.rules.profile.codes import ProfileField
from tests.queries import assert_constant_queries
from tests.world import World

ECONOMIC = Part(BuyingRole.ECONOMIC_BUYER, Stance.FOR_US, Influence.HIGH)


@pytest.fixture
def lead(world: World) -> Lead:
    """A lead of Nordpump, where Ole decides."""
    with world.inside():
        lead = world.captures()
        ole = Contact.objects.create(
            workspace=world.workspace,
            account_id=lead.account_id,
            given_name="Ole",
            family_name="Brandt",
            job_title="CFO",
            recorded_at=world.now,
        )
        set_part(lead, ole, ECONOMIC, by=Actor.of(world.ana), now=world.now)
    return lead


def test_s3_16_the_group_knows_who_plays_which_part_now_and_then(world: World, lead: Lead) -> None:
    asked = all_of(FieldTest("buying_roles", "has_all", ("economic-buyer",)))
    with world.inside():
        assert judge_lead(lead, asked, now=world.now).met
        keys = dossier_of(lead, world.now, "EUR").keys
        assert [part.label for part in BANT.gaps(keys)] == ["Budget", "Need", "Timing"]
        assert Finding.objects.of(world.workspace).count() == 3
        ole = Contact.objects.of(world.workspace).get(given_name="Ole")
        set_part(lead, ole, ECONOMIC, by=Actor.of(world.ana), now=world.now)
        assert Finding.objects.of(world.workspace).count() == 3
        later = world.now + timedelta(days=1)
        set_part(lead, ole, Part(stance=Stance.AGAINST), by=Actor.of(world.ana), now=later)
        assert not judge_lead(lead, asked, now=later).met
        member = GroupMember.objects.of(world.workspace).get(contact=ole)
        assert (member.role, member.stance, member.influence) == (None, Stance.AGAINST, None)
        assert "Authority" in [p.label for p in BANT.gaps(dossier_of(lead, later, "EUR").keys)]
    page = world.client(world.tomas).get(world.address(f"accounts/{lead.account_id}/"))
    assert b"No economic buyer is known" in page.content
    assert b"Against" in page.content


def test_s3_16_a_part_is_said_on_the_lead_page_also_of_somebody_new(
    world: World, lead: Lead
) -> None:
    client, group = world.client(world.ana), world.address(f"leads/{lead.id}/group/")
    new = {"part-given_name": "Kim", "part-email": "Kim@Nordpump.example", "part-role": 1}
    page = client.post(group, new, follow=True)
    assert b"Champion" in page.content
    with world.inside():
        kim = Contact.objects.of(world.workspace).get(email_key="kim@nordpump.example")
        assert kim.account_id == lead.account_id
    assert b"Pick somebody" in client.post(group, {"part-role": 1}, follow=True).content
    with world.inside():
        stranger = world.captures("Sven Berg", of="Elsewhere").contact_id
    refused = client.post(group, {"part-contact": stranger, "part-role": 1}, follow=True)
    assert b"Select a valid choice" in refused.content


def test_s4_14_a_value_of_the_profile_says_who_and_when(world: World, lead: Lead) -> None:
    page = world.address(f"accounts/{lead.account_id}/")
    told = {"name": "Nordpump", "industry": "Pumps", "sector": 1, "employees": 120, "country": "DE"}
    client = world.client(world.ana)
    client.post(f"{page}profile/", told)
    shown = client.get(page).content
    assert b"50 to 249" in shown
    assert b"Machinery" in shown
    with world.inside():
        account = Account.objects.of(world.workspace).get(id=lead.account_id)
        assert (account.sector, account.employees, account.country) == (1, 120, "DE")
        facts = ProfileFact.objects.of(world.workspace).filter(account=account)
        kept = {fact.field: (fact.value_number, fact.value_code) for fact in facts}
        assert kept[ProfileField.EMPLOYEES] == (120, "")
        assert kept[ProfileField.COUNTRY] == (None, "DE")
        assert {fact.member_id for fact in facts} == {world.ana.id}
        same = {"name": "Nordpump", "employees": 120}
        assert describe_account(account, same, by=Actor.of(world.ana), now=world.now) == []

    listed = client.get(world.address("accounts/?q=nordp")).content
    assert b"Nordpump" in listed
    for asked in ("works", "pump works", lead.contact.family_name):
        found = client.get(world.address("accounts/"), {"q": asked}).content
        assert (b"Nordpump" in found) is (asked == lead.contact.family_name), asked
    assert b"Nordpump" in client.get(world.address("leads/?q=nordpump")).content
    assert b"No company is found by that" in client.get(world.address("accounts/?q=zzz")).content


def test_s4_13_every_touch_is_on_the_timeline_and_in_the_file(world: World, lead: Lead) -> None:
    """Mail, phone, web and event, both directions; what came in late too."""
    with world.inside():
        for number, kind in enumerate(TouchKind):
            at = world.now - timedelta(hours=7 * (number % 11))
            record_touch(
                lead, kind, happened_at=at, now=world.now, actor=Actor.of(world.ana),
                said="=SUM(A1) about pumps" if kind is TouchKind.CALL else "",
            )  # fmt: skip
        touches = set(Touch.objects.of(world.workspace).values_list("id", flat=True))
    client, page = world.client(world.ana), world.address(f"leads/{lead.id}/")
    assert touches == _all_on(client, page)
    rows = list(csv.reader(StringIO(_body(client.get(f"{page}history.csv")))))
    assert {int(row[0]) for row in rows[1:]} == touches
    assert {row[7] for row in rows[1:]} == {one.name.lower() for one in Direction}
    assert "'=SUM(A1) about pumps" in {row[-1] for row in rows}
    whole = json.loads(
        client.get(world.address(f"contacts/{lead.contact_id}/history.json")).content
    )
    assert {row["touch"] for row in whole} == touches
    assert client.get(f"{page}history.pdf").status_code == 404
    calls = {int(TouchKind.CALL), int(TouchKind.CALL_IN)}
    with world.inside():
        phoned = Touch.objects.of(world.workspace).filter(kind__in=calls)
        by_phone = set(phoned.values_list("id", flat=True))
    assert _all_on(client, f"{page}?group=phone") == by_phone
    assert len(_all_on(client, f"{page}?words=pumps")) == 1
    assert (
        _all_on(client, f"{page}?way=in&since={world.now:%Y-%m-%d}&member={world.tomas.id}")
        == set()
    )
    assert client.get(f"{page}?since=x&member=-1&group=zzz&before=9999999").status_code == 200


def _all_on(client, page: str) -> set[int]:  # type: ignore[no-untyped-def]
    """Every touch the timeline shows, page after page."""
    seen: set[int] = set()
    mark, before = ("&" if "?" in page else "?"), ""
    while before is not None:
        timeline = client.get(f"{page}{before}").context["timeline"]
        items = [item for chapter in timeline.chapters for item in chapter.items]
        seen |= {e.id for item in items for e in (getattr(item, "events", None) or [item])}
        before = f"{mark}before={timeline.older}" if timeline.older else None  # type: ignore[assignment]
    return seen


def _body(answer) -> str:  # type: ignore[no-untyped-def]
    return b"".join(answer.streaming_content).decode()


def test_the_wall_of_a_firm_holds_on_companies_too(world: World, lead: Lead) -> None:
    fred, page = world.client(world.fred), world.address(f"accounts/{lead.account_id}/")
    assert fred.get(page).status_code == 404
    assert b"Nordpump" not in fred.get(world.address("accounts/")).content
    with world.inside():
        Lead.objects.of(world.workspace).filter(id=lead.id).update(firm_id=world.firm.id)
    assert fred.get(page).status_code == 200
    assert fred.get(world.address(f"leads/{lead.id}/history.csv")).status_code == 200


def test_a_company_takes_as_many_queries_however_much_hangs_on_it(world: World, lead: Lead) -> None:
    def grow() -> None:
        with world.inside():
            for number in range(3):
                other = world.captures(f"Person {number}")
                Contact.objects.of(world.workspace).filter(id=other.contact_id).update(
                    account_id=lead.account_id
                )
                Lead.objects.of(world.workspace).filter(id=other.id).update(
                    account_id=lead.account_id
                )

    client = world.client(world.ana)
    assert_constant_queries(client, world.address(f"accounts/{lead.account_id}/"), grow)
    assert_constant_queries(client, world.address("accounts/?sort=new"), grow)
