"""A lead by hand is matched as files and forms are (S1-4); a firm is told nothing (law 9)."""

from datetime import timedelta

import pytest

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import put_to_sleep
from leadfarm.leads.actions.by_hand import Entered, enter_by_hand
from leadfarm.leads.actions.written import Written
from leadfarm.leads.models import Contact, GroupMember, Lead, PersonalText, StageChange, Touch
from leadfarm.rules.codes import DormantReason, RecheckRule, Side, TouchKind
from leadfarm.rules.names import normal_phone
from leadfarm.rules.stages import Stage
from tests.world import World

PHONE = "+46 8 123 456 78"


def entered(world: World, **told: object) -> Entered:
    by = Actor.of(world.ana)
    return enter_by_hand(
        world.workspace, Written(**told), (Side.PD, world.ana.id), by=by, now=world.now
    )


def given_a_number(world: World, lead: Lead) -> None:
    key = normal_phone(PHONE, world.workspace.country)
    Contact.objects.of(world.workspace).filter(id=lead.contact_id).update(
        phone=PHONE, phone_key=key
    )


def asleep(world: World, lead: Lead) -> None:
    put_to_sleep(
        lead,
        to=Stage.DORMANT,
        reason=DormantReason.NO_RESPONSE,
        rule=RecheckRule.ON_DATE,
        on=(world.now + timedelta(days=200)).date(),
        by=Actor.of(world.ana),
        now=world.now,
    )


def test_s1_4_a_number_and_a_name_find_the_person(inside: World) -> None:
    lead = inside.captures("Vera Lind")
    given_a_number(inside, lead)
    again = entered(inside, given_name="VERA", family_name="Lind", phone="+46 8 12345678")
    assert (again.lead.id, again.is_new) == (lead.id, False)
    colleague = entered(inside, given_name="Ola", family_name="Berg", phone=PHONE)
    assert colleague.lead.contact_id != lead.contact_id


def test_s1_4_a_company_and_a_name_find_the_person(inside: World) -> None:
    first = entered(inside, given_name="Ida", family_name="Pons", company="Tessmer GmbH")
    again = entered(inside, given_name="Ida", family_name="Pons", company="tessmer")
    assert (again.lead.id, again.is_new) == (first.lead.id, False)


def test_s1_4_a_number_of_another_system_is_one_lead(inside: World) -> None:
    first = entered(inside, given_name="Ida", family_name="Pons", external_id="X-1")
    again = entered(inside, external_id="X-1")
    other = entered(inside, given_name="Ida", family_name="Pons", external_id="X-2")
    assert again.lead.id == first.lead.id
    assert other.is_new
    assert other.lead.external_id == "X-2"


@pytest.mark.parametrize("kind", [TouchKind.CALL_IN, TouchKind.LIST_ENTRY])
def test_s1_4_a_dormant_lead_wakes_when_they_ask(inside: World, kind: TouchKind) -> None:
    lead = inside.captures()
    asleep(inside, lead)
    assert lead.contact is not None
    again = entered(inside, email=lead.contact.email, kind=kind)
    assert again.lead.id == lead.id
    stage = Stage.INQUIRY if kind.is_inquiry else Stage.DORMANT
    assert inside.standing(lead).stage == stage


def test_s1_4_the_reason_stands_on_the_record(world: World) -> None:
    with world.inside():
        lead = world.captures()
        assert lead.contact is not None
        new = entered(world, given_name="Nils", family_name="Dahl")
        joined = entered(world, email=lead.contact.email)
        because = StageChange.objects.of(world.workspace).get(lead_id=new.lead.id).because
    assert because == "Contact us: First touch of this contact"
    client = world.client(world.ana)
    assert new.reason in client.get(world.address(f"leads/{new.lead.id}/")).content.decode()
    page = client.get(world.address(f"leads/{joined.lead.id}/")).content.decode()
    assert joined.reason in page.replace("&#x27;", "'")


def handed_in(world: World, told: dict[str, str]) -> tuple[str, str]:
    """Return where a firm's member is led, and the page they see."""
    told = {"kind": str(TouchKind.CONTACT_US.value), **told}
    answer = world.client(world.fred).post(world.address("leads/new/"), told, follow=True)
    assert answer.status_code == 200
    return answer.redirect_chain[-1][0], answer.content.decode()


def test_law_9_a_firm_gets_one_answer_whoever_they_enter(world: World) -> None:
    with world.inside():
        hidden, sleeper = world.captures("Vera Lind"), world.captures("Ida Pons")
        given_a_number(world, hidden)
        asleep(world, sleeper)
        assert hidden.contact is not None
        assert sleeper.contact is not None
    answers = {
        handed_in(world, told)[0]
        for told in (
            {"email": hidden.contact.email},
            {"email": sleeper.contact.email, "need": "Pumps"},
            {"email": "nobody@new.example", "given_name": "No", "family_name": "Body"},
            {"given_name": "Vera", "family_name": "Lind", "phone": PHONE},
            {"given_name": "Other", "phone": PHONE, "company": "Nordpump"},
        )
    }
    assert answers == {world.address("leads/")}
    with world.inside(firm=world.firm):
        assert not Lead.objects.of(world.workspace).exists()
        assert not Contact.objects.of(world.workspace).exists()
    with world.inside():
        assert world.standing(sleeper).stage == Stage.INQUIRY
        told = Touch.objects.of(world.workspace).filter(member_id=world.fred.id, lead=hidden)
        assert told.filter(kind=TouchKind.CONTACT_US).count() == 2
        new = Lead.objects.of(world.workspace).get(contact__email_key="nobody@new.example")
        assert "Rivet" in world.standing(new).next_why


def test_law_9_a_firm_is_shown_its_own_lead_and_joins_nobody_unseen_to_it(world: World) -> None:
    with world.inside():
        theirs = world.captures("Ida Pons", of="Tessmer", firm=world.firm)
        hidden = world.captures("Vera Lind", of="Elsewhere")
        Contact.objects.of(world.workspace).filter(id=hidden.contact_id).update(
            account_id=theirs.account_id
        )
        assert theirs.contact is not None
        assert hidden.contact is not None
    where, _ = handed_in(world, {"email": theirs.contact.email})
    assert where == world.address(f"leads/{theirs.id}/")
    where, _ = handed_in(world, {"email": hidden.contact.email, "company": "Tessmer"})
    assert where == world.address("leads/")
    with world.inside():
        assert not GroupMember.objects.of(world.workspace).filter(lead=theirs).exists()
        texts = PersonalText.objects.of(world.workspace).filter(lead=theirs, kind="note")
        assert texts.count() == 1


def test_a_phone_number_that_is_none_is_said_and_makes_nobody(world: World) -> None:
    browser, page = world.client(world.ana), world.address("leads/new/")
    told = {"phone": "abc", "kind": str(TouchKind.CALL_IN.value)}
    assert "Name a person or a company" in browser.post(page, told).content.decode()
    answer = browser.post(page, {**told, "given_name": "Vera"}, follow=True)
    assert "“abc” is no phone number" in answer.content.decode()
    assert "abc (no phone number)" in answer.content.decode()
    assert "tel:None" not in answer.content.decode()
