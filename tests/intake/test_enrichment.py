"""Enrichment fills blanks only, by set, and every value keeps its origin (S1-10)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leadfarm.access.models import Workspace
from leadfarm.intake.enrichment.rates import fill_rates
from leadfarm.intake.enrichment.running import enrich
from leadfarm.leads.models import Account, Contact, Lead, ProfileFact
from leadfarm.qualification.readiness import judge_lead
from leadfarm.rules.clauses import FieldTest, all_of
from leadfarm.rules.codes import Confidence
from leadfarm.rules.profile.codes import Department, ProfileField, Seniority
from leadfarm.rules.profile.sectors import Sector
from tests.world import World


@pytest.fixture
def people(world: World) -> World:
    """Vera with a title and a German number, Ole with a department somebody told, Kim with none."""
    with world.inside():
        for name, changes in {
            "Vera Lind": {"job_title": "Leiterin Einkauf", "phone_key": "+4930901820"},
            "Ole Dahl": {"job_title": "Head of IT", "department": int(Department.OPERATIONS)},
            "Kim Roe": {"job_title": "Wizard"},
        }.items():
            lead = world.captures(name)
            Contact.objects.of(world.workspace).filter(id=lead.contact_id).update(**changes)
            domain = f"pumpen-{lead.id}.fr"
            Account.objects.of(world.workspace).filter(id=lead.account_id).update(
                industry="Maschinenbau", domain=domain, name=domain
            )
    return world


def test_blanks_are_filled_and_what_somebody_told_stays(people: World) -> None:
    world = people
    with world.as_worker():
        done = enrich(world.workspace, world.now)
        assert done["looked at"] == 6
        assert enrich(world.workspace, world.now) == {"looked at": 0, "filled": 0}
    with world.inside():
        contacts = Contact.objects.of(world.workspace)
        vera, ole, kim = (contacts.get(given_name=name) for name in ("Vera", "Ole", "Kim"))
        told = (vera.seniority, vera.department, vera.country)
        assert told == (Seniority.HEAD, Department.PURCHASING, "DE")
        assert (ole.seniority, ole.department) == (Seniority.HEAD, Department.OPERATIONS)
        assert (kim.seniority, kim.department, kim.country) == (None, None, "")
        account = Account.objects.of(world.workspace).get(id=vera.account_id)
        assert (account.sector, account.country) == (Sector.MACHINERY, "FR")
        assert account.name.startswith("Pumpen")
        facts = ProfileFact.objects.of(world.workspace)
        origin = facts.get(contact_id=vera.id, field=ProfileField.SENIORITY)
        assert (origin.source, origin.confidence) == ("offline", Confidence.MEDIUM)
        assert origin.value_code == str(Seniority.HEAD.value)
        assert not facts.filter(contact_id=ole.id, field=ProfileField.DEPARTMENT).exists()
        assert facts.count() == done["filled"]
        rates = {(rate.company, rate.field): rate for rate in fill_rates(world.workspace)}
        department = rates[False, ProfileField.DEPARTMENT]
        assert (department.known, department.filled, department.total) == (2, 1, 3)
        assert (round(department.before, 2), round(department.after, 2)) == (0.33, 0.67)
    page = world.client(world.mei).get(world.address("enrichment/"))
    assert b"Department" in page.content
    assert world.client(world.ana).get(world.address("enrichment/")).status_code == 403


def test_a_changed_title_is_read_again_and_clauses_ask_for_it(people: World) -> None:
    world = people
    with world.as_worker():
        enrich(world.workspace, world.now)
    with world.inside():
        kim = Contact.objects.of(world.workspace).filter(given_name="Kim")
        kim.update(job_title="VP Ops")
    with world.as_worker():
        assert enrich(world.workspace, world.now)["looked at"] == 1
    asked = all_of(
        FieldTest("seniority", "at_least", "director"),
        FieldTest("department", "is", "operations"),
        FieldTest("sector", "one_of", ("machinery", "metal")),
    )
    with world.inside():
        lead = Lead.objects.of(world.workspace).get(contact_id=kim.get().id)
        assert judge_lead(lead, asked, now=world.now).met


def test_who_switched_it_off_or_objects_is_left_alone(people: World) -> None:
    world = people
    with world.inside():
        Contact.objects.of(world.workspace).filter(given_name="Vera").update(no_profiling=True)
        Workspace.objects.filter(id=world.workspace.id).update(enriches=False)
    with world.as_worker():
        assert enrich(Workspace.objects.get(id=world.workspace.id), world.now)["filled"] == 0
        enrich(world.workspace, world.now)
    with world.inside():
        vera = Contact.objects.of(world.workspace).get(given_name="Vera")
        assert (vera.seniority, vera.enriched_at) == (None, None)


def test_many_take_as_many_statements_as_one(people: World) -> None:
    world = people
    with world.inside():
        for number in range(20):
            world.captures(f"Person {number}")
    with world.as_worker(), CaptureQueriesContext(connection) as counted:
        assert enrich(world.workspace, world.now)["looked at"] == 46
    assert len(counted) < 16
