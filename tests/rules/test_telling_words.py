"""What a table of unknown columns is about, and which of its words tell apart (S1-13)."""

from leadfarm.rules.duplicates.kinds import Kind
from leadfarm.rules.duplicates.preparing import fields_of, prepare
from leadfarm.rules.duplicates.recognising import recognise
from leadfarm.rules.duplicates.telling import bits_of_words, rarest, telling

PLACES = ["12 Harbour St., Kiel", "4 West Avenue, Leeds", "Lindenstrasse 9, Bonn", "7 Mill Rd"]


def test_columns_nobody_knows_the_name_of_are_evidence_all_the_same() -> None:
    kinds = recognise(
        {
            "who": ["Anna Berg", "Peter van Dyk", "Laura M. Stone", "Oyelaran, Thomas"],
            "works for": ["Berg Pumps GmbH", "Dyk NV", "Stone & Sons", "Valve Works Ltd"],
            "where": PLACES,
            "ref": ["a81", "a82", "a83", "a84"],
        }
    )
    assert list(kinds.values()) == [Kind.PERSON, Kind.COMPANY, Kind.STREET, Kind.KEY]


def test_where_nothing_is_called_a_name_the_words_that_differ_most_are() -> None:
    halls = ["Hall of Mirrors", "Blue Parrot", "Old Ferry House", "Tin Cup Corner"]
    assert recognise({"what": halls, "where": PLACES})["what"] is Kind.COMPANY
    assert recognise({"first name": ["Vera"] * 4, "what": halls})["what"] is Kind.TEXT


def test_rare_words_tell_and_words_of_trade_do_not() -> None:
    names = [["golden", word, "printing"] for word in ("nelbuz", "zipfley", "brell", "kuno")]
    bits = bits_of_words([*names, None])
    assert telling(names[0], bits) == ["nelbuz"]
    assert rarest(names[1], bits) == "zipfley"
    assert bits["nelbuz"] > 2 * bits["golden"]
    assert rarest([], bits) is None


def test_an_address_is_compared_however_its_street_is_shortened() -> None:
    written = ["435 S. La Cienega Blvd.", "435 South La Cienega Boulevard", "Hauptstr. 9"]
    table = prepare(fields_of({"addr": Kind.STREET}), {"addr": written})
    assert table["street"] == ["435 s la cienega blvd", "435 s la cienega blvd", "haupt st 9"]
    assert table["street_figures"] == ["435", "435", "9"]
