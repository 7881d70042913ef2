"""The Python voice: one lead, with the reason for each criterion."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from math import inf
from typing import Any, cast

from leadfarm.rules.clauses.catalogue import Catalogue, EventKind, Field, Pattern
from leadfarm.rules.clauses.facts import Facts, TouchFact
from leadfarm.rules.clauses.meaning import Check, Meaning, lowered, meaning, window_start
from leadfarm.rules.clauses.moment import Moment
from leadfarm.rules.clauses.operators import Kind
from leadfarm.rules.clauses.tree import Clause, EventTest, FieldTest, Group, Node
from leadfarm.rules.clauses.truth import Truth, truth_of
from leadfarm.rules.clauses.words import day_words, found_words, sentence


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one criterion is met, unmet or unknown: what was asked, what was found, where it is
    written.
    """

    path: str
    sentence: str
    truth: Truth
    found: str
    evidence: object = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a clause came to for one lead, with the reason of each criterion in reading order."""

    truth: Truth
    reasons: tuple[Reason, ...]

    @property
    def met(self) -> bool:
        """Whether it is met; unknown is not."""
        return self.truth is Truth.MET

    def of(self, truth: Truth) -> tuple[Reason, ...]:
        """The criteria that came to this."""
        return tuple(reason for reason in self.reasons if reason.truth is truth)


COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda fact, operand: fact == operand,
    "<>": lambda fact, operand: fact != operand,
    "<": lambda fact, operand: fact < operand,
    "<=": lambda fact, operand: fact <= operand,
    ">": lambda fact, operand: fact > operand,
    ">=": lambda fact, operand: fact >= operand,
    "in": lambda fact, operand: fact in operand,
    "contains": lambda fact, operand: operand in fact,
    "starts": lambda fact, operand: fact.startswith(operand),
    "overlaps": lambda fact, operand: not fact.isdisjoint(operand),
    "includes": lambda fact, operand: fact.issuperset(operand),
}


def evaluate(clause: Clause, facts: Facts, catalogue: Catalogue, moment: Moment) -> Outcome:
    """What the clause comes to for these facts at this moment."""
    reasons: list[Reason] = []
    truth = _group(clause, "", facts, catalogue, moment, reasons)
    return Outcome(truth, tuple(reasons))


def _group(
    group: Group,
    path: str,
    facts: Facts,
    catalogue: Catalogue,
    moment: Moment,
    reasons: list[Reason],
) -> Truth:
    truths = []
    for index, member in enumerate(group.members):
        here = f"{path}{'.' if path else ''}{group.how}[{index}]"
        if isinstance(member, Group):
            truths.append(_group(member, here, facts, catalogue, moment, reasons))
        else:
            reasons.append(_reason(member, here, facts, catalogue, moment))
            truths.append(reasons[-1].truth)
    return group.combine(truths)


def _reason(
    leaf: FieldTest | EventTest, path: str, facts: Facts, catalogue: Catalogue, moment: Moment
) -> Reason:
    said = sentence(leaf, catalogue)
    if isinstance(leaf, EventTest):
        return _event_reason(leaf, path, said, facts, catalogue.events[leaf.kind], moment)
    field = catalogue.fields[leaf.field]
    fact = facts.of(leaf.field)
    raw = plain(field, fact.value)
    truth = truth_of(holds(meaning(field, leaf, moment), raw))
    return Reason(path, said, truth, found_words(field, fact.value, moment), fact.evidence)


def plain(field: Field, raw: object) -> object:
    """The raw fact in the form the checks compare; None where it is unknown."""
    if raw is None:
        return -inf if field.decays else None
    if field.decays:  # no number: they object to profiling, so that it is not known
        return None if raw != raw else raw
    if field.kind in (Kind.NUMBER, Kind.BAND):
        return Decimal(str(raw))
    if field.kind in (Kind.TEXT, Kind.WORDS):
        return lowered(str(raw)) or None
    return frozenset(cast(Collection[int], raw)) if field.kind is Kind.SET else raw


def holds(wanted: Meaning, raw: object) -> bool | None:
    """Whether the fact passes; None where it is unknown and the checks cannot do without."""
    answers = [_passes(check, raw) for check in wanted.checks]
    if None in answers:
        return None
    return all(answers) is not wanted.negated


def _passes(check: Check, raw: object) -> bool | None:
    if check.symbol == "known":
        return raw is not None
    return None if raw is None else COMPARE[check.symbol](raw, check.operand)


def _matches(touch: TouchFact, pattern: Pattern) -> bool:
    return touch.kind in pattern.touches and (
        not pattern.dispositions or touch.disposition in pattern.dispositions
    )


def counts(touch: TouchFact, test: EventTest, kind: EventKind, moment: Moment) -> bool:
    """Whether the touch is such an event: known by then, inside the window, human unless asked
    otherwise.
    """
    start = window_start(test.within_days, moment)
    return (
        any(_matches(touch, pattern) for pattern in kind.patterns)
        and (test.machines or touch.human)
        and touch.known_at <= moment.at
        and touch.at <= moment.at
        and (start is None or touch.at >= start)
    )


def _event_reason(
    test: EventTest, path: str, said: str, facts: Facts, kind: EventKind, moment: Moment
) -> Reason:
    if facts.touches is None:
        return Reason(path, said, Truth.UNKNOWN, "the history was not read")
    events = [touch for touch in facts.touches if counts(touch, test, kind, moment)]
    truth = truth_of((len(events) >= test.at_least) is test.did)
    if not events:
        return Reason(
            path, said, truth, "never" if test.within_days is None else "not in this time"
        )
    newest = max(events, key=lambda touch: touch.at)
    times = "once" if len(events) == 1 else f"{len(events)} times, last"
    return Reason(path, said, truth, f"{times} on {day_words(newest.at.date())}", newest.ref)


def truth_for(node: Node, facts: Facts, catalogue: Catalogue, moment: Moment) -> Truth:
    """Only the truth, for a single test or a group."""
    clause = node if isinstance(node, Group) else Group("all", (node,))
    return evaluate(clause, facts, catalogue, moment).truth
