"""Garbage is stopped at the door, people of all languages are not (S1-13)."""

import sys

import pytest

from leadfarm.intake.duplicates import find
from leadfarm.rules.junk import Offered, judge
from leadfarm.rules.junk.gibberish import looks_typed_blindly
from tests.intake.junk_rows import NAMES, rows


@pytest.mark.parametrize("many", [1_500, pytest.param(10_000, marks=pytest.mark.soak)])
def test_s1_13_junk_and_people_once_more_are_told_from_the_rest(many: int) -> None:
    came = rows(many)
    junk = {at for at, row in enumerate(came) if judge(row.offered).is_junk}
    left = [at for at in range(len(came)) if at not in junk]
    found = find(
        {
            "first name": [came[at].offered.given_name for at in left],
            "last name": [came[at].offered.family_name for at in left],
            "email": [came[at].offered.email for at in left],
            "phone": [came[at].offered.phone for at in left],
            "company": [came[at].offered.company for at in left],
        },
        least=0.0,
    )
    again = {max(left[pair.left], left[pair.right]) for pair in found.pairs}
    caught = junk | again
    wrong = {at for at, row in enumerate(came) if row.is_junk or row.again}
    recall, precision = len(caught & wrong) / len(wrong), len(caught & wrong) / len(caught)
    sys.stdout.write(
        f"\nS1-13, {many:,} arrivals, {len(wrong):,} junk or there already:"
        f" recall {recall:.3f}, precision {precision:.3f}\n"
    )
    assert recall >= 0.95
    assert precision >= 0.98


def test_no_name_of_any_language_is_typed_blindly() -> None:
    assert [name for name in NAMES if any(map(looks_typed_blindly, name.split()))] == []


def test_every_verdict_is_explained_in_sentences() -> None:
    verdict = judge(Offered("asd@mailinator.com", "Test", "Test", text="seo casino http://a.top"))
    assert verdict.is_junk
    assert verdict.reasons[0] == "mailinator.com gives out throw-away addresses."
    assert "The name is what people type to try a form out." in verdict.reasons
    assert all(reason.endswith(".") for reason in verdict.reasons)


def test_a_host_may_be_let_in_and_ones_own_company_is_no_lead() -> None:
    held = Offered("vera@mailinator.com", "Vera", "Lind")
    assert not judge(held, let_in={"mailinator.com"}).is_junk
    ours = judge(Offered("mei@norrvik.com", "Mei", "Tanaka"), own={"norrvik.com"})
    assert ours.reasons == ("The address is of your own company.",)


def test_one_odd_thing_alone_is_no_junk() -> None:
    for odd in (
        Offered("x7kq@gmail.com", "Vera", "Lind"),
        Offered("info@nordpump.example", "", "", "Nordpump", "+49 30 1111111"),
        Offered("john@acme.com", "John", "Doe"),
        Offered("a@b.de", "", "", "", "", "Our SEO is fine, see https://nordpump.example"),
    ):
        assert not judge(odd).is_junk, odd
