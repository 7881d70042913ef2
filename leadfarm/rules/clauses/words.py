"""A clause as an English sentence, and facts as people say them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from leadfarm.rules.clauses.catalogue import Catalogue, EventKind, Field
from leadfarm.rules.clauses.moment import Moment
from leadfarm.rules.clauses.operators import Kind, Operator, Shape
from leadfarm.rules.clauses.tree import EVERYONE, EventTest, FieldTest, Group, Node, Period


def sentence(node: Node, catalogue: Catalogue) -> str:
    """The sentence of a clause, a group or one test, without a full stop."""
    if isinstance(node, FieldTest):
        return _field_words(node, catalogue.fields[node.field])
    if isinstance(node, EventTest):
        return _event_words(node, catalogue.events[node.kind])
    return _group_words(node, catalogue)


def _group_words(group: Group, catalogue: Catalogue) -> str:
    if group == EVERYONE:
        return "every lead"
    parts = [_inside(member, catalogue) for member in group.members]
    if group.how == "none":
        bare = len(parts) == 1 and parts[0].startswith("(")
        return f"not {parts[0]}" if bare else f"not ({' or '.join(parts)})"
    return (" and " if group.how == "all" else " or ").join(parts)


def _inside(member: Node, catalogue: Catalogue) -> str:
    said = sentence(member, catalogue)
    needs = isinstance(member, Group) and member.how != "none" and len(member.members) > 1
    return f"({said})" if needs else said


def _field_words(test: FieldTest, field: Field) -> str:
    operator = field.operator(test.operator)
    if operator is None:
        raise LookupError(f"{field.label} has no operator {test.operator!r}.")
    if operator.shape is Shape.NOTHING:
        return f"{field.label} {operator.words}"
    return f"{field.label} {operator.words} {_value_words(test, field, operator)}"


def _value_words(test: FieldTest, field: Field, operator: Operator) -> str:
    value = test.value
    if operator.shape is Shape.NUMBERS:
        low, high = cast(tuple[float, float], value)
        return f"{number_words(low)} and {_with_unit(high, field)}"
    if operator.shape is Shape.NUMBER:
        return _with_unit(cast(float, value), field)
    if operator.shape in (Shape.CHOICE, Shape.RANK):
        rank = {"at_least": f" {field.ranks[0]}", "at_most": f" {field.ranks[1]}"}
        return _choice_words(field, value) + rank.get(operator.name, "")
    if operator.shape is Shape.CHOICES:
        labels = [_choice_words(field, key) for key in cast(tuple[str, ...], value)]
        return listed(labels, "and" if operator.name == "has_all" else "or")
    if operator.shape is Shape.TEXTS:
        return listed([f"“{text}”" for text in cast(tuple[str, ...], value)], "or")
    if isinstance(value, Period):
        return period_words(value)
    if operator.shape is Shape.DATE:
        return day_words(date.fromisoformat(cast(str, value)))
    return f"“{value}”" if isinstance(value, str) else ("yes" if value else "no")


def _choice_words(field: Field, key: object) -> str:
    found = field.choice(cast(str, key))
    return found.label if found else f"“{key}”"


def _with_unit(number: float, field: Field) -> str:
    said = number_words(number)
    if field.kind is Kind.AGE:
        return f"{said} day" if number == 1 else f"{said} days"
    return f"{said} {field.unit}" if field.unit else said


def _event_words(test: EventTest, kind: EventKind) -> str:
    said = kind.did if test.did else kind.did_not
    times = f" at least {test.at_least} times" if test.at_least > 1 else ""
    window = "" if test.within_days is None else f" within {_days(test.within_days)}"
    return f"{said}{times}{window}{' (machines count too)' if test.machines else ''}"


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def period_words(period: Period) -> str:
    """E.g. 30 days, 1 month."""
    return f"{period.length} {period.unit[:-1] if period.length == 1 else period.unit}"


def day_words(day: date) -> str:
    """E.g. 2 March 2026."""
    return f"{day.day} {day:%B %Y}"


def number_words(number: object) -> str:
    """The number with thousands separated, no needless decimals."""
    value = float(cast(float, number))
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}".rstrip("0")


def listed(parts: Sequence[str], last: str) -> str:
    """E.g. A, B or C."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def found_words(field: Field, raw: object, moment: Moment) -> str:
    """What was found, as people say it; "nothing known" where the fact is unknown."""
    if field.decays and raw is not None and raw != raw:
        return "not scored: they object to profiling"
    if field.decays:
        return number_words(round(moment.shown_heat(cast("float | None", raw))))
    if raw is None or raw == "":
        return "nothing known"
    if field.kind in (Kind.CHOICE, Kind.RANKED):
        return field.label_of(raw)
    if field.kind is Kind.SET:
        labels = [field.label_of(code) for code in sorted(cast(frozenset[int], raw))]
        return listed(labels, "and") if labels else "none"
    if field.kind is Kind.AGE:
        return _days((moment.at - cast(datetime, raw)).days)
    return _plain_words(field, raw)


def _plain_words(field: Field, raw: object) -> str:
    if field.kind is Kind.BAND:
        at_or_below = [each.label for each in field.choices if each.rank <= float(cast(float, raw))]
        return f"{at_or_below[-1]} ({number_words(raw)})" if at_or_below else number_words(raw)
    if isinstance(raw, bool) or field.kind is Kind.KNOWLEDGE:
        return "something is known" if field.kind is Kind.KNOWLEDGE else ("yes" if raw else "no")
    if isinstance(raw, datetime):
        return day_words(raw.date())
    if isinstance(raw, date):
        return day_words(raw)
    return number_words(raw) if field.kind is Kind.NUMBER else f"“{raw}”"
