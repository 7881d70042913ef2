"""Webhooks of other products: each event once, whatever it looks like kept, mapped by a page."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from standardwebhooks.webhooks import Webhook

from leadfarm.intake.actions import hooking
from leadfarm.intake.codes import ReceiptState, Signing
from leadfarm.intake.hooks import paths
from leadfarm.intake.hooks.presets import BY_SLUG, PRESETS
from leadfarm.intake.models import Endpoint, Receipt
from leadfarm.leads.models import Contact, Touch
from leadfarm.rules.codes import TouchKind
from tests.queries import assert_constant_queries
from tests.world import World

ZOOM = {
    "event": "webinar.registration_created",
    "payload": {"object": {"topic": "Quieter drives", "registrant": {
        "id": "r-1", "email": "vera@nordpump.example", "first_name": "Vera", "last_name": "Lind",
        "org": "Nordpump", "job_title": "Head of Production",
    }}},
}  # fmt: skip


def made(world: World, preset: str = "json") -> Endpoint:
    with world.inside():
        source = world.source("Webhook")
        return hooking.make_endpoint(
            world.workspace, "Product", BY_SLUG[preset], source, None, now=world.now
        )


def post(endpoint: Endpoint, document: Any, **headers: str) -> Any:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    kind, told = "application/json", {name.replace("_", "-"): v for name, v in headers.items()}
    return Client().post(f"/in/{endpoint.token}/", body, content_type=kind, headers=told)


def touches(world: World) -> int:
    with world.inside():
        return Touch.objects.of(world.workspace).count()


def test_an_event_delivered_five_times_and_reordered_is_one_touch(world: World) -> None:
    zoom = made(world, "zoom")
    other = json.loads(json.dumps(ZOOM).replace("r-1", "r-2").replace("vera@", "otto@"))
    for event in (ZOOM, other, ZOOM, ZOOM, other, ZOOM, ZOOM):
        assert post(zoom, event).json()["received"][0]["state"] == "captured"
    with world.inside():
        kinds = set(Touch.objects.of(world.workspace).values_list("kind", flat=True))
        assert kinds == {TouchKind.WEBINAR_REGISTERED}
        vera = Contact.objects.of(world.workspace).get(email_key="vera@nordpump.example")
        assert (vera.name, vera.job_title) == ("Vera Lind", "Head of Production")
    assert touches(world) == 2


def test_what_nobody_can_read_is_kept_mapped_on_the_page_and_replayed(world: World) -> None:
    endpoint, mei = made(world), world.client(world.mei)
    strange = {"who": {"adr": "vera@nordpump.example"}, "list": [{"t": "Drives"}]}
    assert post(endpoint, strange).json()["received"][0]["state"] == "refused"
    page = world.address(f"webhooks/{endpoint.pk}/")
    assert "who.adr" in mei.get(page).content.decode()
    chosen = {"path-1": "who.adr", "leaf-1": "email", "path-2": "list[0].t", "leaf-2": "need"}
    mei.post(f"{page}mapping/", {**chosen, "rule-source": "=Partner", "key_path": "id"})
    with world.inside():
        kept = Receipt.objects.of(world.workspace).get()
        assert Endpoint.objects.of(world.workspace).get().mapping["email"] == "who.adr"
    answer = mei.post(world.address(f"arrivals/{kept.pk}/replay/"), follow=True)
    assert "Captured" in answer.content.decode()
    with world.inside():
        kept.refresh_from_db()
        assert kept.state == ReceiptState.CAPTURED
        assert kept.lead is not None
        assert (kept.lead.need, kept.lead.source.name) == ("Drives", "Partner")  # type: ignore[union-attr]
    lead_page = mei.get(world.address(f"leads/{kept.lead_id}/")).content.decode()
    assert f"arrivals/{kept.pk}/" in lead_page
    wrong = mei.post(f"{page}mapping/", {"rule-email": "a[[", "rule-need": "ask.what"})
    said = wrong.content.decode()
    assert (wrong.status_code, "<details open>" in said) == (422, True)
    assert "“a[[” is no path" in said
    assert 'value="ask.what"' in said
    unsigned = mei.post(f"{page}signature/", {"signing": int(Signing.HMAC)})
    assert unsigned.status_code == 422
    for said in ("needs the sender's secret", "Name the header"):
        assert said in unescape(unsigned.content.decode())


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"\xff\x00", b'"text"', b"[]", b"[[[]]]", b"[" * 50_000]
)
def test_unreadable_bodies_are_kept_and_never_a_crash(world: World, body: bytes) -> None:
    assert post(made(world), body).json()["received"][0]["state"] == "refused"


def test_form_fields_lists_and_large_bodies(world: World) -> None:
    endpoint = made(world)
    told = {"email": "vera@nordpump.example", "name": "Vera Lind"}
    assert Client().post(f"/in/{endpoint.token}/", told).status_code == 200
    two = [{"email": "a@x.example", "id": 1}, {"email": "b@x.example", "id": 2}]
    assert len(post(endpoint, two).json()["received"]) == 2
    assert touches(world) == 3
    assert post(endpoint, b"x" * 1_000_001).status_code == 413
    for wrong in (f"{endpoint.token}x", "1", "0-x", "9" * 30):
        assert Client().post(f"/in/{wrong}/", told).status_code == 404
    world.client(world.mei).post(world.address(f"webhooks/{endpoint.pk}/close/"))
    assert post(endpoint, told).status_code == 404


def test_a_header_names_the_event_where_the_body_does_not(world: World) -> None:
    endpoint, told = made(world), {"email": "vera@nordpump.example"}
    for key in ("one", "one", "two"):
        post(endpoint, told, Idempotency_Key=key)
    assert touches(world) == 2


def test_only_signed_events_are_captured_where_signatures_are_asked_for(world: World) -> None:
    endpoint, told = made(world), json.dumps({"email": "vera@nordpump.example"}).encode()
    with world.inside():
        hooking.save_signing(endpoint, Signing.HMAC, "X-Signature", "secret")
    good = "sha256=" + hmac.new(b"secret", told, hashlib.sha256).hexdigest()
    assert post(endpoint, told).status_code == 401
    assert post(endpoint, told, X_Signature="sha256=é").status_code == 401
    assert touches(world) == 0
    assert post(endpoint, told, X_Signature=good).status_code == 200
    secret = "whsec_" + base64.b64encode(b"0" * 24).decode()
    with world.inside():
        hooking.save_signing(endpoint, Signing.STANDARD, "", secret)
    at = datetime.now(UTC)
    signed = Webhook(secret).sign("msg_1", at, told.decode())
    named = {"webhook-id": "msg_1", "webhook-timestamp": str(int(at.timestamp()))}
    assert post(endpoint, told, **named).status_code == 401
    assert post(endpoint, told, **named, **{"webhook-signature": signed}).status_code == 200
    assert touches(world) == 2


def test_arrivals_are_listed_dismissed_and_taken_up_in_a_constant_number_of_queries(
    world: World,
) -> None:
    endpoint, ana = made(world), world.client(world.ana)
    post(endpoint, {"x": 1})
    every = world.address("arrivals/?state=all")

    def more() -> None:
        for number in range(5):
            post(endpoint, {"x": number + 2})
            post(endpoint, {"email": f"v{number}@x.example"})

    more()
    assert_constant_queries(ana, every, more)
    page = ana.get(every)
    assert "The mapping finds nothing" in page.content.decode()
    with world.inside():
        one = Receipt.objects.of(world.workspace).filter(state=ReceiptState.REFUSED).earliest("id")
    ana.post(world.address(f"arrivals/{one.pk}/dismissal/"))
    waiting = world.address("arrivals/")
    assert f'arrivals/{one.pk}/"' not in ana.get(waiting).content.decode().partition("<table")[2]
    ana.post(world.address(f"arrivals/{one.pk}/return/"))
    assert f"arrivals/{one.pk}/" in ana.get(waiting).content.decode()
    assert world.client(world.tomas).get(waiting).status_code == 403


def test_paths_find_what_they_name() -> None:
    document = {"a": [{"k": "x", "v": 1}, {"k": "y", "v": {"w": True}}], "b": "", "c": 0}
    assert paths.pick(document, "b|a[k=x].v") == 1
    assert paths.pick(document, "a[1].v.w") == "true"
    assert paths.pick(document, "= Fair ") == "Fair"
    assert paths.pick(document, "nothing|a[9].v|a.v|b") is None
    assert ("a[0].k", "x") in list(paths.leaves(document))
    for preset in PRESETS:
        for rule in preset.mapping.values():
            assert paths.check(rule) == rule
    for wrong in ("a[", "a]", "[=]", "a[b=c"):
        with pytest.raises(paths.PathError):
            paths.check(wrong)


def test_a_held_event_says_whose_it_is(world: World) -> None:
    told = {"email": "rita@yopmail.com", "name": "Rita Real", "message": "Dry pumps?"}
    answer = post(made(world), json.dumps(told).encode())
    assert answer.json()["received"][0]["state"] == "quarantined"
    page = world.client(world.mei).get(world.address("quarantine/")).content.decode()
    for said in ("Rita Real", "Dry pumps?", "Always let yopmail.com in"):
        assert said in page
    unpicked = world.client(world.mei).post(world.address("quarantine/release/"), follow=True)
    assert "Nothing is picked" in unpicked.content.decode()
