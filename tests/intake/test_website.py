"""Visits to the company's website: proof of consent, recognition, telling and forgetting."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from leadfarm.intake.codes import ConsentSource, RecognisedBy
from leadfarm.intake.models import BannerWording, PageView, SitePage, Visit, Visitor, Website
from leadfarm.intake.ticks import forget_visits_everywhere
from leadfarm.intake.visits.deciding import WORDING, Decision, decide
from leadfarm.intake.visits.recognising import recognise, secret_of
from leadfarm.intake.visits.telling import describe_visits, tell_visits
from leadfarm.leads.models import Lead, PersonalText, Touch
from leadfarm.leads.recognising import Word, sign, with_word
from leadfarm.rules.codes import TouchKind
from tests.world import World

SITE = "https://www.norrvik.example"
HUMAN = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"


def website(world: World, **other: Any) -> Website:
    told = {
        "is_on": True,
        "origins": [SITE],
        "shows_banner": True,
        "wording": WORDING,
        "agree_label": "Yes",
        "refuse_label": "No",
        "privacy_url": "",
        "keep_days": 90,
    }
    with world.inside():
        decision = Decision(**{**told, **other})  # type: ignore[arg-type]
        return decide(world.workspace, decision, by=world.mei, now=world.now)


def report(site: Website, key: UUID, *paths: str, agent: str = HUMAN, **other: Any) -> int:
    pages = [{"u": path, "t": f"Title of {path}", "a": 0} for path in paths]
    told = {"v": key.hex, "w": site.version, "s": 1, "p": pages, "d": 0, **other}
    client = Client(headers={"origin": SITE, "user-agent": agent})
    return client.post(f"/t/{site.key}", json.dumps(told), content_type="text/plain").status_code


def known(world: World, key: UUID, lead: Lead, by: RecognisedBy = RecognisedBy.FORM) -> bool:
    with world.inside():
        now = datetime.now(UTC)
        return recognise(world.workspace.id, str(key), lead.contact_id or 0, by, now=now)


def told(world: World, *, later: int = 30) -> int:
    with world.as_worker():
        return tell_visits(world.workspace.id, datetime.now(UTC) + timedelta(seconds=later))


def touches(world: World, lead: Lead) -> list[Touch]:
    with world.inside():
        kind = TouchKind.PAGE_VISIT
        return list(Touch.objects.of(world.workspace).filter(lead=lead, kind=kind).order_by("id"))


def test_a_visit_becomes_one_touch_with_its_pages_apart_and_warms_the_lead(world: World) -> None:
    site, key = website(world), uuid4()
    with world.inside():
        lead = world.captures()
        cold = world.standing(lead).heat
    assert report(site, key, "/prices", "/pumps?card=4111") == 204
    assert told(world) == 0  # nobody knows who it is
    assert known(world, key, lead)
    assert told(world, later=1) == 0  # judged some seconds after it began, not in the request
    assert told(world) == 1
    report(site, key, "/contact")
    assert (told(world), told(world)) == (1, 0)
    (touch,) = touches(world, lead)
    assert not touch.by_machine
    with world.inside():
        text = PersonalText.objects.of(world.workspace).get(touch=touch)
        assert text.body.splitlines() == [
            *("Title of /prices · /prices", "Title of /pumps?card=4111 · /pumps"),
            "Title of /contact · /contact",
        ]
        assert (world.standing(lead).heat or 0) > (cold or 0)
        said = describe_visits(world.workspace.id, [touch.ref or 0])
        assert said == {touch.ref: "3 pages in less than a minute"}
    page = world.client(world.tomas).get(world.address(f"leads/{lead.id}/")).content.decode()
    assert "web visit: 3 pages in less than a minute" in page
    assert "Title of /contact" in page
    assert "recognised by a form" in page
    with world.inside():
        hour_ago = datetime.now(UTC) - timedelta(hours=1)
        Visit.objects.of(world.workspace).update(started_at=hour_ago, last_at=hour_ago)
    report(site, key, "/prices")
    assert (told(world), len(touches(world, lead))) == (1, 2)


def test_machines_are_shown_and_count_for_nothing(world: World) -> None:
    """Law 8: what names itself a machine, or turns pages faster than anyone reads."""
    site, bot, hasty = website(world), uuid4(), uuid4()
    with world.inside():
        lead = world.captures()
        cold = world.standing(lead).heat
    report(site, bot, "/prices", agent="Mozilla/5.0 (compatible; ScanBot/2.0)")
    report(site, hasty, *(f"/p/{n}" for n in range(9)))
    for key in (bot, hasty):
        known(world, key, lead)
    assert told(world) == 2
    assert [touch.by_machine for touch in touches(world, lead)] == [True, True]
    with world.inside():
        assert world.standing(lead).heat == cold


def test_what_comes_without_consent_or_from_elsewhere_leaves_nothing(world: World) -> None:
    site, key = website(world), uuid4()
    stranger = Client(headers={"origin": "https://evil.example", "user-agent": HUMAN})
    body = json.dumps({"v": key.hex, "w": 1, "p": [{"u": "/"}]})
    assert stranger.post(f"/t/{site.key}", body, content_type="text/plain").status_code == 403
    private = Client(headers={"origin": SITE, "sec-gpc": "1"})
    assert private.post(f"/t/{site.key}", body, content_type="text/plain").status_code == 204
    assert report(site, key, "/", w=0) == 204  # no wording was shown: no proof of consent
    assert report(site, key, "/", w=7) == 204  # nor one that was never written
    ours = Client(headers={"origin": SITE, "user-agent": HUMAN})
    assert ours.post(f"/t/{site.key}", "{", content_type="text/plain").status_code == 400
    long = ours.post(f"/t/{site.key}", "x" * 20_000, content_type="text/plain")
    assert (long.status_code, long["Access-Control-Allow-Origin"]) == (413, SITE)
    website(world, is_on=False)
    assert report(site, key, "/") == 204
    with world.inside():
        assert not Visitor.objects.of(world.workspace).exists()
    assert Client().post("/t/0123456789abcdef").status_code == 404


def test_the_script_is_small_kept_by_browsers_and_does_nothing_while_off(world: World) -> None:
    site = website(world, wording="May we?", agree_label="</script>")
    answer = Client().get(f"/t/{site.key}.js")
    assert len(answer.content) < 3_500
    assert answer["Cache-Control"] == "public, max-age=300"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    again = Client(headers={"if-none-match": answer["ETag"]}).get(f"/t/{site.key}.js")
    assert (again.status_code, again.content) == (304, b"")
    website(world, is_on=False)
    off = Client().get(f"/t/{site.key}.js").content.decode()
    assert '"to"' not in off
    assert '"text"' not in off


def test_each_wording_is_kept_and_a_proof_says_which(world: World) -> None:
    first = website(world)
    website(world, keep_days=30)
    second = website(world, wording="May we?", agree_label="Of course")
    assert (first.version, second.version) == (1, 2)
    key = uuid4()
    report(second, key, "/", w=1, s=2)  # they agreed before it was changed
    with world.inside():
        words = BannerWording.objects.of(world.workspace).order_by("version")
        assert [one.wording for one in words] == [WORDING, "May we?"]
        proof = Visitor.objects.of(world.workspace).get()
        assert (proof.wording_version, proof.agreed_by) == (1, ConsentSource.SITE)
    assert report(second, key, x=1) == 204
    assert report(second, key, "/late") == 204  # another tab that has not heard of it
    with world.inside():
        assert Visitor.objects.of(world.workspace).get().withdrawn_at is not None
        assert not PageView.objects.of(world.workspace).exists()


def test_a_link_of_ours_tells_who_it_is_once_a_human_has_clicked_it(world: World) -> None:
    site, scanner, reader = website(world), uuid4(), uuid4()
    with world.inside():
        lead, other = world.captures(), world.captures("Otto Berg", of="Bergwerk")
        at, ours = int(datetime.now(UTC).timestamp()), world.workspace.id
        word = Word(ours, 901, lead.contact_id or 0, lead.id, at)
        link = with_word(f"{SITE}/prices?a=1#top", word)
        assert link == f"{SITE}/prices?a=1&lf={sign(word)}#top"
        assert with_word("https://elsewhere.example/", word) == "https://elsewhere.example/"
        clicked = {"kind": TouchKind.MAIL_CLICKED, "happened_at": world.now, "by_machine": True}
        clicked |= {"known_at": world.now, "recorded_at": world.now, "workspace": world.workspace}
        Touch.objects.create(lead=lead, ref=901, **clicked)
        clicked |= {"by_machine": False}
        Touch.objects.create(lead=other, ref=902, **clicked)
    report(site, scanner, "/prices", l=sign(word))
    human = Word(ours, 902, other.contact_id or 0, other.id, at)
    report(site, reader, "/pumps", l=sign(human))
    report(site, uuid4(), "/", l=sign(Word(ours + 1, 902, other.contact_id or 0, other.id, at)))
    report(site, uuid4(), "/", l=sign(Word(ours, 902, other.contact_id or 0, other.id, at - 9999)))
    assert told(world) == 1
    assert (len(touches(world, lead)), len(touches(world, other))) == (0, 1)
    with world.inside():
        visitor = Visitor.objects.of(world.workspace).get(contact__isnull=False)
        assert (visitor.key, visitor.recognised_by) == (reader, RecognisedBy.MAIL)


def token(secret: str, **claims: Any) -> str:
    def text(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    said = f"{text(json.dumps({'alg': 'HS256', 'typ': 'JWT'}).encode())}."
    said += text(json.dumps(claims).encode())
    return f"{said}.{text(hmac.digest(secret.encode(), said.encode(), hashlib.sha256))}"


@pytest.mark.parametrize("wrong", ["secret", "late", "endless", "unknown", ""])
def test_the_site_can_say_who_signed_in_by_a_word_it_signs(world: World, wrong: str) -> None:
    site, key, now = website(world), uuid4(), datetime.now(UTC).timestamp()
    with world.inside():
        lead = world.captures()
        assert lead.contact is not None
        email = "nobody@x.example" if wrong == "unknown" else lead.contact.email.upper()
    ends = now + {"late": -5, "endless": 900_000}.get(wrong, 600)
    word = token("guess" if wrong == "secret" else secret_of(site), email=email, exp=ends)
    report(site, key, "/account", i=word)
    assert told(world) == (0 if wrong else 1)


def test_two_people_at_one_browser_keep_their_own_visits(world: World) -> None:
    site, key = website(world), uuid4()
    with world.inside():
        vera, otto = world.captures(), world.captures("Otto Berg", of="Bergwerk")
    report(site, key, "/prices")
    known(world, key, vera)
    told(world)
    known(world, key, otto)
    report(site, key, "/pumps")
    told(world)
    assert (len(touches(world, vera)), len(touches(world, otto))) == (1, 1)
    with world.inside():
        assert vera.contact is not None
        vera_id = vera.contact_id
        Visit.objects.of(world.workspace).filter(contact_id=vera_id).update(lead=None, touch=None)
        paths = PageView.objects.of(world.workspace).filter(visit__contact_id=otto.contact_id)
        assert [one.page.path for one in paths] == ["/pumps"]


def test_networks_go_after_a_week_and_strangers_after_the_days_of_the_site(world: World) -> None:
    site, stranger, friend = website(world, keep_days=30), uuid4(), uuid4()
    with world.inside():
        lead = world.captures()
    report(site, stranger, "/prices")
    report(site, friend, "/pumps")
    known(world, friend, lead)
    now = datetime.now(UTC)
    with world.as_worker():
        forget_visits_everywhere(now + timedelta(days=6))
    with world.inside():
        assert set(Visit.objects.of(world.workspace).values_list("network", flat=True)) == {
            "127.0.0.0/24"
        }
    with world.as_worker():
        forget_visits_everywhere(now + timedelta(days=8))
    with world.inside():
        assert set(Visit.objects.of(world.workspace).values_list("network", flat=True)) == {""}
        assert Visitor.objects.of(world.workspace).exclude(network="").count() == 0
        assert Visitor.objects.of(world.workspace).count() == 2
    with world.as_worker():
        forget_visits_everywhere(now + timedelta(days=31))
    with world.inside():
        assert Visitor.objects.of(world.workspace).get().key == friend
        assert [one.path for one in SitePage.objects.of(world.workspace)] == ["/pumps"]


def test_the_settings_name_what_is_wrong_and_only_some_may_change_them(world: World) -> None:
    told = {"is_on": "on", "origins": "norrvik", "wording": "May we?", "keep_days": "9999"}
    client = world.client(world.mei)
    page = client.post(world.address("website/"), told)
    assert page.status_code == 422
    text = page.content.decode()
    assert "is no address of a site" in text
    assert "less than or equal to 730" in text
    told |= {"origins": f"{SITE}/start\n{SITE}", "keep_days": "30"}
    told |= {"agree_label": "Yes", "refuse_label": "No", "privacy_url": "javascript:alert(1)"}
    assert "valid URL" in client.post(world.address("website/"), told).content.decode()
    told["privacy_url"] = f"{SITE}/privacy"
    assert client.post(world.address("website/"), told).status_code == 302
    with world.inside():
        assert Website.objects.of(world.workspace).get().origins == [SITE]
    assert world.client(world.tomas).get(world.address("website/")).status_code == 403
    assert world.client(world.fred).get(world.address("website/")).status_code == 404
