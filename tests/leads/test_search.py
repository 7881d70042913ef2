"""Leads are found by what people type: beginnings of words, ids and numbers (HOT-PATHS 1)."""

import pytest

from leadfarm.leads.actions import index_words
from leadfarm.leads.models import Contact, Lead
from leadfarm.leads.queries.listing import words
from tests.world import World


@pytest.fixture
def leads(world: World) -> dict[str, Lead]:
    with world.inside():
        made = {
            "ines": world.captures("Ines Hallbauer", of="Tessmer Pumps"),
            "nuria": world.captures("Núria Pons", of="Castellan"),
            "ida": world.captures("Ida Pons", of="Tessmer"),
        }
        lead = made["ida"]
        lead.external_id = "CRM-00417"
        lead.save()
        index_words(lead)
    return made


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("hallb", {"ines"}),
        ("HALLBAUER", {"ines"}),
        ("nuria", {"nuria"}),
        ("pons tess", {"ida"}),
        ("tess", {"ines", "ida"}),
        ("CRM-00417", {"ida"}),
        ("crm 417", set()),
        ("ines@tess", {"ines"}),
        ("pons hallbauer", set()),
        ("§§§", set()),
    ],
)
def test_words_find_their_leads(
    world: World, leads: dict[str, Lead], typed: str, wanted: set[str]
) -> None:
    answer = world.client(world.mei).get(world.address("leads/"), {"q": typed})
    found = {row.id for row in answer.context["rows"]}
    assert found == {leads[name].id for name in wanted}


def test_an_exact_address_comes_first_and_leads_to_the_next_page(world: World) -> None:
    with world.inside():
        many = [world.captures(f"Vera Lind{n}", of="Alder") for n in range(3)]
        Contact.objects.filter(id=many[0].contact_id).update(
            email="vera.lind@alder.example", email_key="vera.lind@alder.example"
        )
        for lead in many[1:]:
            key = f"vera.lind@alder.example-{lead.id}.example"
            Contact.objects.filter(id=lead.contact_id).update(email=key, email_key=key)
        for lead in many:
            index_words(Lead.objects.get(id=lead.id))
    client = world.client(world.mei)
    for sort in ("heat", "-heat", "entered", "-entered", "account"):
        typed = {"q": "Vera.Lind@alder.example", "sort": sort}
        rows = client.get(world.address("leads/"), typed).context["rows"]
        assert len(rows) == 3, sort
        assert rows[0].id == many[0].id, sort


@pytest.mark.parametrize("typed", ["+49 30 901820", "0049 (30) 9018", "030/901820", "4930901820"])
def test_a_telephone_number_is_found_as_people_write_it(world: World, typed: str) -> None:
    with world.inside():
        lead = world.captures("Ines Hallbauer", of="Tessmer Pumps")
        Contact.objects.filter(id=lead.contact_id).update(phone_key="+4930901820")
        index_words(Lead.objects.get(id=lead.id))
    rows = world.client(world.mei).get(world.address("leads/"), {"q": typed}).context["rows"]
    assert [row.id for row in rows] == [lead.id]


def test_a_number_finds_its_lead_however_it_is_written(
    world: World, leads: dict[str, Lead]
) -> None:
    number = leads["nuria"].id
    client = world.client(world.mei)
    for typed in (str(number), f"L-{number}", f"l{number} "):
        rows = client.get(world.address("leads/"), {"q": typed}).context["rows"]
        assert number in {row.id for row in rows}


def test_capped_candidates_are_called_first_matches(
    world: World, leads: dict[str, Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = world.client(world.mei)
    whole = client.get(world.address("leads/?q=pons"))
    assert "first matches" not in whole.content.decode()
    monkeypatch.setattr(words, "SHOWN", 2)
    some = client.get(world.address("leads/?q=pons"))
    assert "first matches" in some.content.decode()


def test_sleeping_leads_are_found_too(world: World, leads: dict[str, Lead]) -> None:
    answer = world.client(world.mei).get(world.address("leads/"), {"q": "pons", "view": "open"})
    assert answer.context["asked"].view.key == "open"
    everywhere = world.client(world.mei).get(world.address("leads/"), {"q": "pons"})
    assert everywhere.context["asked"].clause.members == ()
