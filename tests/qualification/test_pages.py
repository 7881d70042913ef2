"""The Agreement and the verdicts as each side opens them, without JavaScript."""

from typing import Any

import pytest

from leadfarm.access.actors import Actor
from leadfarm.leads.models import Lead
from leadfarm.qualification.actions import accept, deliver, propose
from leadfarm.qualification.actions.agreeing import draft
from leadfarm.qualification.models import Definition, Verdict
from leadfarm.qualification.readiness import in_force
from leadfarm.rules.agreement import FIRST_CRITERIA, PROMISES, Promises
from leadfarm.rules.stages import Stage
from tests.qualification.conftest import agree, ready_lead, talk
from tests.world import World

DRAFT = {
    "joined": "all",
    "how-A": "all",
    "row-0-group": "A",
    "row-0-field": "budget",
    "row-0-operator": "is_known",
    "reason": "Budget first",
    **{name: str(getattr(Promises(), name)) for name in PROMISES},
}


def read(world: World, who: Any, path: str) -> str:
    """Return a page as text; it must be there."""
    answer = world.client(who).get(world.address(path))
    assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("Location"))
    return answer.content.decode()


def post(world: World, who: Any, path: str, **data: str) -> str:
    """Send a form and return the page that follows."""
    answer = world.client(who).post(world.address(path), data, follow=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def a_lead(world: World, *, at: str = "ready") -> Lead:
    """Return a lead that meets the definition in force; delivered or accepted where asked."""
    with world.inside():
        if in_force(world.workspace.id) is None:
            agree(world)
        lead = ready_lead(world)
        if at in ("delivered", "accepted"):
            deliver(lead, by=Actor.of(world.ana), now=world.now)
        if at == "accepted":
            accept(lead, by=world.tomas, now=world.now)
            talk(world, lead, minutes=60, by="tomas")
    return lead


def stage_of(world: World, lead: Lead) -> Stage:
    """Return where the lead stands."""
    with world.inside():
        return Stage(world.standing(lead).stage)


def test_s3_8_an_agreement_is_written_and_signed_in_the_browser(world: World) -> None:
    assert "Nothing is agreed yet" in read(world, world.mei, "agreement/")
    assert "the need is known" in read(world, world.mei, "agreement/draft/")
    page = post(world, world.mei, "agreement/draft/", then="propose", **DRAFT)
    assert "Sign for marketing" in page
    assert "Sign for sales" in read(world, world.tomas, "agreement/")
    for nobody in (world.ana, world.dora, world.ada, world.fred):
        assert "Sign for" not in read(world, nobody, "agreement/")
    assert "waits for a signature" in post(world, world.mei, "agreement/1/signature/")
    page = post(world, world.tomas, "agreement/1/signature/")
    assert "it is in force" in page
    assert "In force" in page
    with world.inside():
        assert in_force(world.workspace.id) is not None


def test_s3_8_the_next_version_says_what_it_changes(world: World) -> None:
    with world.inside():
        agree(world)
        made = draft(
            world.workspace.id,
            FIRST_CRITERIA,
            Promises(accept_hours=4),
            by=world.mei,
            now=world.now,
        )
        propose(made, by=world.mei, now=world.now)
    assert "Version 2 waits for signatures" in read(world, world.tomas, "agreement/")
    page = read(world, world.tomas, "agreement/2/")
    assert "Added: fit is B or better." in page
    assert "within 4 working hours" in page
    assert "<del>budget is known</del>" in page
    assert "Added: the need is known" not in page


def test_a_row_can_be_added_to_the_draft_without_javascript(world: World) -> None:
    answer = world.client(world.mei).post(
        world.address("agreement/draft/"), {**DRAFT, "press": "add-A"}
    )
    assert b"row-1-field" in answer.content
    with world.inside():
        assert not Definition.objects.of(world.workspace).exists()


def test_the_counts_are_a_page_of_their_own(world: World) -> None:
    a_lead(world)
    page = read(world, world.mei, "agreement/1/leads/")
    assert "Of 1 open leads, <b>1</b> meet all" in page


def test_s3_7_the_lead_page_shows_met_unmet_unknown(world: World) -> None:
    with world.inside():
        agree(world)
        lead = world.captures()
    page = read(world, world.ana, f"leads/{lead.id}/")
    assert "Version 1 of the definition, now" in page
    assert "nothing known" in page
    answer = post(world, world.ana, f"leads/{lead.id}/delivery/")
    assert "Missing: " in answer
    assert stage_of(world, lead) is Stage.INQUIRY


def test_law_4_delivery_cannot_be_pressed_while_criteria_are_missing(world: World) -> None:
    lead = a_lead(world)
    path = f"leads/{lead.id}/delivery/"
    assert 'aria-disabled="true"' not in read(world, world.ana, path)
    with world.inside():
        unready = world.captures("Nils Berg", need="Quieter drives")
        talk(world, unready)
    page = read(world, world.ana, f"leads/{unready.id}/delivery/")
    assert "One criterion is missing" in page
    assert 'type="button" aria-disabled="true" aria-describedby="why-not"' in page


def test_s3_2_deliver_and_accept_in_the_browser(world: World) -> None:
    lead = a_lead(world)
    assert "Deliver" in read(world, world.ana, f"leads/{lead.id}/")
    assert "Budget is known" in read(world, world.ana, f"leads/{lead.id}/delivery/")
    assert "Delivered to Tomas Okafor" in post(world, world.ana, f"leads/{lead.id}/delivery/")
    page = read(world, world.tomas, f"leads/{lead.id}/acceptance/")
    assert "Criteria as they were at delivery" in page
    page = post(world, world.tomas, f"leads/{lead.id}/acceptance/", text="Looks right")
    assert "Accepted; the first conversation is planned" in page
    late = post(world, world.dora, f"leads/{lead.id}/acceptance/")
    assert "accepted by Tomas Okafor" in late
    assert stage_of(world, lead) is Stage.ACCEPTED


def test_s3_2_the_rejection_form_shows_what_was_frozen(world: World) -> None:
    lead = a_lead(world, at="delivered")
    page = read(world, world.tomas, f"leads/{lead.id}/rejection/")
    for words in ("Criteria as they were at delivery", "Misrouted", "Faulty record", "budget is"):
        assert words in page
    assert page.count('name="reason"') == 3
    wrong = post(world, world.tomas, f"leads/{lead.id}/rejection/", reason="3")
    assert "which of the frozen criteria" in wrong
    words = {"reason": "3", "criterion": "2", "text": "There is no budget line"}
    post(world, world.tomas, f"leads/{lead.id}/rejection/", **words)
    assert stage_of(world, lead) is Stage.NURTURING


def test_s0_11_marketing_reads_the_words_unedited_at_once(world: World) -> None:
    lead = a_lead(world, at="delivered")
    words = {"reason": "2", "text": "The number is a fax <b>machine</b>"}
    post(world, world.tomas, f"leads/{lead.id}/rejection/", **words)
    page = read(world, world.mei, f"leads/{lead.id}/")
    assert "The number is a fax &lt;b&gt;machine&lt;/b&gt;" in page
    assert "Tomas Okafor" in page
    assert "Faulty record".lower() in page


def test_the_thread_in_the_browser_to_the_order(world: World) -> None:
    lead = a_lead(world, at="accepted")
    fields = {"amount": "48000", "close_on": "2027-12-01", "forecast": "2"}
    assert "an opportunity now" in post(
        world, world.tomas, f"leads/{lead.id}/qualification/", **fields
    )
    assert "48,000" in read(world, world.tomas, f"leads/{lead.id}/")
    post(
        world,
        world.tomas,
        f"leads/{lead.id}/loss/",
        reason="1",
        vendor="Kolmar",
        rule="2",
        months="6",
    )
    assert stage_of(world, lead) is Stage.LOST
    post(world, world.tomas, f"leads/{lead.id}/reopening/", because="Kolmar withdrew")
    post(world, world.tomas, f"leads/{lead.id}/win/", amount="51000")
    assert stage_of(world, lead) is Stage.WON


@pytest.mark.parametrize("noun", ["recycling", "disqualification"])
def test_s0_5_recycle_and_disqualify_are_pages_of_their_own(world: World, noun: str) -> None:
    lead = a_lead(world, at="accepted")
    assert "Budget frozen" in read(world, world.tomas, f"leads/{lead.id}/recycling/")
    fields = {"reason": "1", "wake_on": "2030-01-07", "rule": "2", "months": "12"}
    post(world, world.tomas, f"leads/{lead.id}/{noun}/", **fields)
    wanted = {"recycling": Stage.NURTURING, "disqualification": Stage.DISQUALIFIED}
    assert stage_of(world, lead) is wanted[noun]
    with world.inside():
        assert Verdict.objects.of(world.workspace).count() == 2


def test_each_role_has_its_own_verbs(world: World) -> None:
    lead = a_lead(world, at="delivered")
    assert "not for a marketer" in post(world, world.mei, f"leads/{lead.id}/acceptance/")
    ready = a_lead(world)
    assert "not for a sales rep" in post(world, world.tomas, f"leads/{ready.id}/delivery/")
    assert stage_of(world, lead) is Stage.SALES_READY
    assert stage_of(world, ready) is Stage.INQUIRY
