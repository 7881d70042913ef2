"""Reports of the script are a stranger's words: cleaned, cut, or thrown away (S1-4)."""

import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadfarm.rules.machines import names_itself
from leadfarm.rules.networks import network_of
from leadfarm.rules.web_visits import MOST_VIEWS, origin_of, plain_path, read_report, referrer_of

KEY = "1" * 32
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


def test_a_report_is_cut_to_what_a_page_view_is() -> None:
    page = {
        "u": "/prices?card=4111",
        "t": " Our\x00\tprices ",
        "r": "https://find.example/s?q=me#x",
    }
    told = {"v": KEY, "w": 2, "p": [page] * 50, "d": 12.7, "s": 2}
    report = read_report(json.dumps(told).encode())
    assert report is not None
    assert (report.visitor, report.wording, report.by_site) == (UUID(KEY), 2, True)
    assert report.seconds_on_page == 12
    assert len(report.views) == MOST_VIEWS
    view = report.views[0]
    assert (view.path, view.title, view.referrer) == ("/prices", "Our prices", "find.example/s")


def test_only_utm_words_of_the_query_are_taken() -> None:
    page = {"u": "/", "m": {"source": "mail", "campaign": "spring", "password": "x", "term": 5}}
    report = read_report(json.dumps({"v": KEY, "w": 1, "p": [page]}).encode())
    assert report is not None
    assert report.views[0].utm == {"source": "mail", "campaign": "spring"}


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/pumps/for-the-whole-of-the-chemical-industry/", "same"),
        ("/confirm/vera%40nordpump.example", "/confirm/…"),
        ("/reset/9f8e7d6c5b4a39281706f5e4d3c2b1a0/now", "/reset/…/now"),
        ("/orders/20260302118", "/orders/…"),
        ("//evil.example/x;session=1", "/evil.example/x"),
        ("", "/"),
    ],
)
def test_a_path_names_nobody(path: str, kept: str) -> None:
    assert plain_path(path) == (path if kept == "same" else kept)


@given(ANYTHING, ANYTHING, ANYTHING)
def test_nothing_a_stranger_sends_breaks_the_reading(one: object, two: object, key: object) -> None:
    pages = [{"u": one, "t": two, "r": one, "m": {"source": two}, "a": one}]
    for told in (one, {"v": key, "p": two}, {"v": KEY, "w": one, "d": two, "l": one, "p": pages}):
        report = read_report(json.dumps(told).encode())
        for view in report.views if report else ():
            assert len(view.path) <= 300
            assert "?" not in view.path
            view.title.encode()
    assert read_report(b"\xff") is None
    assert read_report(b'{"v":' * 9_000) is None


def test_an_origin_is_what_browsers_call_it() -> None:
    assert origin_of("HTTPS://Www.Norrvik.example:443/prices") == "https://www.norrvik.example"
    assert origin_of("http://127.0.0.1:8080") == "http://127.0.0.1:8080"
    assert [origin_of(x) for x in ("norrvik.example", "ftp://x.example", "https://")] == [None] * 3
    assert referrer_of("https://x.example/a/?q=1") == "x.example/a"
    assert referrer_of("android-app://com.example") == ""


def test_programs_that_name_themselves_are_known_and_networks_are_cut() -> None:
    assert names_itself("Mozilla/5.0 (compatible; Googlebot/2.1)")
    assert names_itself("")
    assert not names_itself("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0")
    assert network_of("203.0.113.77") == "203.0.113.0/24"
    assert network_of("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert network_of("unknown") == ""
