"""Reading decides nothing: clicks are judged later, and only a POST unsubscribes (law 8)."""

import re
from datetime import UTC, datetime, timedelta

from django.test import Client

from leadfarm.consent.models import Suppression
from leadfarm.leads.models import Touch
from leadfarm.outreach import tokens
from leadfarm.outreach.codes import MachineBecause
from leadfarm.outreach.judging import Seen, judge
from leadfarm.outreach.models import Click, Message
from leadfarm.outreach.ticks import judge_clicks
from leadfarm.rules.codes import TouchKind
from tests.outreach.conftest import Post

HUMAN = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
LATER = timedelta(seconds=10)


def sent(post: Post) -> Message:
    with post.world.inside():
        message = post.plan(post.lead_at("vera"))
    post.send()
    return message


def address(post: Post, use: str, message: Message, number: int = 0) -> str:
    token = tokens.Token(post.world.workspace.id, message.id, number)
    part = tokens.sign("click" if use == "c" else "unsubscribe", token)
    return f"/{use}/{part}"


def touches(post: Post, kind: TouchKind) -> list[Touch]:
    with post.world.inside():
        return list(Touch.objects.of(post.world.workspace).filter(kind=kind))


def judged(post: Post) -> int:
    with post.world.as_worker():
        return judge_clicks(post.world.workspace.id, datetime.now(UTC) + LATER)


def test_a_human_click_leads_on_and_warms_the_lead_seconds_later(post: Post) -> None:
    message = sent(post)
    for _ in range(2):
        answer = Client(headers={"user-agent": HUMAN}).get(address(post, "c", message, 1))
        assert answer.status_code == 302
        assert answer["Location"] == "https://norrvik.example/case"
    assert touches(post, TouchKind.MAIL_CLICKED) == [], "a GET decides nothing"
    assert judged(post) == 2
    [touch] = touches(post, TouchKind.MAIL_CLICKED)
    assert touch.by_machine is False
    assert touch.heat_after is not None
    assert judged(post) == 0


def test_a_scanner_follows_every_link_and_counts_for_nothing(post: Post) -> None:
    message = sent(post)
    scanner = Client(headers={"user-agent": HUMAN})
    assert scanner.get(address(post, "c", message, 0)).status_code == 204
    for number in (1, 2):
        scanner.get(address(post, "c", message, number))
    scanner.head(address(post, "c", message, 1))
    judged(post)
    with post.world.inside():
        clicks = Click.objects.of(post.world.workspace)
        assert [c.machine_because for c in clicks] == [MachineBecause.HIDDEN_LINK] * 3
    assert all(touch.by_machine for touch in touches(post, TouchKind.MAIL_CLICKED))
    assert all(touch.heat_after is None for touch in touches(post, TouchKind.MAIL_CLICKED))


def test_each_sign_of_a_machine_is_named() -> None:
    at = datetime(2026, 3, 2, 10, tzinfo=UTC)

    def why(*clicks: Seen, after: float = 60) -> list[MachineBecause | None]:
        return list(judge(clicks, at - timedelta(seconds=after)).values())

    human = Seen(1, 1, at, HUMAN, "192.0.2.0/24", False)
    assert why(human) == [None]
    assert why(human, after=1) == [MachineBecause.TOO_FAST]
    at_once = Seen(2, 2, at + timedelta(seconds=0.5), HUMAN, "198.51.100.0/24", False)
    assert why(human, at_once) == [MachineBecause.TOO_MANY_LINKS] * 2
    minutes_later = Seen(2, 2, at + timedelta(minutes=5), HUMAN, "192.0.2.0/24", False)
    assert why(human, minutes_later) == [None, None]
    assert why(Seen(1, 1, at, "BarracudaScan", "", False)) == [MachineBecause.KNOWN_AGENT]


def test_a_forged_or_borrowed_link_leads_nowhere(post: Post) -> None:
    message = sent(post)
    good = address(post, "c", message, 1)
    client = Client()
    assert client.get(good[:-1] + ("A" if good[-1] != "A" else "B")).status_code == 404
    assert client.get(good.replace("/c/", "/u/")).status_code == 404
    assert client.get(address(post, "c", message, 9)).status_code == 404
    assert client.get("/c/https:%2F%2Fevil.example").status_code == 404


def test_get_asks_and_post_unsubscribes_without_cookie_or_token(post: Post) -> None:
    """RFC 8058; the mail's own header leads there."""
    message = sent(post)
    [(_, _, data)] = post.sink.received
    found = re.search(rb"List-Unsubscribe:\s+<https?://[^/]+([^>]+)>", data)
    assert found
    path = found[1].decode()
    client = Client(enforce_csrf_checks=True)
    page = client.get(path)
    assert "Unsubscribe from everything" in page.content.decode()
    client.head(path)
    with post.world.inside():
        assert not Suppression.objects.of(post.world.workspace).exists()
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    with post.world.inside():
        bar = Suppression.objects.of(post.world.workspace).get()
    assert (bar.contact_id, bar.message_id) == (message.contact_id, message.id)
    assert len(touches(post, TouchKind.UNSUBSCRIBED)) == 1
    again = client.get(path).content.decode()
    assert "You get no mail from us." in again
    assert "Unsubscribe from everything" not in again  # nothing is asked for twice
    client.post(path, {"preferences": "1", "purpose": ["sales"]})
    assert (
        "Your choice is saved"
        in client.post(path, {"preferences": "1", "purpose": ["sales"]}).content.decode()
    )
