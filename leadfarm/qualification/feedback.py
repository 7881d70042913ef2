"""What sales said about what it was given, unedited, rolled up for marketing (S0-11)."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from leadfarm.access.models import Workspace
from leadfarm.qualification.models import Verdict
from leadfarm.rules.codes import VerdictKind

BY = {"source": "lead__source__name", "campaign": "lead__campaign__name"}
SHOWN = 30
TOLD = (VerdictKind.ACCEPTED, VerdictKind.REJECTED, VerdictKind.DISQUALIFIED, VerdictKind.RECYCLED)


@dataclass
class Group:
    """The verdicts of one source, campaign or criterion: how many of each kind."""

    name: str
    counts: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def cells(self) -> list[int]:
        """Return the counts in the order of the kinds."""
        return [self.counts[int(kind)] for kind in TOLD]

    @property
    def given_back(self) -> int:
        """Return how many were given back in one way or another."""
        return sum(self.cells[1:])


def groups(workspace: Workspace, by: str) -> list[Group]:
    """Return the verdicts by "source", "campaign" or "criterion", most given back first."""
    found: dict[str, Group] = {}
    for name, kind, many in _counted(workspace, by):
        found.setdefault(name, Group(name)).counts[kind] += many
    return sorted(found.values(), key=lambda one: (-one.given_back, one.name))


def _counted(workspace: Workspace, by: str) -> list[tuple[str, int, int]]:
    said = Verdict.objects.of(workspace)
    if by in BY:
        rows = said.order_by().values_list(BY[by], "kind").annotate(many=Count("id"))
        return [(name or "", kind, many) for name, kind, many in rows]
    named = said.filter(criterion__isnull=False).select_related("delivery")
    return [(_criterion(one), one.kind, 1) for one in named]


def _criterion(verdict: Verdict) -> str:
    assert verdict.delivery is not None
    sentence: str = verdict.delivery.criteria["reasons"][verdict.criterion]["sentence"]
    return sentence[:1].upper() + sentence[1:]


def last_words(workspace: Workspace, by: str, name: str | None) -> list[dict[str, Any]]:
    """Return the newest verdicts with words, of one group where it is named."""
    said = Verdict.objects.of(workspace).filter(~Q(text=None))
    if name is not None and by in BY:
        said = said.filter(**{BY[by]: name} if name else {f"{BY[by]}__isnull": True})
    said = said.select_related("text", "member", "lead", "delivery").order_by("-at", "-id")
    if name is not None and by not in BY:
        named = said.filter(criterion__isnull=False)[:1000]
        rows = [one for one in named if _criterion(one) == name][:SHOWN]
    else:
        rows = list(said[:SHOWN])
    return [
        {"verdict": one, "label": VerdictKind(one.kind).label, "why": one.why()} for one in rows
    ]
