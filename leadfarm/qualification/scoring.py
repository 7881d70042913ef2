"""Fit as rules say it: points of every lead in one statement, reasons of one lead (S2-6)."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from leadfarm.access.models import Workspace
from leadfarm.leads.models import Lead, Standing
from leadfarm.leads.queries.catalogue import fields_of, moment_of
from leadfarm.qualification.models import FitRule
from leadfarm.rules.clauses import LEAD_FIELDS, Clause, FieldTest, leaves, parse, sql
from leadfarm.rules.fit import Fit, Scored, fit, letter

# A lead of which no rule knows anything has no fit: unknown is not "poor".
POINTS = """
SELECT standing.lead_id, standing.fit AS was,
       CASE WHEN {known} THEN greatest(0, least(100, {points})) END AS fit
  FROM leads_standing standing
  JOIN leads_lead lead
    ON lead.workspace_id = standing.workspace_id AND lead.id = standing.lead_id
 WHERE standing.workspace_id = %(scored_in)s AND NOT standing.unscored
"""
UNKNOWN = "?"
LETTERS = ("A", "B", "C", "D", UNKNOWN)


@dataclass(frozen=True)
class Line:
    """How many leads have a letter now, and how many would have it."""

    letter: str
    now: int
    then: int

    @property
    def change(self) -> int:
        """Return how many more there would be; negative for fewer."""
        return self.then - self.now


@dataclass(frozen=True)
class Preview:
    """What rules would do to the letters of all leads; `better` and `worse` count leads."""

    lines: tuple[Line, ...]
    better: int
    worse: int
    otherwise: int

    @property
    def changed(self) -> int:
        """Return how many leads would have another letter."""
        return self.better + self.worse + self.otherwise


def rules_of(workspace: Workspace) -> list[FitRule]:
    """Return the rules of the workspace in their order."""
    return list(FitRule.objects.of(workspace).order_by("position", "id"))


def points_of_all(
    workspace: Workspace, rules: Sequence[FitRule], now: datetime
) -> tuple[str, dict[str, Any]]:
    """Return a SELECT of lead_id, was and fit for every lead under these rules, with parameters."""
    catalogue, moment = fields_of(workspace), moment_of(workspace, now)
    by_kind: dict[str, list[str]] = defaultdict(list)
    caps: dict[str, int] = {}
    known: list[str] = []
    parameters: dict[str, Any] = {"scored_in": workspace.id}
    for place, rule in enumerate(rules):
        clause = parse(rule.clause, catalogue)
        met, binds = sql(clause, catalogue, moment, workspace.id, prefix=f"rule{place}")
        # "Is known" answers no where nothing is known: only its yes says something.
        known.append(f"({met}) IS {'TRUE' if asks_presence(clause) else 'NOT NULL'}")
        by_kind[rule.kind].append(f"CASE WHEN {met} THEN {rule.points:d} ELSE 0 END")
        parameters.update(binds)
        if rule.cap is not None and rule.kind:
            caps[rule.kind] = rule.cap
    sums = [_capped(" + ".join(parts), caps.get(kind)) for kind, parts in by_kind.items()]
    text = POINTS.format(known=" OR ".join(known) or "false", points=" + ".join(sums) or "0")
    return text, parameters


def preview(workspace: Workspace, rules: Sequence[FitRule], *, now: datetime) -> Preview:
    """Return how many leads have each letter now, and how many would under these rules."""
    scored, parameters = points_of_all(workspace, rules, now)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT was, fit, count(*) FROM ({scored}) scored GROUP BY was, fit",  # noqa: S608 - columns are ours, values are bound
            parameters,
        )
        found = cursor.fetchall()
    before, after, moves = Counter[str](), Counter[str](), Counter[str]()
    for was, then, many in found:
        old, new = band(was), band(then)
        before[old] += many
        after[new] += many
        moves[_way(old, new)] += many
    lines = tuple(Line(each, before[each], after[each]) for each in LETTERS)
    return Preview(lines, moves["better"], moves["worse"], moves["otherwise"])


def band(points: int | None) -> str:
    """Return the plain letter of so many points, "?" where nothing is known."""
    return UNKNOWN if points is None else letter(points)[0]


def reasons(lead: Lead, workspace: Workspace, *, now: datetime) -> Fit | None:
    """Return what the rules say about one lead, with the reasons as chips.

    None without rules, and for a lead whose contact objects to profiling.
    """
    rules = rules_of(workspace)
    if not rules or Standing.objects.of(workspace).filter(lead=lead, unscored=True).exists():
        return None
    clauses = [parse(rule.clause, LEAD_FIELDS) for rule in rules]
    scored = [
        Scored(
            rule.label, rule.points, met if met or not asks_presence(clause) else None, rule.kind
        )
        for rule, clause, met in zip(
            rules, clauses, _met(lead, clauses, workspace, now), strict=True
        )
    ]
    caps = {rule.kind: rule.cap for rule in rules if rule.cap is not None and rule.kind}
    return fit(scored, caps)


def _met(
    lead: Lead, clauses: Sequence[Clause], workspace: Workspace, now: datetime
) -> tuple[bool | None, ...]:
    moment = moment_of(workspace, now)
    columns: list[str] = []
    bound: Any = {"its_workspace": workspace.id, "its_lead": lead.id}
    for place, clause in enumerate(clauses):
        met, binds = sql(clause, LEAD_FIELDS, moment, workspace.id, prefix=f"rule{place}")
        columns.append(f"({met})")
        bound.update(binds)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(columns)} FROM leads_lead lead JOIN leads_standing standing"  # noqa: S608 - columns are ours, values are bound
            " ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id"
            " WHERE lead.workspace_id = %(its_workspace)s AND lead.id = %(its_lead)s",
            bound,
        )
        return cursor.fetchone() or (None,) * len(clauses)


def asks_presence(clause: Clause) -> bool:
    """Return whether the clause asks if something is known: its no is then no knowledge."""
    tests = (leaf for _, leaf in leaves(clause))
    return any(isinstance(one, FieldTest) and one.operator == "is_known" for one in tests)


def _capped(points: str, cap: int | None) -> str:
    return f"({points})" if cap is None else f"least({cap:d}, {points})"


def _way(old: str, new: str) -> str:
    if old == new:
        return ""
    if UNKNOWN in (old, new):
        return "otherwise"
    return "better" if LETTERS.index(new) < LETTERS.index(old) else "worse"
