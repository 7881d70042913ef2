"""Why a lead is with whom it is, as sentences made of the ids and codes that were kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from leadfarm.access.models import Member, Team
from leadfarm.leads.models import Assignment, Lead, RoutingRule
from leadfarm.rules.codes import Side
from leadfarm.rules.routing import How, Passed

SHOWN = 20
SIDES = (Side.MARKETING, Side.PD, Side.SALES)


@dataclass(frozen=True)
class Explained:
    """One time a side of the lead was given to somebody."""

    at: datetime
    side: str
    who: str
    why: str


@dataclass(frozen=True)
class Names:
    """What ids in reasons are called."""

    members: dict[int, str]
    rules: dict[int, str]
    teams: dict[int, str]

    def member(self, number: object) -> str:
        """Return a member's name."""
        return self.members.get(int(str(number)), "somebody") if number else "nobody"


def explained(lead: Lead) -> list[Explained]:
    """Return why each side went to whom, newest first; three queries at most."""
    made = list(
        Assignment.objects.of(lead.workspace_id).filter(lead_id=lead.id).order_by("-id")[:SHOWN]
    )
    if not made:
        return []
    names = names_in(lead.workspace_id, made)
    return [
        Explained(
            at=one.recorded_at,
            side=side.label,
            who=names.member(told.get("to")),
            why=sentence_of(told, names, one.member_id),
        )
        for one in made
        for side in SIDES
        if (told := one.reasons.get(side.slug))
    ]


def names_in(workspace_id: int, made: list[Assignment]) -> Names:
    """Return the names of everybody and everything these reasons speak of."""
    told = [one for each in made for one in each.reasons.values()]
    members: set[Any] = {each.member_id for each in made} | {one.get("to") for one in told}
    members |= {one.get("was") for one in told}
    members |= {passed[0] for one in told for passed in one.get("passed", ())}
    rules = {one["rule"] for one in told if one.get("rule")}
    teams = {one[name] for one in told for name in ("firm", "was_firm") if one.get(name)}
    people = Member.objects.of(workspace_id).filter(id__in=members - {None})
    named = RoutingRule.objects.of(workspace_id).filter(id__in=rules)
    firms = Team.objects.of(workspace_id).filter(id__in=teams)
    return Names(
        dict(people.values_list("id", "name")),
        dict(named.values_list("id", "name")) if rules else {},
        dict(firms.values_list("id", "name")) if teams else {},
    )


def sentence_of(told: dict[str, Any], names: Names, by: int | None = None) -> str:
    """Return one reason in words, without a full stop."""
    parts = [_how(told, names, by)]
    if told.get("full"):
        numbers = ", ".join(str(one) for one in told["full"])
        parts.append(f"nobody of rule {numbers} was free")
    for member, why, back in told.get("passed", ()):
        until = f" until {_day(back)}" if back else ""
        parts.append(
            f"{names.member(member)} {'was away' if why == Passed.AWAY else 'was full'}{until}"
        )
    if told.get("over"):
        parts.append("nobody had a place free")
    if told.get("was"):
        parts.append(f"before: {names.member(told['was'])}")
    return "; ".join(parts)


def _how(told: dict[str, Any], names: Names, by: int | None) -> str:
    how = How(told["how"])
    firm = names.teams.get(told.get("firm") or 0, "")
    hand = f"by {names.member(by)}" if by else "by the machine"
    said = {
        How.ACCOUNT: "looks after this account",
        How.BEFORE: "had the lead before this one",
        How.RULE: f"rule {told.get('n')} “{names.rules.get(told.get('rule') or 0, '')}”, in turn",
        How.TURN: "in turn: no rule met it",
        How.HAND: f"given {hand}",
        How.FIRM: f"to {firm}, {hand}",
        How.BACK: f"taken back {hand}",
    }[how]
    return f"{said}, to {firm}" if firm and how is How.RULE else said


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%-d %b}"
