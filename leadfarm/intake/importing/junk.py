"""Rows of a file that look like junk: rejected, each with its reasons (S1-13).

Whoever looks at them and finds a person uploads the error file: what comes again by it comes in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leadfarm.intake.models import LetIn
from leadfarm.intake.reading import Fault
from leadfarm.leads.models import Contact
from leadfarm.rules.junk import Offered, judge
from leadfarm.rules.junk.sieve import may_be_junk
from leadfarm.rules.stages import is_delivered

if TYPE_CHECKING:
    from leadfarm.intake.importing.job import Job
    from leadfarm.intake.importing.prepared import Prepared
    from leadfarm.intake.importing.record import Record

SAYS = "Looks like junk: {} Upload the error file as it is to let the row in."
LONGEST = 400
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")


def is_suspect(record: Record) -> bool:
    """Whether a row is worth a verdict; who came as far as an opportunity is somebody."""
    if record.stage is not None and is_delivered(record.stage):
        return False
    given, family = record.given_name or record.full_name, record.family_name
    return may_be_junk(record.email, given, family, record.company)


def leave_out_junk(job: Job, prepared: Prepared) -> None:
    """Reject the suspects that are junk, unless they are contacts already."""
    if not prepared.suspects:
        return
    asked = [record for record in prepared.records if record.row in prepared.suspects]
    emails = [record.email for record in asked if record.email]
    people = Contact.objects.of(job.workspace).filter(email_key__in=emails)
    known = set(people.values_list("email_key", flat=True))
    hosts = set(LetIn.objects.of(job.workspace).values_list("host", flat=True))
    gone = {record.row: why for record in asked if (why := _reasons(record, hosts, known))}
    prepared.rejected += len(gone)
    prepared.records = [record for record in prepared.records if record.row not in gone]
    prepared.faults = [fault for fault in prepared.faults if fault.row not in gone]
    prepared.faults += [Fault(row, "", _said(why)) for row, why in gone.items()]


def _bare(text: str) -> str:
    """Without markup: of strangers it is junk, of another system a slip that is shown as text."""
    return _MARKUP.sub("", text)


def _said(why: tuple[str, ...]) -> str:
    return SAYS.format(" ".join(why))[:LONGEST]


def _reasons(record: Record, hosts: set[str], known: set[str | None]) -> tuple[str, ...]:
    if record.email and record.email in known:
        return ()
    offered = Offered(
        email=record.email,
        given_name=_bare(record.given_name or record.full_name),
        family_name=_bare(record.family_name),
        company=_bare(record.company),
        phone=record.phone,
    )
    return judge(offered, let_in=hosts).reasons
