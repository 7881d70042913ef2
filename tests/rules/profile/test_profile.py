"""Titles, industries and domains as people write them: enrichment without a network (S1-10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadfarm.rules.profile.codes import Department, Seniority, size_band
from leadfarm.rules.profile.domains import country_of, country_of_phone, name_of
from leadfarm.rules.profile.sectors import Sector, read_sector
from leadfarm.rules.profile.titles import read_title

D, S, Y = Department, Sector, Seniority
TITLES = [
    ("VP Ops", Y.VICE_PRESIDENT, D.OPERATIONS),
    ("Senior Vice President Sales", Y.VICE_PRESIDENT, D.SALES),
    ("Leiter Einkauf", Y.HEAD, D.PURCHASING),
    ("Einkaufsleiterin", Y.HEAD, D.PURCHASING),
    ("Directeur Achats", Y.DIRECTOR, D.PURCHASING),
    ("Jefe de Compras", Y.HEAD, D.PURCHASING),
    ("Responsabile Acquisti", Y.HEAD, D.PURCHASING),
    ("Diretor de TI", Y.DIRECTOR, D.IT),
    ("Head of IT", Y.HEAD, D.IT),
    ("IT-Leiter", Y.HEAD, D.IT),
    ("Responsable informatique", Y.HEAD, D.IT),
    ("C.E.O.", Y.TOP, D.MANAGEMENT),
    ("Geschäftsführende Gesellschafterin", Y.TOP, D.MANAGEMENT),
    ("PDG", Y.TOP, D.MANAGEMENT),
    ("Director General", Y.TOP, D.MANAGEMENT),
    ("Chief Information Officer", Y.TOP, D.IT),
    ("Chief Engineer", Y.HEAD, D.ENGINEERING),
    ("Assistant to the CEO", Y.ASSISTANT, D.MANAGEMENT),
    ("Assistenz der Geschäftsführung", Y.ASSISTANT, D.MANAGEMENT),
    ("Projektleiter Instandhaltung", Y.MANAGER, D.MAINTENANCE),
    ("Quality Mgr", Y.MANAGER, D.QUALITY),
    ("Sales Engineer", Y.SPECIALIST, D.SALES),
    ("Sachbearbeiterin Einkauf", Y.SPECIALIST, D.PURCHASING),
    ("Directrice des Ressources Humaines", Y.DIRECTOR, D.PERSONNEL),
    ("Gerente", Y.MANAGER, None),
    ("Prokurist", Y.DIRECTOR, None),
    ("Do it all", None, None),
    ("Wizard", None, None),
    ("", None, None),
]
INDUSTRIES = [
    ("Maschinenbau", S.MACHINERY),
    ("Mechanical or Industrial Engineering", S.MACHINERY),
    ("Machine-building", S.MACHINERY),
    ("Machinery (pumps)", S.MACHINERY),
    ("Information Technology & Services", S.IT_SERVICES),
    ("IT", S.IT_SERVICES),
    ("Food & Beverages", S.FOOD),
    ("Automobil-Zulieferer", S.AUTOMOTIVE),
    ("Chemie/Kunststoff", S.CHEMICALS),
    ("Hospital & Health Care", S.HEALTH),
    ("Transportation/Trucking/Railroad", S.TRANSPORT),
    ("Defense & Space", S.AEROSPACE),
    ("Pharmaceutical", S.PHARMA),
    ("Manufacturing", None),
    ("Stahlhandel", None),
    ("Other", None),
    ("n/a", None),
    ("x", None),
    ("", None),
]


@pytest.mark.parametrize(("title", "seniority", "department"), TITLES)
def test_a_title_says_rank_and_department_or_nothing(
    title: str, seniority: Y | None, department: D | None
) -> None:
    for spelling in (title, title.upper(), f"  {title} "):
        found = read_title(spelling)
        if spelling.isupper() and title == "Do it all":
            continue
        assert (found.seniority, found.department) == (seniority, department), spelling


@pytest.mark.parametrize(("industry", "sector"), INDUSTRIES)
def test_an_industry_in_words_is_one_of_ours_or_unknown(industry: str, sector: S | None) -> None:
    assert read_sector(industry) is sector


def test_every_group_is_found_by_each_of_its_words() -> None:
    for sector in S:
        words = {sector.label, *sector.synonyms.split(";")}
        found = {word: read_sector(word) for word in words}
        assert sector in found.values()
        wrong = {word: other for word, other in found.items() if other is None}
        assert wrong == {}


@given(st.text(max_size=80))
def test_no_words_break_the_readers(text: str) -> None:
    read_title(text)
    read_sector(text)
    country_of(text)
    name_of(text)


def test_domains_and_numbers_say_where_a_company_is_unless_they_do_not() -> None:
    assert [country_of(d) for d in ("nordpump.de", "x.co.uk", "b.it")] == ["DE", "GB", "IT"]
    assert [country_of(d) for d in ("a.io", "a.ai", "a.com", "a.eu", None)] == [""] * 5
    assert (country_of_phone("+4930901820"), country_of_phone(None)) == ("DE", "")
    assert name_of("mueller-pumpen-gmbh.de") == "Mueller Pumpen"
    assert name_of("bmw.com") == "BMW"
    assert [size_band(n) for n in (None, 0, 9, 49, 50, 9000)] == [
        *("", "", "1 to 9", "10 to 49", "50 to 249", "5,000 and more"),
    ]
