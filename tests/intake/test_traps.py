"""Bots on forms: thanked like everybody, kept from the record, never told by what (S1-13)."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from altcha import v1
from django.test import Client

from leadfarm.intake.codes import ReceiptState
from leadfarm.intake.hosting import proof
from leadfarm.intake.hosting.proof import Proof
from leadfarm.intake.hosting.stamp import Stamp, origin, read
from leadfarm.intake.hosting.traps import MOST, MOST_UNPROVEN, Trap, sprung
from leadfarm.intake.models import Receipt
from leadfarm.leads.models import Contact
from tests.intake.hosting import opened, send
from tests.world import World

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def solution(riddle: str) -> str:
    """Solve a riddle as the worker of the page does."""
    told = json.loads(riddle)
    found = v1.solve_challenge(told["challenge"], told["salt"], "SHA-256", told["maxNumber"], 0)
    assert found is not None
    said = {key: told[key] for key in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps({**said, "number": found.number}).encode()).decode()


def test_a_proof_of_work_is_signed_expires_and_counts_once(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "HARDEST", 300)
    now = datetime.now(UTC)
    solved = solution(proof.riddle(now))
    assert proof.judge(solved, now) is Proof.GOOD
    assert proof.judge(solved, now) is Proof.FALSE
    old = solution(proof.riddle(now - timedelta(hours=3)))
    assert proof.judge(old, now) is Proof.NONE
    said = json.loads(base64.b64decode(solution(proof.riddle(now))))
    for change in ({"number": said["number"] + 1}, {"signature": "0" * 64}, {"salt": "a"}):
        forged = base64.b64encode(json.dumps(said | change).encode()).decode()
        assert proof.judge(forged, now) is Proof.FALSE
    for garbage in ("x", "e30=", base64.b64encode(b"[1]").decode(), "é", "A" * 9000):
        assert proof.judge(garbage, now) is Proof.FALSE
    assert proof.judge("", now) is Proof.NONE


def test_traps() -> None:
    slow = Stamp(NOW - timedelta(minutes=1), 1)
    assert sprung({}, slow, Proof.NONE, 1, NOW) == []
    assert sprung({}, Stamp(), Proof.NONE, 1, NOW) == []
    assert sprung({"homepage_2": "x"}, slow, Proof.GOOD, 1, NOW) == [Trap.HIDDEN_FIELD]
    assert sprung({}, Stamp(NOW, 1), Proof.GOOD, 1, NOW) == [Trap.TOO_FAST]
    assert sprung({}, slow, Proof.FALSE, 1, NOW) == [Trap.FALSE_PROOF]
    assert sprung({}, slow, Proof.NONE, MOST_UNPROVEN + 1, NOW) == [Trap.TOO_MANY]
    assert sprung({}, slow, Proof.GOOD, MOST_UNPROVEN + 1, NOW) == []


def test_a_stamp_cannot_be_made_up_and_an_origin_names_nobody() -> None:
    stamp = Stamp(NOW, 3, {"utm_source": "mail"}, "n")
    assert read(stamp.signed()) == stamp
    assert read(stamp.signed()[:-1] + "x") == Stamp()
    assert read("") == read("é" * 5000) == Stamp()
    came = origin(
        {"utm_source": "a\x00b" * 99, "referrer": "https://x.example/?mail=vera@x.example"},
        "https://news.example/story?reader=vera",
    )
    assert came["referrer"] == "news.example/story"
    assert len(came["utm_source"]) <= 160
    assert origin({"page": "javascript:alert(1)"}, "http://[") == {}


def test_a_machine_is_thanked_and_what_it_sent_waits_in_quarantine(world: World) -> None:
    form = opened(world)
    sent = {"email": "bot@x.example", "homepage_2": "http://spam.example"}
    caught, human = send(form, sent), send(form, {"email": "vera@x.example"})
    pages = [Client().get(one["Location"]).content.decode() for one in (caught, human)]
    assert pages[0] == pages[1]
    with world.inside():
        held = Receipt.objects.of(world.workspace).get(state=ReceiptState.QUARANTINED)
        assert held.reasons == ["It filled in a field that people do not see."]
        assert held.payload is not None
        assert "spam.example" in held.payload.body
        assert Contact.objects.of(world.workspace).get().email == "vera@x.example"


def test_too_many_from_one_address_wait_and_then_are_asked_to(world: World) -> None:
    form = opened(world)
    answers = [
        send(form, {"email": f"v{number}@x.example"}, REMOTE_ADDR="198.51.100.7").status_code
        for number in range(MOST + 1)
    ]
    assert answers == [303] * MOST + [429]
    late = send(form, {"email": "late@x.example", "need": "Drives"}, REMOTE_ADDR="198.51.100.7")
    assert 'value="Drives"' in late.content.decode()
    with world.inside():
        receipts = Receipt.objects.of(world.workspace)
        assert receipts.filter(state=ReceiptState.CAPTURED).count() == MOST_UNPROVEN
        assert receipts.filter(state=ReceiptState.QUARANTINED).count() == MOST - MOST_UNPROVEN


def test_the_same_form_sent_twice_is_one(world: World) -> None:
    form = opened(world)
    stamp = Stamp(datetime.now(UTC) - timedelta(minutes=1), 1, {}, "one visit").signed()
    told = {"email": "vera@x.example", "stamp": stamp}
    assert send(form, told)["Location"].split(":")[0]
    send(form, told)
    send(form, told | {"need": "Drives"})
    with world.inside():
        assert Receipt.objects.of(world.workspace).count() == 2
