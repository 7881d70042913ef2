"""What opens a new lead (DESIGN 5): one function, its reason shown on the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from leadfarm.rules.coded import Code
from leadfarm.rules.stages import Stage, is_open


class Opening(Code):
    """What an inbound touch does to the records of its contact."""

    NEW = 1, "Opens a new lead"
    JOIN = 2, "Joins the lead"
    WAKE = 3, "Wakes the dormant lead"
    JOIN_GROUP = 4, "Joins the buying group"


class Candidate(NamedTuple):
    """A lead there already: the contact's own, or a colleague's at the same account."""

    id: int
    stage: Stage
    opened_at: datetime
    need: str = ""
    external_id: str = ""
    is_colleagues: bool = False


class Decision(NamedTuple):
    """What to do, with which lead (None for a new one), linked to which before, and why."""

    opening: Opening
    reason: str
    lead_id: int | None = None
    previous_id: int | None = None


def decide(candidates: Sequence[Candidate], *, need: str = "", external_id: str = "") -> Decision:
    """What an inbound touch naming this need and external id (both may be empty) opens or joins."""
    own = _newest_first(one for one in candidates if not one.is_colleagues)
    if external_id:
        for lead in own:
            if lead.external_id == external_id:
                return _join(lead, f"Same external id {external_id}")
        own_open = [lead for lead in own if not lead.external_id]
    else:
        own_open = own
    fitting = sorted(
        (lead for lead in own_open if _may_be_same(lead.need, need)),
        key=lambda lead: (lead.stage is Stage.DORMANT, _plain(lead.need) != _plain(need)),
    )
    for lead in fitting:
        if is_open(lead.stage) or lead.stage is Stage.DORMANT:
            return _join(lead, "The contact's lead for this need")
    return _group_or_new(candidates, own, need, external_id)


def _group_or_new(
    candidates: Sequence[Candidate], own: Sequence[Candidate], need: str, external_id: str
) -> Decision:
    # A file that gives ids says itself what is one lead and what is another.
    colleagues = [] if external_id else [one for one in candidates if one.is_colleagues]
    for lead in _newest_first(colleagues):
        if is_open(lead.stage) and _plain(lead.need) == _plain(need):
            reason = "A colleague's lead for the same need is open at this account"
            return Decision(Opening.JOIN_GROUP, reason, lead_id=lead.id)
    if not own:
        return Decision(Opening.NEW, "First touch of this contact")
    return Decision(Opening.NEW, _why_new(own[0], need, external_id), previous_id=own[0].id)


def _why_new(before: Candidate, need: str, external_id: str) -> str:
    if external_id and before.external_id:
        return f"External id {external_id} differs from {before.external_id} of the lead before"
    if is_open(before.stage) or before.stage is Stage.DORMANT:
        return f"A different need ({need}) than the lead before ({before.need})"
    return f"The lead before is {before.stage.label}"


def _join(lead: Candidate, because: str) -> Decision:
    if lead.stage is Stage.DORMANT:
        return Decision(Opening.WAKE, f"{because} was dormant", lead_id=lead.id)
    return Decision(Opening.JOIN, f"{because} is {lead.stage.label}", lead_id=lead.id)


def _may_be_same(one: str, other: str) -> bool:
    """Whether two needs may be one; a need nobody named contradicts none."""
    return not _plain(one) or not _plain(other) or _plain(one) == _plain(other)


@lru_cache(maxsize=5_000)
def _plain(need: str) -> str:
    return " ".join(need.casefold().split())


def _newest_first(leads: Iterable[Candidate]) -> list[Candidate]:
    return sorted(leads, key=lambda lead: (lead.opened_at, lead.id), reverse=True)
