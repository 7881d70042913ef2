"""Bounces and complaints are read by their form first, then by what is said (S2-16, S2-17)."""

import csv
import os
import sys
import time
from collections import defaultdict
from email import message_from_bytes, message_from_string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadfarm.rules.mail_reports import Reason, ReportKind, read_report
from tests.rules.mail_reports.made_up import OURS, THEIRS, complaint, in_words, report

DATA = Path(os.environ.get("LEADFARM_TEST_DATA", Path(__file__).parents[4] / "shared" / "data"))
BOUNCES = DATA / "mail" / "bounces"
NEEDS_DATA = pytest.mark.skipif(
    not BOUNCES.is_dir(), reason=f"no bounces in {DATA}; set LEADFARM_TEST_DATA"
)

AFTER_RCPT = "host mx.example said: 550 no (in reply to RCPT TO command)"
AFTER_DATA = "host mx.example said: 550 no (in reply to end of DATA command)"
STATUSES = [
    ("5.1.1", "550 5.1.1 Nobody of that name", "", Reason.NOBODY),
    ("5.1.1", "550 5.1.1 The account is inactive", "", Reason.NOBODY),
    ("5.1.1", "552 5.1.1 Mailbox over its quota", "", Reason.FULL),
    ("5.2.2", "", "", Reason.FULL),
    ("5.1.2", "", "", Reason.NO_DOMAIN),
    ("5.1.8", "553 5.1.8 Domain of sender does not exist", "", Reason.US),
    ("5.7.1", "554 5.7.1 Listed on a blacklist", "", Reason.US),
    ("5.7.1", "550 5.7.1 Looks like spam to us", "", Reason.CONTENT),
    ("5.3.4", "552 5.3.4 Message too large", "", Reason.TOO_LARGE),
    ("5.0.0", "550 User unknown", AFTER_RCPT, Reason.NOBODY),
    ("5.0.0", "550 User unknown", AFTER_DATA, Reason.TAKEN_BACK),
    ("5.0.0", "550 User unknown", "", Reason.DOUBTFUL),
    ("5.2.1", "550 5.2.1 The account is disabled", "", Reason.CLOSED),
    ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied", "", Reason.NOBODY),
    ("4.4.7", "", "delivery time expired", Reason.LATER),
    ("5.0.0", "", "550 5.1.1 no such user here", Reason.NOBODY),
    ("5.0.0", "", "", Reason.UNCLEAR),
]  # fmt: skip
QMAIL = f"""Hi. This is the program at mx.example.

<{THEIRS}>:
192.0.2.7 does not like recipient.
Remote host said: 550 no such user here
Giving up on 192.0.2.7.

--- Below this line is a copy of the message.

Message-ID: <{OURS}>
"""
EXIM = f"""A message that you sent could not be delivered to some of its recipients:

  {THEIRS}
    SMTP error from remote mail server after RCPT TO:<{THEIRS}>:
    host mx.example [192.0.2.7]: 550 5.2.2 mailbox is full
  otto@nordpump.example
    Unknown user

------ This is a copy of the message, including all the headers. ------

Message-ID: <{OURS}>
"""


@pytest.mark.parametrize(("status", "said", "told", "reason"), STATUSES)
def test_a_status_is_read_with_what_was_said(status: str, said: str, told: str, reason: Reason):
    found = read_report(report(status, said, told=told))
    assert found is not None
    assert (found.kind, found.about) == (ReportKind.BOUNCE, (OURS,))
    (failure,) = found.failures
    assert (failure.address, failure.reason) == (THEIRS, reason)
    assert failure.is_dead == (reason in (Reason.NOBODY, Reason.NO_DOMAIN, Reason.MOVED))


def test_what_is_still_tried_is_no_end_and_what_arrived_is_no_bounce():
    late = read_report(report("4.4.1", "", told="no answer yet", action="delayed"))
    assert late is not None
    assert late.delayed_only
    assert not late.failures[0].is_dead
    assert read_report(report("2.0.0", "250 ok", action="delivered")) is None


def test_reports_that_only_people_can_read():
    qmail, exim = read_report(in_words(QMAIL)), read_report(in_words(EXIM))
    assert qmail is not None
    assert exim is not None
    assert qmail.about == exim.about == (OURS,)
    assert [one.reason for one in qmail.failures] == [Reason.NOBODY]
    told = {one.address: one.reason for one in exim.failures}
    assert told == {THEIRS: Reason.FULL, "otto@nordpump.example": Reason.NOBODY}


def test_a_complaint_names_the_mail_and_who_complained():
    found = read_report(complaint())
    assert found is not None
    assert (found.kind, found.about, found.complained) == (
        ReportKind.COMPLAINT,
        (OURS,),
        (THEIRS,),
    )


def test_people_who_speak_of_bounces_have_written_no_report():
    for subject in ("Re: failure notice", "Fwd: Undelivered Mail", "Your mail was not delivered"):
        quoted = "See below, it could not be delivered.\n\n> 550 5.1.1 user unknown\n" + QMAIL
        assert read_report(in_words(quoted, sender="Vera <v@n.example>", Subject=subject)) is None
    away = in_words("I am away until Monday.", sender="v@n.example", Auto_Submitted="auto-replied")
    assert read_report(away) is None


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600), st.sampled_from(["plain", "html", "report", "status", "rfc822"]))
def test_no_garbage_stops_the_reader(body: bytes, kind: str):
    types = {
        "plain": b"text/plain; charset=x-none", "html": b"text/html; charset=utf-16",
        "report": b'multipart/report; boundary="b"', "status": b"message/delivery-status",
        "rfc822": b"message/rfc822",
    }  # fmt: skip
    head = b"Return-Path: <>\nFrom: mailer-daemon@x.example\nSubject: Undelivered\nContent-Type: "
    whole = head + types[kind] + b"\n\n"
    for raw in (body, whole + body, whole + b"--b\n" + body):
        read_report(message_from_bytes(raw))


def test_a_hostile_megabyte_takes_no_more_than_a_moment():
    """Time is measured coarsely: a pattern that runs away takes minutes, not seconds."""
    bits = (
        *("a@", "user ", "no ", "recipient address rejected: ", "<div ", "from: ", "550 "),
        *(">>> RCPT \n", "a@b.cd\n", "Final-Recipient: rfc822; a@b.cd\nAction: failed\n\n"),
    )
    started = time.monotonic()
    for bit in bits:
        read_report(in_words(bit * (1_000_000 // len(bit))))
    assert time.monotonic() - started < 30


@NEEDS_DATA
def test_s2_17_hard_and_soft_are_told_apart_on_bounces_of_many_systems():
    wanted = defaultdict(list)
    with (BOUNCES / "expected.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            wanted[row["file"]].append(row["hard_bounce"] == "true")
    right = many = 0
    for name, hard in wanted.items():
        found = read_report(message_from_bytes((BOUNCES / name).read_bytes()))
        failures = found.failures if found else ()
        dead = [one.is_dead for one in failures] or [False]
        right += sum(dead[min(at, len(dead) - 1)] == one for at, one in enumerate(hard))
        many += len(hard)
    sys.stdout.write(f"\nhard and soft told apart: {right} of {many}, {right / many:.3f}\n")
    assert right / many >= 0.97


@NEEDS_DATA
def test_no_reply_of_a_person_is_a_report():
    replies = sorted((DATA / "mail" / "replies").rglob("*.txt"))
    head = "From: Vera <vera@nordpump.example>\nSubject: Re: Drives\n\n"
    for file in replies:
        text = file.read_text("utf-8", "replace")
        assert read_report(message_from_string(head + text)) is None, file.name
        assert read_report(message_from_string(text)) is None, file.name
