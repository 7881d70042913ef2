"""What makes a mail look like spam or arrive cut off is said before it goes to many."""

import pytest

from leadfarm.rules.mail_advice import advice

FINE = "<p>Dear Vera, this is about the pumps at your second plant and what we learned there.</p>"
WORDS = "word " * 60


@pytest.mark.parametrize(
    ("subject", "html", "links", "said"),
    [
        ("LAST CHANCE TODAY", FINE, [], "shouts"),
        ("Buy now!!", FINE, [], "exclamation"),
        ("Re: your question", FINE, [], "pretends to be an answer"),
        ("x" * 90, FINE, [], "90 characters"),
        ("Fine", f"<p>{'y' * 103_000}</p>", [], "103 kB long"),
        ("Fine", FINE + "<img src='https://a.example/b.png'>", [], "An image has no words"),
        ("Fine", FINE, ["https://bit.ly/abc"], "bit.ly hides where"),
        ("Fine", FINE, ["https://10.0.0.7/price"], "inside your own network"),
        ("Fine", FINE, ["https://intranet/price"], "inside your own network"),
        ("Fine", FINE, ["http://norrvik.example/price"], "not encrypted"),
        ("Fine", FINE, [f"https://norrvik.example/{n}" for n in range(20)], "20 links"),
    ],
)
def test_advice_names_what_to_change(subject: str, html: str, links: list[str], said: str) -> None:
    found = advice(subject, html, WORDS, links)
    assert len(found) == 1
    assert said in found[0]


def test_nothing_is_said_of_a_plain_letter() -> None:
    links = ["https://norrvik.example/case", "https://93.184.216.34/a"]
    picture = '<img src="https://norrvik.example/p.png" alt="The pump house">'
    assert advice("What we learned at Malmö", FINE + picture, WORDS, links) == []


def test_a_mail_of_pictures_alone_is_said() -> None:
    picture = '<img src="https://norrvik.example/p.png" alt="Buy">'
    assert any("only images" in one for one in advice("Fine", picture, "Buy", []))
