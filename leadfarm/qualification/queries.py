"""Questions to this room: who is ready, how the open leads stand, what sales said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from leadfarm.qualification.models import Definition
from leadfarm.qualification.readiness import criteria_of, moment_of
from leadfarm.rules.clauses import LEAD_FIELDS, Catalogue, Clause, census, leaves, sentence, sql
from leadfarm.rules.codes import VerdictKind
from leadfarm.rules.stages import OPEN, Verb

READY = """
SELECT lead.id FROM leads_lead lead
  JOIN leads_standing standing ON standing.workspace_id = lead.workspace_id
                              AND standing.lead_id = lead.id
 WHERE lead.workspace_id = %(home)s AND standing.workspace_id = %(home)s
   AND standing.stage = ANY(%(stages)s) AND {met}
   -- What sales has given back comes again only after a newer talk or finding.
   AND NOT EXISTS (
       SELECT FROM qualification_verdict said
        WHERE said.workspace_id = %(home)s AND said.lead_id = lead.id
          AND said.kind = ANY(%(given_back)s)
          AND NOT EXISTS (SELECT FROM leads_touch talk
                           WHERE talk.workspace_id = %(home)s AND talk.lead_id = lead.id
                             AND talk.recorded_at > said.at AND NOT talk.by_machine
                             AND talk.disposition IS NOT NULL)
          AND NOT EXISTS (SELECT FROM leads_finding fact
                           WHERE fact.workspace_id = %(home)s AND fact.lead_id = lead.id
                             AND fact.recorded_at > said.at AND fact.member_id IS NOT NULL))
 ORDER BY standing.heat DESC NULLS LAST, lead.id LIMIT %(limit)s
"""


def ready_leads(definition: Definition, *, now: datetime, limit: int = 200) -> list[int]:
    """Return leads before delivery that meet the definition, hottest first."""
    home = definition.workspace_id
    met, params = sql(criteria_of(definition), LEAD_FIELDS, moment_of(home, now), home)
    bound: Any = {
        **params,
        "home": home,
        "stages": [int(stage) for stage in Verb.DELIVER.sources],
        "given_back": [int(VerdictKind.REJECTED), int(VerdictKind.RECYCLED)],
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(READY.format(met=met), bound)
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True)
class Share:
    """How many open leads meet one criterion, do not, or nobody knows."""

    sentence: str
    met: int
    unknown: int
    unmet: int


@dataclass(frozen=True)
class Today:
    """How the open leads stand to a clause now."""

    leads: int
    met: int
    one_answer_short: int
    shares: tuple[Share, ...]


def today(workspace_id: int, clause: Clause, catalogue: Catalogue, *, now: datetime) -> Today:
    """Return how all open leads stand to this clause: one statement over the record."""
    said = [sentence(leaf, catalogue) for _, leaf in leaves(clause)]
    columns = [f"c{place}" for place in range(1, len(said) + 1)]
    text, params = census(clause, LEAD_FIELDS, moment_of(workspace_id, now), workspace_id)
    counts = "".join(
        f", count(*) FILTER (WHERE {c}), count(*) FILTER (WHERE {c} IS NULL)" for c in columns
    )
    gaps = " + ".join(f"({c} IS NULL)::int" for c in columns) or "0"
    wrong = " OR ".join(f"{c} IS FALSE" for c in columns) or "false"
    statement = (
        f"SELECT count(*), count(*) FILTER (WHERE verdict),"  # noqa: S608 - columns are ours, values are bound
        f" count(*) FILTER (WHERE ({gaps}) = 1 AND NOT ({wrong})){counts}"
        f" FROM ({text}) census JOIN leads_standing standing"
        " ON standing.workspace_id = %(home)s AND standing.lead_id = census.lead_id"
        " WHERE standing.stage = ANY(%(stages)s)"
    )
    bound: Any = {**params, "home": workspace_id, "stages": sorted(int(s) for s in OPEN)}
    with connection.cursor() as cursor:
        cursor.execute(statement, bound)
        total, met, short, *pairs = cursor.fetchone() or (0, 0, 0)
    shares = tuple(
        Share(words, pairs[2 * n], pairs[2 * n + 1], total - pairs[2 * n] - pairs[2 * n + 1])
        for n, words in enumerate(said)
    )
    return Today(total, met, short, shares)
