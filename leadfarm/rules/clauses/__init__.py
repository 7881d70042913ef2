"""Clauses: one language for every condition, with a Python voice for one lead and an SQL voice for
a million.

clause = parse({"all": [{"field": "fit_letter", "operator": "at_least", "value": "b"}, {"event":
"contact-us", "within_days": 30}]}, LEAD_FIELDS) sentence(clause, LEAD_FIELDS)       # fit is B or
better and asked to be contacted within 30 days evaluate(clause, Facts({"fit_letter": 64},
touches), LEAD_FIELDS, Moment(now)).reasons text, params = sql(clause, LEAD_FIELDS, Moment(now),
workspace.id)       # a WHERE over lead, standing text, params = census(clause, LEAD_FIELDS,
Moment(then, live=False), workspace.id)    # every lead, as known then
"""

from leadfarm.rules.clauses.builder import describe_builder
from leadfarm.rules.clauses.catalogue import (
    Catalogue,
    Choice,
    EventKind,
    Field,
    Pattern,
    catalogue,
)
from leadfarm.rules.clauses.differences import differences
from leadfarm.rules.clauses.evaluate import Outcome, Reason, evaluate
from leadfarm.rules.clauses.facts import Facts, Known, TouchFact
from leadfarm.rules.clauses.form_rows import form_of_clause, json_of_form
from leadfarm.rules.clauses.json_form import (
    Fault,
    FaultyClause,
    canonical,
    faults,
    parse,
    serialise,
)
from leadfarm.rules.clauses.lead_fields import LEAD_FIELDS, lead_catalogue
from leadfarm.rules.clauses.moment import Moment
from leadfarm.rules.clauses.operators import Kind, Operator, Shape
from leadfarm.rules.clauses.sql import census, criteria_columns, raw_facts, sql
from leadfarm.rules.clauses.tree import (
    EVERYONE,
    Clause,
    EventTest,
    FieldTest,
    Group,
    Period,
    all_of,
    any_of,
    leaves,
    none_of,
)
from leadfarm.rules.clauses.truth import Truth, truth_of
from leadfarm.rules.clauses.words import sentence

__all__ = [
    "EVERYONE",
    "LEAD_FIELDS",
    "Catalogue",
    "Choice",
    "Clause",
    "EventKind",
    "EventTest",
    "Facts",
    "Fault",
    "FaultyClause",
    "Field",
    "FieldTest",
    "Group",
    "Kind",
    "Known",
    "Moment",
    "Operator",
    "Outcome",
    "Pattern",
    "Period",
    "Reason",
    "Shape",
    "TouchFact",
    "Truth",
    "all_of",
    "any_of",
    "canonical",
    "catalogue",
    "census",
    "criteria_columns",
    "describe_builder",
    "differences",
    "evaluate",
    "faults",
    "form_of_clause",
    "json_of_form",
    "lead_catalogue",
    "leaves",
    "none_of",
    "parse",
    "raw_facts",
    "sentence",
    "serialise",
    "sql",
    "truth_of",
]
