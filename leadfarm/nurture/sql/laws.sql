-- What the database itself keeps: no next step points to an enrolment that does not exist; an event
-- wakes who waits for it, and whoever is taken out of a program leaves it, in the same transaction.

ALTER TABLE leads_standing ADD CONSTRAINT a_next_step_points_to_an_enrolment_that_exists
    FOREIGN KEY (workspace_id, enrolment_id) REFERENCES nurture_enrolment (workspace_id, id);
ALTER TABLE nurture_program ADD CONSTRAINT a_version_in_force_exists
    FOREIGN KEY (workspace_id, version_id) REFERENCES nurture_programversion (workspace_id, id);
CREATE INDEX standing_by_enrolment ON leads_standing (workspace_id, enrolment_id)
    WHERE enrolment_id IS NOT NULL;
CREATE INDEX standing_for_nurture ON leads_standing (workspace_id, next_at)
    WHERE next_kind = 3 AND next_side = 1 AND stage = 3;
CREATE INDEX task_by_team_and_day ON leads_task (workspace_id, team_id, made_at)
    WHERE team_id IS NOT NULL;
ALTER TABLE nurture_enrolment SET (fillfactor = 80);

-- A touch by a human hand wakes the enrolments that listen for its kind (what comes from them only),
-- and puts the lead before the programs that might take it. Kinds 1 to 23 are inbound, but no-show and list entry.
CREATE FUNCTION nurture_hear() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE nurture_enrolment enrolment SET heard = touch.kind, wake_at = touch.recorded_at
      FROM new_touches touch, nurture_node node
     WHERE NOT touch.by_machine
       AND enrolment.workspace_id = touch.workspace_id AND enrolment.lead_id = touch.lead_id
       AND enrolment.state IN (2, 3) AND enrolment.heard IS NULL
       AND touch.happened_at >= enrolment.since
       AND node.workspace_id = enrolment.workspace_id AND node.id = enrolment.node_id
       AND node.listens @> to_jsonb(touch.kind);
    INSERT INTO nurture_arrival (workspace_id, lead_id)
    SELECT DISTINCT workspace_id, lead_id FROM new_touches
     WHERE NOT by_machine AND (kind BETWEEN 1 AND 23 AND kind NOT IN (8, 21) OR disposition IS NOT NULL)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER a_touch_wakes_who_waits_for_it AFTER INSERT ON leads_touch
    REFERENCING NEW TABLE AS new_touches FOR EACH STATEMENT EXECUTE FUNCTION nurture_hear();

-- Whoever gives a lead another next step takes it out of its programs: delivered or won, it has
-- reached the goal; asleep, or in somebody's hands, it is taken over. Its tasks become plain ones.
-- A customer's programs run beside: becoming a customer ends none.
CREATE FUNCTION nurture_let_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.stage <= 3 AND (NEW.enrolment_id IS NOT NULL OR EXISTS (
        SELECT FROM leads_task task WHERE task.workspace_id = NEW.workspace_id
           AND task.id = NEW.task_id AND task.enrolment_id IS NOT NULL)) THEN
        RETURN NULL;
    END IF;
    WITH gone AS (
        UPDATE nurture_enrolment SET wake_at = NULL, waiting = false,
               steps = steps + 1,
               ended_at = greatest(since, NEW.stage_since, (
                   SELECT made_at FROM leads_task task WHERE task.workspace_id = NEW.workspace_id
                      AND task.id = NEW.task_id)),
               state = CASE WHEN OLD.stage IN (7, 8) THEN 17
                            WHEN NEW.stage BETWEEN 4 AND 8 THEN 11
                            WHEN EXISTS (SELECT FROM leads_touch touch
                                          WHERE touch.workspace_id = NEW.workspace_id
                                            AND touch.lead_id = NEW.lead_id
                                            AND touch.happened_at >= entered_at
                                            AND touch.kind = 12 AND NOT touch.by_machine) THEN 12
                            ELSE 17 END
         WHERE workspace_id = NEW.workspace_id AND lead_id = NEW.lead_id AND state IN (1, 2, 3)
        RETURNING workspace_id, id, steps, node_id, ended_at
    ), freed AS (
        UPDATE leads_task task SET enrolment_id = NULL, step_key = ''
          FROM gone WHERE task.workspace_id = gone.workspace_id AND task.lead_id = NEW.lead_id
           AND task.enrolment_id = gone.id AND task.done_at IS NULL
    )
    INSERT INTO nurture_steplog (workspace_id, enrolment_id, number, node_id, at, way)
    SELECT workspace_id, id, steps, node_id, ended_at, 'taken-over' FROM gone;
    RETURN NULL;
END $$;
CREATE TRIGGER another_next_step_ends_the_program
    AFTER UPDATE OF stage, task_id, enrolment_id, next_kind ON leads_standing FOR EACH ROW
    WHEN (OLD.next_kind IS DISTINCT FROM 3 AND (NEW.stage > 3 OR NEW.next_kind IS DISTINCT FROM 2)
          AND NOT (OLD.stage IN (7, 8) AND NEW.stage IN (7, 8)))
    EXECUTE FUNCTION nurture_let_go();
