"""An absence is read with its end, and "write to me no more" for what it is (issue of S2-16)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadfarm.rules.mail_replies import asks_to_stop, back_on, put_off_until

WRITTEN = date(2026, 3, 2)
AWAY = [
    ("I am out of the office until March 13, 2026. Otto helps meanwhile.", 14),
    ("I will be back on 16 March.", 16),
    ("Back in the office on Monday 16th of March 2026", 16),
    ("I am away from 03/02/2026 to 03/13/2026", 14),
    ("Ich bin vom 2.3. bis 13.3. im Urlaub.", 14),
    ("Ab Montag, dem 16. März, bin ich wieder erreichbar.", 16),
    ("Je suis absent du 2 mars au 13 mars 2026 inclus.", 14),
    ("Estaré fuera de la oficina hasta el 13 de marzo.", 14),
    ("Sarò assente fino al 13 marzo.", 14),
    ("Ik ben afwezig tot en met 13 maart.", 14),
    ("Jag är tillbaka den 16 mars.", 16),
    ("Jestem na urlopie do 13 marca.", 14),
    ("Out of office 2026-03-02 - 2026-03-13", 14),
]  # fmt: skip
STOP = [
    "unsubscribe", "Please take me off your list.", "Bitte austragen",
    "Bitte nehmen Sie mich aus dem Verteiler.", "Hi Mei,\nplease remove me from your list\nVera",
    "Stop emailing me!", "Merci de me désinscrire", "Please don\u2019t contact me again",
    "Bitte schicken Sie mir keine weiteren E-Mails.",
]  # fmt: skip
GO_ON = [
    "Thanks, tell me more", "How is your unsubscribe rate?", "Kein Interesse.",
    "I don't want to unsubscribe, tell me more", "Can you stop by on Monday?",
    "We stop production in May, call me then.", "Please send no more than two quotes",
    "Please remove the second item from the offer.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), AWAY)
def test_the_first_day_back_is_read_in_many_languages(text: str, day: int):
    assert back_on(text, WRITTEN) == date(2026, 3, day)


def test_days_that_are_no_return_are_none():
    for text in ("I am away.", "Thanks for your mail of 28 February.", "Bis 13.02.2026 im Urlaub",
                 "until 45 March", "call +49 30 12.03.55"):  # fmt: skip
        assert back_on(text, WRITTEN) is None


def test_without_a_day_a_week_and_never_longer_than_120_days():
    zone, at = ZoneInfo("Europe/Stockholm"), datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert put_off_until("I am away", at, zone) == at + timedelta(days=7)
    back = put_off_until("Back on 16 March", at, zone)
    assert back == datetime(2026, 3, 16, 8, tzinfo=zone)
    assert put_off_until("I am away until 1 December 2026", at, zone) == at + timedelta(days=120)


def test_who_asks_for_no_more_mail_is_understood_and_who_does_not_is_not():
    assert [text for text in STOP if not asks_to_stop(text)] == []
    assert [text for text in GO_ON if asks_to_stop(text)] == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_no_text_stops_the_reading(text: str, written: date):
    found = back_on(f"until 29.2. {text} back on {text}", written)
    assert found is None or found > written
    asks_to_stop(text)
