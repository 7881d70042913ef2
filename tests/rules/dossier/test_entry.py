"""What people type becomes amounts, dates and fields: fast entry of the dossier (S4-15)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadfarm.rules.codes import Confidence, FindingSection
from leadfarm.rules.dossier.amounts import read_amount
from leadfarm.rules.dossier.codes import BudgetStatus
from leadfarm.rules.dossier.dates import read_date
from leadfarm.rules.dossier.entry import SECTION_KEYS, guess_section, read_words, split_line

S = FindingSection
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "value", "currency", "rough"),
    [
        ("40k", 40_000, "", False),
        ("40.000 EUR", 40_000, "EUR", False),
        ("€ 40 000", 40_000, "EUR", False),
        ("1,5 Mio", 1_500_000, "", False),
        ("CHF 1.2m", 1_200_000, "CHF", False),
        ("120'000 CHF", 120_000, "CHF", False),
        ("200 Tsd", 200_000, "", False),
        ("$1,250,000.00", 1_250_000, "USD", False),
        ("1.234,56 €", Decimal("1234.56"), "EUR", False),
        ("40-50k", 40_000, "", True),
        ("between 40 and 50k", 40_000, "", True),
        ("about 40k", 40_000, "", True),
        ("budget 40k approved", 40_000, "", False),
        ("3 machines for 20k", 20_000, "", False),
        ("40", 40, "", False),
    ],
)
def test_amounts_as_people_write_them(
    text: str, value: Decimal, currency: str, rough: bool
) -> None:
    found = read_amount(text)
    assert found is not None
    assert (found.value, found.currency, found.rough) == (value, currency, rough)


@pytest.mark.parametrize("text", ["", "in 2026 we had 12 people", "12 %", "call at 10:30", "none"])
def test_what_is_no_money_is_none(text: str) -> None:
    assert read_amount(text) is None


@given(st.integers(0, 10**12), st.sampled_from([".", ",", " ", "'"]))
def test_an_amount_reads_back_whatever_groups_its_thousands(value: int, mark: str) -> None:
    found = read_amount(f"{value:,} EUR".replace(",", mark))
    assert found is not None
    assert (found.value, found.currency) == (value, "EUR")


@given(st.text(max_size=60))
def test_no_text_breaks_the_readers(text: str) -> None:
    read_amount(text)
    day = read_date(text, TODAY)
    assert day is None or day.confidence in Confidence
    section, rest = split_line(text)
    read_words(section or guess_section(rest), rest, today=TODAY, currency="EUR")


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_whole_date_is_sure_in_both_ways_to_write_it(day: date) -> None:
    for text in (day.isoformat(), f"{day.day}.{day.month}.{day.year}"):
        found = read_date(f"they decide on {text}, he said", TODAY)
        assert found is not None
        assert (found.day, found.confidence) == (day, Confidence.HIGH)


@pytest.mark.parametrize(
    ("text", "day", "sure"),
    [
        ("12. Mai", date(2027, 5, 12), Confidence.HIGH),
        ("3/2027", date(2027, 3, 31), Confidence.MEDIUM),
        ("by March", date(2027, 3, 31), Confidence.MEDIUM),
        ("next year March", date(2027, 3, 31), Confidence.MEDIUM),
        ("Ende Q2", date(2027, 6, 30), Confidence.MEDIUM),
        ("Q4", date(2026, 12, 31), Confidence.MEDIUM),
        ("Q3 2028", date(2028, 9, 30), Confidence.MEDIUM),
        ("Q1'27", date(2027, 3, 31), Confidence.MEDIUM),
        ("in 3 months", date(2027, 2, 22), Confidence.MEDIUM),
        ("end of year", date(2026, 12, 31), Confidence.MEDIUM),
        ("after the summer", date(2027, 9, 30), Confidence.LOW),
        ("nach dem Sommer", date(2027, 9, 30), Confidence.LOW),
        ("nächstes Jahr", date(2027, 12, 31), Confidence.LOW),
    ],
)
def test_dates_as_people_say_them(text: str, day: date, sure: Confidence) -> None:
    found = read_date(text, TODAY)
    assert found is not None
    assert (found.day, found.confidence) == (day, sure)


@pytest.mark.parametrize("text", ["we may buy", "soon", "30.2.2027", "", "room 2099b"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text, TODAY) is None


@given(st.sampled_from(["Q1", "March", "summer", "H2", "end of year", "in 5 weeks", "next year"]),
       st.dates(date(2020, 1, 1), date(2030, 12, 31)))  # fmt: skip
def test_what_is_said_of_the_future_lies_in_the_next_two_years(words: str, today: date) -> None:
    found = read_date(words, today)
    assert found is not None
    assert today <= found.day <= today + timedelta(days=731)


def test_one_letter_chooses_the_section_and_the_words_the_field() -> None:
    assert len(set(SECTION_KEYS.values())) == 8

    def fields(line: str) -> tuple[str, object]:
        section, words = split_line(line)
        assert section is not None
        read = read_words(section, words, today=TODAY, currency="EUR")
        value = next((v for v in (read.number, read.day, read.code) if v is not None), read.words)
        return f"{section.name}.{read.field.name}", value

    assert fields("b 40k") == ("BUDGET.amount", 40_000)
    assert fields("budget: frozen until Q2") == ("BUDGET.status", BudgetStatus.FROZEN)
    assert fields("b not sure about it") == ("BUDGET.", "not sure about it")
    assert fields("t Q3") == ("TIMELINE.decision", date(2027, 9, 30))
    assert fields("t unclear") == ("TIMELINE.", "unclear")
    assert fields("c Kolmar") == ("COMPETITION.vendor", "Kolmar")
    assert fields("c uses Kolmar") == ("COMPETITION.today", "Kolmar")
    assert fields("n spares late") == ("PAIN_POINT.pain", "spares late")
    assert split_line("hello there") == (None, "hello there")


def test_another_currency_is_kept_in_words_and_compared_with_nothing() -> None:
    read = read_words(S.BUDGET, "40k USD", today=TODAY, currency="EUR")
    assert (read.field.name, read.number, read.words) == ("amount", None, "40k USD")
    assert "currency" in read.remark


def test_a_marked_sentence_is_guessed_into_its_section() -> None:
    assert guess_section("We have 40k set aside for this") is S.BUDGET
    assert guess_section("The CFO and the board must approve") is S.PEOPLE
    assert guess_section("We will decide by the end of Q2") is S.TIMELINE
    assert guess_section("We also have an offer from Kolmar, another vendor") is S.COMPETITION
