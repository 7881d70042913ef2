"""Was it a machine that sent a form? Nobody is told which trap they stepped into."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from leadfarm.intake.hosting.asking import HONEYPOT
from leadfarm.intake.hosting.proof import Proof
from leadfarm.intake.hosting.stamp import Stamp
from leadfarm.rules.coded import Code

FASTEST = timedelta(seconds=2)
SPAN = timedelta(minutes=10)
# How often one network address may send one form in that span: at all, and without a proof of work.
MOST = 60
MOST_UNPROVEN = 20


class Trap(Code):
    """What gave a machine away."""

    HIDDEN_FIELD = 1, "It filled in a field that people do not see"
    TOO_FAST = 2, "It was faster than anybody reads"
    FALSE_PROOF = 3, "Its proof of work was false or used before"
    TOO_MANY = 4, "Many came from one address without a proof of work"


def sprung(
    told: Mapping[str, str], stamp: Stamp, proof: Proof, sent: int, now: datetime
) -> list[Trap]:
    """Return the traps that were sprung; `sent` is how many came from this address of late.

    Without a stamp it comes from a program of the company's own, or from a page that was kept.
    """
    found = []
    if told.get(HONEYPOT):
        found.append(Trap.HIDDEN_FIELD)
    if stamp.shown_at is not None and now - stamp.shown_at < FASTEST:
        found.append(Trap.TOO_FAST)
    if proof is Proof.FALSE:
        found.append(Trap.FALSE_PROOF)
    if proof is not Proof.GOOD and sent > MOST_UNPROVEN:
        found.append(Trap.TOO_MANY)
    return found
