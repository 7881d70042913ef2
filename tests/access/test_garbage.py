"""Garbage in every address and every form: an answer in words, never a fault of the server.

The forms are read from the pages themselves, as each role sees them; a new page or form is tried by
itself. `make soak` tries everything with everything, `make test` a part of the questions, another
one each day.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve
from django.urls.converters import IntConverter

from tests.access.every_url import Street, inside, make_street, status
from tests.access.test_every_url import OBSERVED
from tests.support.page_forms import PageForm, forms_of

ROOM = Path(__file__).resolve().parents[2] / "leadfarm"
HUGE = ("9" * 40, "9223372036854775807")
NASTY = (
    "\x00",
    "9" * 40,
    "-1",
    "²",
    "NaN",
    "1e400",
    "'\"><script>alert(1)</script>",
    "{",
    '{"all": [{"field": 5}]}',
    "2026-02-30",
    "9999-12-31",
    "9999-12-31T23:59",
    "0001-01-01T00:00",
    "a\r\nBcc: eve@evil.example",
    "{{ 7 | times: 'x' }}{% for %}",
    "../../etc/passwd",
    "https://evil.example/",
    "\u202e\U0001f600" * 100,
    "x" * 20_000,
)
PART = 120
SEED = 20260302
Try = tuple[Client, str, str, dict[str, Any]]


@pytest.fixture(scope="module")
def street(database: str) -> Street:
    return make_street()


@pytest.fixture(scope="module")
def forms(street: Street) -> list[tuple[Client, PageForm]]:
    """Every form that somebody is shown, once."""
    found: dict[tuple[str, ...], tuple[Client, PageForm]] = {}
    for who in street.world.everybody().values():
        client = street.world.client(who)
        for address in inside():
            if address.name in OBSERVED:
                continue
            where = address.to(street.world.slug, street.rows)
            code, _, body = status(client, where)
            for form in forms_of(body.decode(errors="replace"), where) if code == 200 else ():
                name = resolve(urlsplit(form.action).path).view_name
                if name != "account_logout":
                    found.setdefault((name, *form.shape()), (client, form))
    return list(found.values())


def in_forms(forms: list[tuple[Client, PageForm]]) -> Iterator[Try]:
    """One field of a form that is otherwise as it should be."""
    for client, form in forms:
        for field in form.fields:
            for value in NASTY:
                yield client, form.method, form.action, {**form.fields, field: value}


def in_questions(street: Street) -> Iterator[Try]:
    """One word of an address's query, of those that any view of its room reads."""
    client = street.world.client(street.world.ada)
    for address in inside():
        room = ROOM / address.name.partition(":")[0]
        for word in _words(room if room.is_dir() else ROOM):
            for value in NASTY:
                where = address.to(street.world.slug, street.rows)
                yield client, "get", where, {word: value}


def in_numbers(street: Street) -> Iterator[Try]:
    """A number that no table has, where an address names a row."""
    client = street.world.client(street.world.ada)
    for address in inside():
        for name, kind in address.holes.items():
            for huge in HUGE if isinstance(kind, IntConverter) else ():
                path = re.sub(rf"<[^<>]*\b{name}>", huge, address.path)
                there = type(address)(path, address.name, address.view, _without(address, name))
                for method in ("get", "post"):
                    yield client, method, there.to(street.world.slug, street.rows), {}


def _without(address: Any, name: str) -> dict[str, Any]:
    return {hole: kind for hole, kind in address.holes.items() if hole != name}


def _words(room: Path) -> list[str]:
    source = "".join(path.read_text() for path in sorted(room.rglob("*.py")))
    return sorted(set(re.findall(r'(?:GET|POST)(?:\.get|\.getlist)?[(\[]"([^"]+)"', source)))


def faults_of(tries: list[Try]) -> list[tuple[str, dict[str, Any], str]]:
    """What the server could not answer: where, with what, and what went wrong inside."""
    found = []
    for client, method, where, said in tries:
        client.raise_request_exception = False
        said.pop("csrfmiddlewaretoken", None)
        answer = getattr(client, method)(where, said)
        away = urlsplit(answer.headers.get("Location", "")).netloc
        fault = answer.exc_info[1] if getattr(answer, "exc_info", None) else ""
        if answer.status_code >= 500 or away:
            found.append((f"{method} {where}", said, f"{answer.status_code} {away}{fault!r}"))
    return found


def part(tries: Iterator[Try], many: int = PART) -> list[Try]:
    """A part of them, always the same: what is green today is green tomorrow."""
    everything = list(tries)
    return random.Random(SEED).sample(everything, min(many, len(everything)))


def test_garbage_in_a_question_is_answered(street: Street) -> None:
    assert faults_of(part(in_questions(street))) == []


@pytest.mark.soak
def test_all_garbage_everywhere_is_answered(
    street: Street, forms: list[tuple[Client, PageForm]]
) -> None:
    assert len(forms) > 30
    tries = [*in_forms(forms), *in_questions(street), *in_numbers(street)]
    assert faults_of(tries) == []
