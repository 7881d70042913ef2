"""How ready one lead is: each criterion met, unmet or unknown, with what was found and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connection

from leadfarm.access.models import Workspace
from leadfarm.leads.models import Lead, Touch
from leadfarm.leads.queries.dossier import standing_findings, tells
from leadfarm.qualification.models import Definition
from leadfarm.rules.agreement import Promises, full_criteria
from leadfarm.rules.clauses import (
    LEAD_FIELDS,
    Clause,
    Facts,
    FieldTest,
    Known,
    Moment,
    Outcome,
    Reason,
    TouchFact,
    Truth,
    evaluate,
    leaves,
    parse,
    raw_facts,
    sentence,
)
from leadfarm.rules.clauses.reach import Anything, Joined, Newest

OF_A_FINDING = (Anything, Joined, Newest)
# Where a finding holds what a reach reads; what every finding has needs no looking.
COLUMNS = {
    "words": "text_id",
    "value_number": "value_number",
    "value_date": "value_date",
    "value_code": "value_code",
}


@dataclass(frozen=True)
class Readiness:
    """What a lead comes to under one definition."""

    definition: Definition
    outcome: Outcome

    @property
    def met(self) -> bool:
        """Whether every criterion that counts is met."""
        return self.outcome.met

    @cached_property
    def missing(self) -> tuple[Reason, ...]:
        """The criteria that are not met, the unknown ones after the unmet."""
        return self.outcome.of(Truth.UNMET) + self.outcome.of(Truth.UNKNOWN)

    def why_not(self) -> str:
        """Return what is missing in one sentence; empty when nothing is."""
        if self.met:
            return ""
        said = [f"{reason.sentence} ({reason.found})" for reason in self.missing]
        version = self.definition.version
        return f"Not Sales-ready under version {version}. Missing: {'; '.join(said)}."


def criteria_of(definition: Definition) -> Clause:
    """Return everything a lead must meet under this version, law 4's fixed part included."""
    return full_criteria(parse(definition.criteria, LEAD_FIELDS))


def promises_of(definition: Definition | None) -> Promises:
    """Return what both sides promise; the usual ones where no definition is."""
    return Promises.read(definition.promises) if definition else Promises()


def in_force(workspace_id: int) -> Definition | None:
    """Return the definition both sides have signed and work under, or None."""
    return (
        Definition.objects.of(workspace_id)
        .filter(effective_from__isnull=False, retired_at=None)
        .first()
    )


def moment_of(workspace_id: int, now: datetime) -> Moment:
    """Return the moment as this workspace measures heat."""
    workspace = Workspace.objects.get(id=workspace_id)
    return Moment(now, half_life=timedelta(days=workspace.half_life_days))


def readiness(lead: Lead, definition: Definition, *, now: datetime) -> Readiness:
    """Return how ready the lead is under this definition."""
    return Readiness(definition, judge_lead(lead, criteria_of(definition), now=now))


def judge_lead(lead: Lead, clause: Clause, *, now: datetime) -> Outcome:
    """Return what a clause comes to for one lead, with a reason and its evidence per criterion."""
    moment = moment_of(lead.workspace_id, now)
    names = {leaf.field for _, leaf in leaves(clause) if isinstance(leaf, FieldTest)}
    facts = Facts(_values(lead, names, moment), _touches(lead, now))
    return evaluate(clause, facts, LEAD_FIELDS, moment)


def _values(lead: Lead, names: Iterable[str], moment: Moment) -> Mapping[str, object]:
    wanted = sorted(names)
    if not wanted:
        return {}
    columns, params = raw_facts(wanted, LEAD_FIELDS, moment, lead.workspace_id)
    bound: Any = {**params, "its_workspace": lead.workspace_id, "its_lead": lead.id}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM leads_lead lead JOIN leads_standing standing"  # noqa: S608 - columns are ours, values are bound
            " ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id"
            " WHERE lead.workspace_id = %(its_workspace)s AND lead.id = %(its_lead)s",
            bound,
        )
        row = cursor.fetchone() or (None,) * len(wanted)
    evidence = _evidence(lead, wanted, moment.at)
    return {name: Known(value, evidence.get(name)) for name, value in zip(wanted, row, strict=True)}


def _evidence(lead: Lead, names: Iterable[str], now: datetime) -> dict[str, str]:
    """Return, for fields of the dossier, where the standing finding is: "finding-17"."""
    reaches = {name: LEAD_FIELDS.fields[name].reach for name in names}
    asked = {name: reach for name, reach in reaches.items() if isinstance(reach, OF_A_FINDING)}
    if not asked:
        return {}
    found: dict[str, str] = {}
    standing = [finding for finding in standing_findings(lead, now) if tells(finding)]
    for name, reach in asked.items():
        column = COLUMNS.get(getattr(reach, "column", ""), "")
        for finding in standing:
            of_field = reach.field is None or finding.field == reach.field
            says = not column or getattr(finding, column) is not None
            if finding.section == reach.section and of_field and says:
                found[name] = f"finding-{finding.id}"
                break
    return found


def _touches(lead: Lead, now: datetime) -> list[TouchFact]:
    rows = Touch.objects.of(lead.workspace_id).filter(lead_id=lead.id, known_at__lte=now)
    return [
        TouchFact(
            kind=touch.kind,
            at=touch.happened_at,
            known_at=touch.known_at,
            human=not touch.by_machine,
            disposition=touch.disposition,
            ref=f"touch-{touch.id}",
        )
        for touch in rows
    ]


def frozen_reasons(readiness: Readiness) -> list[dict[str, Any]]:
    """Return each criterion as plain data: sentence, truth, what was found, where it is written."""
    return [
        {
            "sentence": reason.sentence,
            "truth": reason.truth.value,
            "found": reason.found,
            "evidence": reason.evidence,
        }
        for reason in readiness.outcome.reasons
    ]


def freeze(readiness: Readiness) -> dict[str, object]:
    """Return the criteria as they are met now, for the delivery that keeps them for good.

    With them stand the three checks of a handover (S4-6): qualified, nurtured, ready.
    """
    reasons = frozen_reasons(readiness)
    need, talk, version = reasons[0], reasons[1], readiness.definition.version
    checks = [
        {"check": "Qualified", "found": f"Need: {need['found']}", "evidence": need["evidence"]},
        {"check": "Nurtured", "found": f"Talk: {talk['found']}", "evidence": talk["evidence"]},
        {"check": "Ready to begin closing", "found": f"Meets version {version}", "evidence": None},
    ]
    said = sentence(criteria_of(readiness.definition), LEAD_FIELDS)
    truth = readiness.outcome.truth.value
    return {"truth": truth, "sentence": said, "reasons": reasons, "checks": checks}
