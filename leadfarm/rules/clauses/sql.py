"""The SQL voice: true, false and null are met, unmet and unknown. Text and parameters; nothing is
run here.

`sql` gives an expression for a WHERE over `leads_lead lead JOIN leads_standing standing`: for
pages, single leads and selective lists. `census` gives a whole statement for all leads of a
workspace: for segments, definitions and back-tests (see plans for what each costs). Run a census
with a generous work_mem.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Protocol

from leadfarm.rules.clauses.binds import Binds, Params
from leadfarm.rules.clauses.catalogue import Catalogue, EventKind, Field
from leadfarm.rules.clauses.evaluate import holds
from leadfarm.rules.clauses.meaning import Check, Meaning, meaning
from leadfarm.rules.clauses.moment import Moment
from leadfarm.rules.clauses.operators import Kind
from leadfarm.rules.clauses.plans import BesidePlan, GatheredPlan
from leadfarm.rules.clauses.reach import Plan
from leadfarm.rules.clauses.tree import Clause, EventTest, Group, Leaf, leaves

CHECKS = {
    "in": "{fact} = ANY({operand})",
    "contains": "position({operand} in {fact}) > 0",
    "starts": "starts_with({fact}, {operand})",
    "overlaps": "{fact} && {operand}",
    "includes": "{fact} @> {operand}",
}


class QueryPlan(Plan, Protocol):
    """A plan that can count events, too."""

    binds: Binds

    def did(self, test: EventTest, kind: EventKind) -> str:
        """A boolean, never null: whether the event happened at least so often."""


def sql(
    clause: Clause,
    catalogue: Catalogue,
    moment: Moment,
    workspace_id: int,
    *,
    prefix: str = "clause",
) -> tuple[str, Params]:
    """A three-valued expression over `lead` and `standing`, with its parameters.

    In a WHERE it keeps what is met. Two clauses in one statement need two prefixes.
    """
    plan = BesidePlan(moment, Binds(prefix), workspace_id)
    parts = {path: _criterion(leaf, catalogue, plan) for path, leaf in leaves(clause)}
    return _tree(clause, "", parts), plan.binds.params


def criteria_columns(
    clause: Clause,
    catalogue: Catalogue,
    moment: Moment,
    workspace_id: int,
    *,
    prefix: str = "clause",
) -> tuple[str, Params]:
    """A select list over `lead` and `standing`: verdict, then one column a criterion, c1, c2 .. in
    reading order.
    """
    plan = BesidePlan(moment, Binds(prefix), workspace_id)
    parts = {path: _criterion(leaf, catalogue, plan) for path, leaf in leaves(clause)}
    columns = [f"{_tree(clause, '', parts)} AS verdict"]
    columns += [f"{text} AS c{place}" for place, text in enumerate(parts.values(), 1)]
    return ", ".join(columns), plan.binds.params


def census(
    clause: Clause,
    catalogue: Catalogue,
    moment: Moment,
    workspace_id: int,
    *,
    prefix: str = "clause",
) -> tuple[str, Params]:
    """A SELECT of lead_id, verdict, c1, c2 .. for every lead of the workspace known at the moment.

    Wrap it to keep what is met: SELECT lead_id FROM (..) census WHERE verdict.
    """
    plan = GatheredPlan(moment, Binds(prefix), workspace_id)
    parts = {path: _criterion(leaf, catalogue, plan) for path, leaf in leaves(clause)}
    names = {path: f"c{place}" for place, path in enumerate(parts, 1)}
    columns = "".join(f", {text} AS {names[path]}" for path, text in parts.items())
    chosen = "".join(f", {name}" for name in names.values())
    return (
        f"SELECT lead_id, {_tree(clause, '', names)} AS verdict{chosen}"  # noqa: S608 - all bound
        f" FROM (SELECT lead.id AS lead_id{columns} {plan.source()}) criteria"
    ), plan.binds.params


def raw_facts(
    names: Iterable[str],
    catalogue: Catalogue,
    moment: Moment,
    workspace_id: int,
    *,
    prefix: str = "clause",
) -> tuple[str, Params]:
    """A select list over `lead` and `standing` of raw facts, each column named as its field: for
    Facts(values).
    """
    plan = BesidePlan(moment, Binds(prefix), workspace_id)
    columns = [f'{_raw(catalogue.fields[name], plan)} AS "{name}"' for name in names]
    return ", ".join(columns), plan.binds.params


def _raw(field: Field, plan: Plan) -> str:
    """Return the raw value; of what decays, no number where the lead must not be scored."""
    value = field.reach.value(plan) or "NULL"
    return f"CASE WHEN standing.unscored THEN 'NaN' ELSE {value} END" if field.decays else value


def _tree(group: Group, path: str, parts: dict[str, str]) -> str:
    if not group.members:
        return "true" if group.how in ("all", "none") else "false"
    texts = []
    for index, member in enumerate(group.members):
        here = f"{path}{'.' if path else ''}{group.how}[{index}]"
        texts.append(_tree(member, here, parts) if isinstance(member, Group) else parts[here])
    joined = f"({(' AND ' if group.how == 'all' else ' OR ').join(texts)})"
    return f"(NOT {joined})" if group.how == "none" else joined


def _criterion(leaf: Leaf, catalogue: Catalogue, plan: QueryPlan) -> str:
    if isinstance(leaf, EventTest):
        did = plan.did(leaf, catalogue.events[leaf.kind])
        return did if leaf.did else f"(NOT {did})"
    field = catalogue.fields[leaf.field]
    wanted = meaning(field, leaf, plan.moment)
    fact = field.reach.value(plan)
    if fact is None:
        known = wanted.checks[0].symbol == "known"
        return ("true" if wanted.negated else "false") if known else "NULL::boolean"
    if field.kind in (Kind.TEXT, Kind.WORDS):
        fact = f"lower(nullif({fact}, ''))"
    return _decaying(wanted, fact, plan) if field.decays else _checked(wanted, fact, plan)


def _checked(wanted: Meaning, fact: str, plan: QueryPlan) -> str:
    operands = {check.symbol: check.operand for check in wanted.checks}
    if operands.keys() == {">=", "<="}:
        low, high = plan.binds.bind(operands[">="]), plan.binds.bind(operands["<="])
        said = f"{fact} BETWEEN {low} AND {high}"  # names the fact once: it may be a subquery
    else:
        said = " AND ".join(_check(check, fact, plan) for check in wanted.checks)
    return f"(NOT ({said}))" if wanted.negated else f"({said})"


def _check(check: Check, fact: str, plan: QueryPlan) -> str:
    if check.symbol == "known":
        return f"{fact} IS NOT NULL"
    shape = CHECKS.get(check.symbol, f"{{fact}} {check.symbol} {{operand}}")
    return shape.format(fact=fact, operand=plan.binds.bind(check.operand))


def _decaying(wanted: Meaning, fact: str, plan: QueryPlan) -> str:
    """Null heat is zero heat. Said beside the comparison, not with coalesce, so that the index on
    heat serves. Of who objects to profiling it is unknown; in a WHERE the planner drops that part.
    """
    said = _checked(wanted, fact, plan)
    if holds(wanted, -inf):
        cold = f"{fact} IS NULL OR {said} OR standing.unscored"
        return f"(({cold}) AND (NOT standing.unscored OR NULL))"
    scored = f"{fact} IS NOT NULL AND {said} AND NOT standing.unscored"
    return f"(({scored}) OR (standing.unscored AND NULL))"
