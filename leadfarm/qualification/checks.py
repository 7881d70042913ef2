"""What `doctor` asks of this room: law 4 on the data."""

from leadfarm.engine.checks import by_query

CHECKS = [
    by_query(
        "Every live lead at Sales-ready or beyond has a delivery",
        4,
        """
        SELECT format('lead %s of workspace %s: at stage %s without a delivery',
                      standing.lead_id, standing.workspace_id, standing.stage)
          FROM leads_standing standing
          JOIN leads_lead lead ON lead.workspace_id = standing.workspace_id
                              AND lead.id = standing.lead_id
          JOIN access_workspace home ON home.id = standing.workspace_id
         WHERE standing.stage IN (4, 5, 6, 7, 8, 12)
           AND NOT (lead.origin = 2 AND standing.stage_since < home.went_live_at
                    AND standing.stage NOT IN (4, 5))
           AND NOT EXISTS (SELECT FROM qualification_delivery delivery
                            WHERE delivery.workspace_id = standing.workspace_id
                              AND delivery.lead_id = standing.lead_id)
           AND NOT EXISTS (SELECT FROM leads_stagechange told
                            WHERE told.workspace_id = standing.workspace_id
                              AND told.lead_id = standing.lead_id AND told.origin = 2
                              AND told.to_stage IN (6, 7, 8, 12)
                              AND told.happened_at < home.went_live_at)
         ORDER BY 1
        """,
    ),
    by_query(
        "Every change to Sales-ready has a delivery, or is history before the go-live",
        4,
        """
        SELECT format('stage change %s of lead %s: Sales-ready without a delivery',
                      told.id, told.lead_id)
          FROM leads_stagechange told
          JOIN access_workspace home ON home.id = told.workspace_id
         WHERE told.to_stage = 4
           AND NOT (told.origin = 2 AND told.happened_at < home.went_live_at)
           AND NOT EXISTS (SELECT FROM qualification_delivery delivery
                            WHERE delivery.workspace_id = told.workspace_id
                              AND delivery.lead_id = told.lead_id
                              AND delivery.at = told.happened_at)
         ORDER BY 1
        """,
    ),
    by_query(
        "The criteria of every delivery are frozen complete, and met",
        4,
        """
        SELECT format('delivery %s of lead %s: its frozen criteria are not complete', id, lead_id)
          FROM qualification_delivery
         WHERE criteria ->> 'truth' <> 'met'
            OR jsonb_typeof(criteria -> 'reasons') IS DISTINCT FROM 'array'
            OR jsonb_array_length(criteria -> 'reasons') < 2
            OR jsonb_typeof(criteria -> 'checks') IS DISTINCT FROM 'array'
         ORDER BY 1
        """,
    ),
    by_query(
        "Every definition that was in force has a marketing and a sales signature",
        4,
        """
        SELECT format('definition %s of workspace %s: in force with %s of 2 signatures',
                      definition.id, definition.workspace_id, count(DISTINCT signature.side))
          FROM qualification_definition definition
          LEFT JOIN qualification_signature signature
            ON signature.workspace_id = definition.workspace_id
           AND signature.definition_id = definition.id
         WHERE definition.effective_from IS NOT NULL
         GROUP BY definition.workspace_id, definition.id
        HAVING count(DISTINCT signature.side) < 2
         ORDER BY 1
        """,
    ),
    by_query(
        "An imported open lead stands at most in Nurturing, or in Qualified with an amount",
        4,
        """
        SELECT format('lead %s of workspace %s: imported as Qualified without an amount',
                      lead.id, lead.workspace_id)
          FROM leads_lead lead
          JOIN leads_standing standing ON standing.workspace_id = lead.workspace_id
                                      AND standing.lead_id = lead.id
         WHERE lead.origin = 2 AND standing.stage = 6 AND lead.amount IS NULL
         ORDER BY 1
        """,
    ),
]
