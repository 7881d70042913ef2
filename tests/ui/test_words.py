"""Numbers and instants as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template

from leadfarm.ui import words
from leadfarm.ui.templatetags.ui import NowIsMissingError

NOW = datetime(2026, 11, 12, 9, 56, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ana Ruiz", "AR"),
        ("Anna-Lena van den Berg", "AB"),
        ("ana.ruiz@x.org", "AR"),
        ("Mei", "M"),
        ("", ""),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert words.initials(name) == letters


def test_a_country_is_called_by_its_name() -> None:
    assert words.country("FR") == "France"
    assert words.country("Elsewhere") == "Elsewhere"


def test_a_capped_count_says_that_counting_stopped() -> None:
    assert words.count(999, 1000) == "999"
    assert words.count(1000, 1000) == "1,000+"
    assert words.count(1204) == "1,204"


def test_shares_sums_and_minus() -> None:
    assert words.percent(0.714) == "71 %"
    assert words.percent(0.13, 1) == "13.0 %"
    assert words.money(2140) == "2,140 €"
    assert words.money(-5, "USD") == "−5 $"


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 11, 12), "Today"),
        (date(2026, 11, 13), "Tomorrow"),
        (date(2026, 11, 3), "Tue 3 Nov"),
        (date(2027, 2, 10), "10 Feb 2027"),
    ],
)
def test_a_day_as_people_say_it(on: date, said: str) -> None:
    assert words.day(on, NOW.date()) == said


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=20), "under 1 min ago"),
        (timedelta(hours=2, minutes=59), "2 h ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=-3), "in 3 days"),
    ],
)
def test_how_long_ago(length: timedelta, said: str) -> None:
    assert words.ago(NOW - length, NOW) == said


def test_time_is_handed_in_and_its_absence_is_named() -> None:
    page = Template("{% load ui %}{% when at %}")
    assert "Yesterday, 09:56" in page.render(Context({"at": NOW - timedelta(days=1), "now": NOW}))
    with pytest.raises(NowIsMissingError, match="put `now` into its context"):
        page.render(Context({"at": NOW}))


def test_a_component_sees_only_what_it_is_given() -> None:
    page = Template('{% load ui %}{% ui "tag" kind="bad" %}')
    assert "secret" not in page.render(Context({"label": "secret"}))


def test_what_people_write_is_escaped() -> None:
    page = Template(
        '{% load ui %}{% ui "tag" label=label %}{% part "notice" %}{{ label }}{% endpart %}'
    )
    assert "<b>" not in page.render(Context({"label": "<b>x</b>"}))
