"""Every address, walked as a stranger, as an outside firm and as each role (law 9, S3-19).

The addresses come from the resolver: a new page is walked by itself.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.access.every_url import (
    Address,
    Street,
    every_address,
    inside,
    make_street,
    read_only,
    status,
)

ROLES = ["marketer", "pd", "sales-rep", "manager", "admin"]
# A look at these is noted: an observation, which law 8 allows. By name of the address.
OBSERVED = {"desk:brief", "leads:export", "leads:history", "leads:lead-history"}
# Posts that come from machines without a cookie, by name of the address, with the reason.
WITHOUT_TOKEN: dict[str, str] = {
    "forms:webhook": "Programs post; the opaque address and the signature are what lets them in",
    "forms:hosted": "Anyone may send it; nobody is signed in there",
    "web:report": "Pages of the company's own sites send it; the origin is looked at instead",
    "forms:framed": "The same, inside a page of another site",
    "forms:confirm": "The signed address from a mail is what lets somebody confirm",
    "forms:forget": "It takes a cookie of the visitor's own away",
    "post:way-out": "RFC 8058: mail programs post; the signed address is what lets them",
}
NO_SERVER_FAULT = range(200, 500)


@pytest.fixture(scope="module")
def street(database: str) -> Street:
    return make_street()


def test_the_walk_finds_the_pages() -> None:
    names = {address.name for address in inside()}
    assert {"access:members", "access:audit", "leads:list"} <= names


def test_signed_out_every_page_asks_to_sign_in(street: Street) -> None:
    wrong = {}
    for address in inside():
        code, fault, _ = status(Client(), address.to(street.world.slug, street.rows))
        if code != 302:
            wrong[address.path] = (code, fault)
    assert wrong == {}, wrong


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_finds_nothing(street: Street, method: str) -> None:
    client, wrong = street.world.client(street.world.sam), {}
    for address in inside():
        code, fault, body = status(client, address.to(street.world.slug, street.rows), method)
        leaked = told(body, street.secrets(street.rows, street.firms))
        if code != 404 or leaked:
            wrong[address.path] = (code, fault, leaked)
    assert wrong == {}, wrong


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_an_answer_and_reading_changes_nothing(street: Street, role: str) -> None:
    client, wrong = street.world.client(street.world.everybody()[role]), {}
    for address in inside():
        with read_only():
            code, fault, body = status(client, address.to(street.world.slug, street.rows))
        leaked = told(body, street.secrets(street.foreign))
        if (code not in (200, 302, 403, 405) and not observed(address)) or leaked:
            wrong[address.path] = (code, fault, leaked)
    assert wrong == {}, wrong


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_stands_in_another_workspace_is_not_there(
    street: Street, role: str, method: str
) -> None:
    client, wrong = street.world.client(street.world.everybody()[role]), {}
    for address in inside():
        if not address.names_a_row():
            continue
        code, fault, body = status(client, address.to(street.world.slug, street.foreign), method)
        leaked = told(body, street.secrets(street.foreign))
        if code not in (404, 403, 405) or leaked:
            wrong[address.path] = (code, fault, leaked)
    assert wrong == {}, wrong


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_firm_finds_only_its_own(street: Street, method: str) -> None:
    """S0-14: what is not assigned to it is not there, and no page names it."""
    client, wrong = street.world.client(street.world.fred), {}
    others = street.secrets_of_others()
    for address in inside():
        code, fault, body = status(client, address.to(street.world.slug, street.rows), method)
        leaked = told(body, others)
        allowed = (404, 405) if address.names_a_row() else (200, 302, 400, 404, 405)
        if code not in allowed or leaked:
            wrong[address.path] = (code, fault, leaked)
    assert wrong == {}, wrong


def test_a_firm_can_read_its_own(street: Street) -> None:
    client, wrong = street.world.client(street.world.fred), {}
    others = street.secrets_of_others()
    for address in inside():
        with read_only():
            code, fault, body = status(client, address.to(street.world.slug, street.firms))
        leaked = told(body, others)
        if (code not in (200, 302, 404, 405) and not observed(address)) or leaked:
            wrong[address.path] = (code, fault, leaked)
    assert wrong == {}, wrong
    for page in ("settings/", "leads/", f"leads/{street.lead(street.firms)}/"):
        assert status(client, f"/w/{street.world.slug}/{page}")[0] == 200


def test_what_is_observed_only_appends_a_touch(street: Street) -> None:
    """Law 8: an observation and nothing else; stage and heat stay."""
    client, before = street.world.client(street.world.tomas), street.census()
    for address in inside():
        if observed(address):
            assert status(client, address.to(street.world.slug, street.rows))[0] == 200
    after = street.census()
    assert {name for name in after if after[name] != before[name]} <= {
        *("leads_touch", "access_auditentry")
    }


def test_outside_the_walls_nothing_breaks(street: Street) -> None:
    wrong = {}
    for address in every_address():
        if address.is_inside:
            continue
        # allauth has regular expressions of its own; any word fills them.
        path = re.sub(r"\(\?P<[^>]*>[^)]*\)|<[^>]*>", "1", address.path)
        code, fault, _ = status(Client(), "/" + path.strip("^$"))
        if code not in NO_SERVER_FAULT:
            wrong[address.path] = (code, fault)
    assert wrong == {}, wrong


def test_every_post_needs_a_token() -> None:
    exempt = {
        address.name for address in every_address() if getattr(address.view, "csrf_exempt", False)
    }
    # The API knows nobody by a cookie: each call brings its own token.
    assert {name for name in exempt if not name.startswith("api")} == set(WITHOUT_TOKEN)


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/w/{}/settings/", "/w/{}/leads/", "/nothing"]
)
def test_every_page_carries_the_headers(street: Street, path: str) -> None:
    answer = street.world.client(street.world.ada).get(path.format(street.world.slug))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def told(body: bytes, secrets: list[str]) -> list[str]:
    """Return which of the texts stand in the page."""
    text = body.decode(errors="replace")
    return [secret for secret in secrets if secret in text]


def observed(address: Address) -> bool:
    return address.name in OBSERVED
