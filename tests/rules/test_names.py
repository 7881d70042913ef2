"""Normal forms of addresses, numbers and names, and the order of matching."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadfarm.rules.matching import Identity, MatchBy, first_match, match_keys
from leadfarm.rules.names import (
    LONGEST_WORD,
    company_domain,
    company_key,
    domain_of,
    fold,
    is_free_mail,
    is_no_number,
    normal_email,
    normal_phone,
    person_key,
    query_words,
    search_words,
)


@pytest.mark.parametrize(
    ("given_text", "normal"),
    [
        (" Vera.Lind@Nordpump.Example ", "vera.lind@nordpump.example"),
        ("Vera Lind <vera@nordpump.example>", "vera@nordpump.example"),
        ('"Lind, Vera" <vera@nordpump.example>', "vera@nordpump.example"),
        ("mailto:vera@nordpump.example", "vera@nordpump.example"),
        ("v.e.r.a+pumps@gmail.com", "v.e.r.a+pumps@gmail.com"),
        ("o'neil@acme.com", "o'neil@acme.com"),
        ("vera@münchen.de", "vera@münchen.de"),
        ("vera@nordpump", None),
        ("vera..lind@nordpump.de", None),
        ("vera@nordpump.invalid", None),
        ("not an address", None),
        ("", None),
        ("a" * 65 + "@nordpump.de", None),
    ],
)
def test_an_address_has_one_normal_form(given_text, normal):
    assert normal_email(given_text) == normal


@given(st.emails())
def test_a_normal_address_stays_as_it_is(address):
    normal = normal_email(address)
    if normal is not None:
        assert normal_email(normal) == normal


@pytest.mark.parametrize(
    ("given_text", "region", "normal"),
    [
        ("030 90182-0", "DE", "+4930901820"),
        ("+49 30 901820", "US", "+4930901820"),
        ("0049 30 901820", "DE", "+4930901820"),
        ("(202) 555-0143", "us", "+12025550143"),
        ("030 901820 ext. 12", "DE", "+4930901820"),
        ("+49 30 901820", "", "+4930901820"),
        ("030 901820", "", None),
        ("12", "DE", None),
        ("call me", "DE", None),
        ("", "DE", None),
    ],
)
def test_a_number_becomes_e164_reserved_ones_included(given_text, region, normal):
    assert normal_phone(given_text, region) == normal


@pytest.mark.parametrize(
    ("given_text", "domain"),
    [
        ("vera@mail.nordpump.co.uk", "nordpump.co.uk"),
        ("https://www.nordpump.de/contact?x=1", "nordpump.de"),
        ("http://user@shop.nordpump.de:8080", "nordpump.de"),
        ("NORDPUMP.DE.", "nordpump.de"),
        ("shop.acme.example", "acme.example"),
        ("localhost", None),
        ("1.2.3.4", None),
        ("co.uk", None),
        ("", None),
    ],
)
def test_the_domain_is_the_registrable_one(given_text, domain):
    assert domain_of(given_text) == domain


def test_free_mail_tells_no_company():
    assert is_free_mail("vera@googlemail.com")
    assert company_domain("vera@gmail.com") is None
    assert company_domain("vera@nordpump.de") == "nordpump.de"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nordpump GmbH & Co. KG", "NORDPUMP"),
        ("Société Générale S.A.", "societe generale"),
        ("Acme, Inc.", "ACME Corporation"),
        ("The Acme Company", "acme"),
        ("Müller  Söhne AG", "muller sohne"),
    ],
)
def test_a_company_is_the_same_without_its_legal_form(one, other):
    assert company_key(one) == company_key(other)


def test_a_company_named_like_a_legal_form_keeps_its_name():
    assert company_key("SE AG") == "se ag"
    assert company_key("") == ""


def test_a_person_is_the_same_with_title_comma_and_accents():
    assert person_key("Dr. Véra Lind") == person_key("Lind, Vera") == "vera lind"
    assert person_key("Łukasz Øster") == "lukasz oster"


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.text(), max_size=5))
def test_every_word_typed_in_full_is_found(texts):
    words = search_words(texts)
    assert words == sorted(set(words))
    for word in words:
        assert 1 < len(word) <= LONGEST_WORD
    if len(words) < 40:
        for typed in query_words(" ".join(texts)):
            assert len(typed) == 1 or typed in words


def test_an_address_is_found_by_its_parts():
    assert search_words(["vera.lind@nordpump.de", "Vera Lind"]) == [
        *["de", "lind", "nordpump", "vera"],
    ]


def test_s1_4_records_match_by_the_surest_key_first():
    who = Identity("a1", "vera@nordpump.de", "+4930901820", "Vera Lind", "Nordpump GmbH")
    assert match_keys(who) == [
        (MatchBy.EXTERNAL_ID, "a1"),
        (MatchBy.EMAIL, "vera@nordpump.de"),
        (MatchBy.PHONE_AND_NAME, "+4930901820|vera lind"),
    ]
    known = {(MatchBy.EMAIL, "vera@nordpump.de"): 7, (MatchBy.EXTERNAL_ID, "a1"): 8}
    assert first_match(who, lambda by, key: known.get((by, key))) == (8, MatchBy.EXTERNAL_ID)
    assert first_match(who, lambda by, key: None) is None


def test_names_match_only_records_without_an_address():
    at_fair = Identity(name="Vera Lind", company="Nordpump GmbH", domain="nordpump.de")
    assert match_keys(at_fair) == [
        (MatchBy.NAME_AND_DOMAIN, "nordpump.de|vera lind"),
        (MatchBy.NAME_AND_COMPANY, "nordpump|vera lind"),
    ]
    assert match_keys(Identity(name="Vera", company="Nordpump")) == []


def test_a_record_that_says_nothing_matches_nobody():
    assert match_keys(Identity()) == []


def test_what_is_no_phone_number_is_told_from_a_number_of_any_country() -> None:
    assert all(map(is_no_number, ("abc", "n/a", "-", "12")))
    assert not any(map(is_no_number, ("", " ", "112", "x 4711")))
