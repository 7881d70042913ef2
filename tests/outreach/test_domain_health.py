"""What DNS must say of our mail: SPF, DKIM, DMARC, reverse host; asked over a real socket."""

import json
import time
from collections.abc import Iterator

import pytest

from leadfarm.outreach.actions import ask_dns
from leadfarm.outreach.asking import Asker, NoAnswer
from leadfarm.outreach.codes import Security
from leadfarm.outreach.delivery.dkim import new_key
from leadfarm.outreach.domain_health import look_up
from leadfarm.outreach.models import MailServer, Sender
from leadfarm.rules.mail_records import Finding, Health, Record
from tests.outreach.conftest import Post
from tests.support.answerer import Answerer

OURS = new_key()[1]
HOST, ADDRESS = "mail.norrvik.example", "93.184.216.34"


@pytest.fixture
def answerer() -> Iterator[Answerer]:
    with Answerer() as answerer:
        yield answerer


def sender() -> Sender:
    return Sender(from_address="hello@norrvik.example", dkim_selector="lf", dkim_public=OURS)


def found(answerer: Answerer, host: str = HOST) -> dict[str, Finding]:
    server = MailServer(host=host, port=587, security=Security.STARTTLS)
    asker = Asker(answerer.address)
    return {one.about: one for one in look_up(sender(), server, asker)}


def is_well(answerer: Answerer) -> None:
    """Let everything stand as it should."""
    answerer.say("norrvik.example", "TXT", "other=1", f"v=spf1 a:{HOST} -all")
    answerer.say("norrvik.example", "MX", f"10 {HOST}.")
    answerer.say(HOST, "A", ADDRESS)
    answerer.say("lf._domainkey.norrvik.example", "TXT", OURS)
    answerer.say("_dmarc.norrvik.example", "TXT", "v=DMARC1; p=none; rua=mailto:a@norrvik.example")
    answerer.say("34.216.184.93.in-addr.arpa", "PTR", f"{HOST}.")


def test_a_domain_that_stands_well_is_told_so(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADFARM_URL", "https://leads.norrvik.example")
    is_well(answerer)
    assert {about: one.health for about, one in found(answerer).items() if about[0] != "O"} == (
        dict.fromkeys(("SPF", "DKIM", "DMARC", "Replies", "Reverse host"), Health.GOOD)
    )


def test_what_is_missing_is_said_word_for_word(answerer: Answerer) -> None:
    answerer.say(HOST, "A", ADDRESS)
    told = found(answerer)
    assert {one.health for one in told.values()} == {Health.BAD}
    assert told["SPF"].write == Record("norrvik.example", f"v=spf1 a:{HOST} ~all")
    assert told["DKIM"].write == Record("lf._domainkey.norrvik.example", OURS)
    assert told["DMARC"].write == Record(
        "_dmarc.norrvik.example", "v=DMARC1; p=none; rua=mailto:postmaster@norrvik.example"
    )
    assert told["Reverse host"].write == Record("34.216.184.93.in-addr.arpa", HOST, "PTR")
    # What was said is written; then it is well.
    for about in ("SPF", "DKIM", "DMARC", "Reverse host"):
        write = told[about].write
        assert write
        answerer.say(write.name, write.kind, write.value + ("." if write.kind == "PTR" else ""))
    after = found(answerer)
    assert [after[about].health for about in ("SPF", "DKIM", "DMARC", "Reverse host")] == (
        [Health.GOOD] * 4
    )
    line = Record("lf._domainkey.norrvik.example", OURS).zone_line
    assert line.startswith('lf._domainkey.norrvik.example. IN TXT ( "v=DKIM1; k=rsa; p=')
    assert max(len(part) for part in line.split('"')) <= 255


@pytest.mark.parametrize(
    ("record", "health", "word"),
    [
        (f"v=spf1 ip4:93.184.216.0/24 -all {HOST}", Health.GOOD, ADDRESS),
        ("v=spf1 include:others.example -all", Health.GOOD, "lets"),
        ("v=spf1 redirect=others.example", Health.GOOD, "lets"),
        ("v=spf1 mx ~all", Health.GOOD, "lets"),
        ("v=spf1 ip4:192.0.2.0/24 ~all", Health.BAD, "softfail"),
        ("v=spf1 -all", Health.BAD, "fail"),
        (" ".join(["v=spf1", *(f"a:h{n}.example" for n in range(11))]), Health.BAD, "ten"),
        ("v=spf1 include:norrvik.example -all", Health.BAD, "ten"),
    ],
)
def test_spf_is_read_as_receivers_read_it(
    answerer: Answerer, record: str, health: Health, word: str
) -> None:
    is_well(answerer)
    answerer.say("norrvik.example", "TXT", record)
    answerer.say("others.example", "TXT", f"v=spf1 ip4:{ADDRESS} -all")
    told = found(answerer)["SPF"]
    assert told.health is health
    assert word in told.said
    if "softfail" in told.said:
        assert told.write
        assert told.write.value == f"v=spf1 a:{HOST} ip4:192.0.2.0/24 ~all", "what is there stays"


def test_a_provider_is_known_by_what_it_wants_included(answerer: Answerer) -> None:
    is_well(answerer)
    told = found(answerer, "smtp.gmail.com")
    assert "Reverse host" not in told, "its servers are its own affair"
    assert told["SPF"].write
    assert told["SPF"].write.value.startswith("v=spf1 include:_spf.google.com ")
    answerer.say("norrvik.example", "TXT", told["SPF"].write.value)
    assert found(answerer, "smtp.gmail.com")["SPF"].health is Health.GOOD


def test_records_that_receivers_ignore_are_named(answerer: Answerer) -> None:
    is_well(answerer)
    dmarc, key = "_dmarc.norrvik.example", "lf._domainkey.norrvik.example"
    answerer.say(dmarc, "TXT", "v=DMARC1; p=none", "v=DMARC1; p=reject")
    answerer.say("norrvik.example", "TXT", "v=spf1 -all", "v=spf1 a ~all")
    answerer.say(key, "TXT", new_key()[1])
    told = found(answerer)
    assert "2 DMARC records" in told["DMARC"].said
    assert "2 SPF records" in told["SPF"].said
    assert "not the one we sign with" in told["DKIM"].said
    answerer.say(dmarc, "TXT", "v=DMARC1; p=maybe")
    answerer.say(key, "TXT", "v=DKIM1; p=")
    assert "no policy" in found(answerer)["DMARC"].said
    assert "withdrawn" in found(answerer)["DKIM"].said
    answerer.say(dmarc, "TXT", "v=DMARC1; p=reject")
    assert found(answerer)["DMARC"].health is Health.WARNING, "its reports go to nobody"


def test_silence_is_not_taken_for_an_answer_and_does_not_last(answerer: Answerer) -> None:
    answerer.silent = True
    began = time.monotonic()
    asker = Asker(answerer.address, all_questions=1.0)
    told = look_up(sender(), MailServer(host=HOST), asker)
    assert time.monotonic() - began < 3
    assert {one.health for one in told[:5]} == {Health.UNKNOWN}
    assert all(one.write is None for one in told[:5])
    with pytest.raises(NoAnswer, match="too long"):
        asker.texts("norrvik.example")


def test_the_page_and_the_command_say_the_same(
    post: Post,
    answerer: Answerer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LEADFARM_DNS", answerer.address)
    world = post.world
    ada = world.client(world.ada)
    ada.post(world.address("mail/sender/dns/"))
    page = ada.get(world.address("mail/sender/")).content.decode()
    assert "There is no DMARC record" in page
    assert "v=DMARC1; p=none; rua=mailto:postmaster@norrvik.example" in page
    with world.inside():
        kept = Sender.objects.of(world.workspace).get()
        assert [one["about"] for one in kept.dns_findings][:3] == ["SPF", "DKIM", "DMARC"]
        assert ask_dns(kept, now=world.now)
    from leadfarm.project.cli.doctor import _mail

    with world.as_worker():
        assert _mail(as_json=True) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"domain", "about", "health", "said", "found", "write", "zone_line"} == lines[0].keys()
