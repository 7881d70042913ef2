"""Was it a human who clicked? One rule for all clicks of a message (law 8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from leadfarm.outreach.codes import MachineBecause
from leadfarm.rules.machines import names_itself

TOO_FAST = timedelta(seconds=3)
AT_ONCE = timedelta(seconds=1)
NEAR = timedelta(minutes=1)


@dataclass(frozen=True)
class Seen:
    """One click as it came in."""

    id: int
    link: int
    at: datetime
    agent: str
    network: str
    hidden: bool


def judge(clicks: Sequence[Seen], sent_at: datetime | None) -> dict[int, MachineBecause | None]:
    """Return for each click of one message why a machine made it, or None: a human did."""
    return {click.id: _why_machine(click, clicks, sent_at) for click in clicks}


def _why_machine(
    click: Seen, clicks: Sequence[Seen], sent_at: datetime | None
) -> MachineBecause | None:
    if names_itself(click.agent):
        return MachineBecause.KNOWN_AGENT
    if click.hidden or any(_same_caller(click, other) and other.hidden for other in clicks):
        return MachineBecause.HIDDEN_LINK
    others = (other for other in clicks if other.link != click.link)
    if any(abs(other.at - click.at) < AT_ONCE for other in others):
        return MachineBecause.TOO_MANY_LINKS
    if sent_at is not None and click.at - sent_at < TOO_FAST:
        return MachineBecause.TOO_FAST
    return None


def _same_caller(one: Seen, other: Seen) -> bool:
    same = (one.agent, one.network) == (other.agent, other.network)
    return same and abs(one.at - other.at) < NEAR
