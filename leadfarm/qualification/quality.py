"""How good what each version of the definition delivered turned out to be (S3-8, law 10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from leadfarm.rules.codes import VerdictKind
from leadfarm.rules.metrics.intervals import Rate, rate
from leadfarm.rules.stages import Stage

WON = [int(Stage.WON), int(Stage.CUSTOMER)]
ENDED = [*WON, int(Stage.LOST), int(Stage.DISQUALIFIED)]

# A lead counts once for a version, however often it was handed on. Those that sales has not
# answered yet, or that are still open, are no failures: they are left out of the shares.
QUALITY = """
WITH delivered AS (
    SELECT definition_id, lead_id, array_agg(id) AS ids FROM qualification_delivery
     WHERE workspace_id = %(home)s GROUP BY definition_id, lead_id)
SELECT delivered.definition_id, count(*) AS delivered,
       count(*) FILTER (WHERE said.accepted IS NOT NULL) AS answered,
       count(*) FILTER (WHERE said.accepted) AS accepted,
       count(*) FILTER (WHERE standing.stage = ANY(%(ended)s)) AS ended,
       count(*) FILTER (WHERE standing.stage = ANY(%(won)s)) AS won
  FROM delivered
  JOIN leads_standing standing ON standing.workspace_id = %(home)s
   AND standing.lead_id = delivered.lead_id
  LEFT JOIN LATERAL (
    SELECT bool_or(verdict.kind = %(accepted)s) AS accepted FROM qualification_verdict verdict
     WHERE verdict.workspace_id = %(home)s AND verdict.lead_id = delivered.lead_id
       AND verdict.delivery_id = ANY(delivered.ids)
       AND verdict.kind = ANY(%(answers)s)) said ON true
 GROUP BY delivered.definition_id
"""


NONE = rate(0, 0)


@dataclass(frozen=True)
class Quality:
    """What one version delivered: how many leads, accepted of answered, won of ended."""

    delivered: int = 0
    accepted: Rate = NONE
    won: Rate = NONE


def quality_of_versions(workspace_id: int) -> Mapping[int, Quality]:
    """Return the quality of each definition that has delivered, by its number; one statement."""
    terms: Any = {
        "home": workspace_id,
        "answers": [int(VerdictKind.ACCEPTED), int(VerdictKind.REJECTED)],
        "accepted": int(VerdictKind.ACCEPTED),
        "ended": ENDED,
        "won": WON,
    }
    with connection.cursor() as cursor:
        cursor.execute(QUALITY, terms)
        return {
            number: Quality(delivered, rate(accepted, answered), rate(won, ended))
            for number, delivered, answered, accepted, ended, won in cursor.fetchall()
        }
