"""What forbids merging two records without a person, however alike they are (S1-4)."""

import pytest

from leadfarm.rules.duplicates.vetoes import (
    Company,
    Person,
    generation,
    vetoes_of_companies,
    vetoes_of_people,
)

VERA = Person("Vera", "Lind", "vera.lind@pump.example")


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (Person("Verena", "Lind", "verena.lind@pump.example"), "colleagues or relatives"),
        (Person("Vera", "Lind Jr.", ""), "generations"),
        (Person("Vera", "Lind", is_erased=True), "erased on request"),
        (Person("Vera", "Lind", no_profiling=True), "objects to profiling"),
        (Person("Vera", "Lind", bars=frozenset({2})), "barred"),
    ],
)
def test_a_person_decides_where_a_mistake_would_hurt(other: Person, said: str) -> None:
    assert any(said in why for why in vetoes_of_people(VERA, other))
    assert any(said in why for why in vetoes_of_people(other, VERA))


def test_what_is_plainly_one_person_may_merge_by_itself() -> None:
    for other in (
        Person("V.", "Lind", "v.lind@pump.example"),
        Person("Vera", "Lind", "vera@home.example"),
        Person("Otto", "Lind", "info@pump.example"),  # a desk is nobody's own address
        Person("", "Lind", "lind@pump.example"),
    ):
        assert vetoes_of_people(VERA, other) == ()
    robert, bob = Person("Robert", "Tamm", "r@x.example"), Person("Bob", "Tamm", "bob@x.example")
    assert vetoes_of_people(robert, bob) == ()


def test_two_numbers_of_one_system_tell_apart_and_of_two_systems_do_not() -> None:
    one = Person(external_ids=frozenset({"00Q5e0000018AbZ"}))
    assert vetoes_of_people(one, Person(external_ids=frozenset({"00Q5e0000018AbY"})))
    assert not vetoes_of_people(one, Person(external_ids=frozenset({"HS-4711"})))
    assert not vetoes_of_people(one, one)


def test_generations_are_told_by_the_end_of_a_name() -> None:
    assert [generation(name) for name in ("King Jr", "King, II", "King Sr.", "King")] == [
        "jr", "jr", "sr", "",
    ]  # fmt: skip


def test_companies_with_two_domains_countries_or_parts_are_not_merged_by_themselves() -> None:
    pump = Company("Nordpump GmbH", "nordpump.example", "DE")
    assert len(vetoes_of_companies(pump, Company("Nordpump AG", "nordpump.test", "AT"))) == 2
    assert vetoes_of_companies(pump, Company("Nordpump Holding", "", "DE"))
    assert vetoes_of_companies(pump, Company("Nord Pump AG", "", "")) == ()
