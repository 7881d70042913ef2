-- Law 4 and the agreement, kept by the database against every path, a bare UPDATE included.
-- Each refusal is a sentence that says what to do; pages show it as it stands. All but one look
-- after the row is written: the walls speak first, and rows of the same statement are seen.

-- Who may sign for which side: a marketer or a rep; a manager or an admin whose team is of that side.
CREATE FUNCTION qualification_side_of(its_workspace integer, its_member bigint) RETURNS integer
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN member.left_at IS NOT NULL OR member.firm_id IS NOT NULL THEN NULL
                WHEN member.role = 1 THEN 1
                WHEN member.role = 3 THEN 3
                WHEN member.role IN (4, 5) THEN team.side END
      FROM access_member member
      LEFT JOIN access_team team ON team.workspace_id = member.workspace_id AND team.id = member.team_id
     WHERE member.workspace_id = its_workspace AND member.id = its_member
$$;

CREATE FUNCTION qualification_check_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.side IS DISTINCT FROM qualification_side_of(NEW.workspace_id, NEW.member_id) THEN
        RAISE check_violation USING MESSAGE = 'Each side signs for itself: marketing by a marketer, '
            'sales by a sales rep, or by a manager whose team is of that side.';
    END IF;
    IF NOT EXISTS (SELECT FROM qualification_definition WHERE workspace_id = NEW.workspace_id
                    AND id = NEW.definition_id AND proposed_at IS NOT NULL
                    AND effective_from IS NULL AND withdrawn_at IS NULL) THEN
        RAISE check_violation USING MESSAGE = 'Only a proposed definition can be signed.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER each_side_signs_a_proposal AFTER INSERT ON qualification_signature
    FOR EACH ROW EXECUTE FUNCTION qualification_check_signature();

CREATE FUNCTION qualification_check_definition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.proposed_at IS NOT NULL AND
       (NEW.version, NEW.criteria, NEW.promises, NEW.reason, NEW.proposed_at, NEW.proposed_by_id)
       IS DISTINCT FROM
       (OLD.version, OLD.criteria, OLD.promises, OLD.reason, OLD.proposed_at, OLD.proposed_by_id) THEN
        RAISE check_violation USING MESSAGE = format('Version %s is proposed: nothing in it changes '
            'any more. Withdraw it, or draft the next version.', OLD.version);
    END IF;
    IF TG_OP = 'UPDATE' AND ((OLD.effective_from IS NOT NULL
                              AND NEW.effective_from IS DISTINCT FROM OLD.effective_from)
                             OR (OLD.retired_at IS NOT NULL
                                 AND NEW.retired_at IS DISTINCT FROM OLD.retired_at)) THEN
        RAISE check_violation USING MESSAGE = format('When version %s was in force is history.', OLD.version);
    END IF;
    IF NEW.effective_from IS NOT NULL
       AND (TG_OP = 'INSERT' OR OLD.effective_from IS NULL)
       AND (SELECT count(DISTINCT side) FROM qualification_signature
             WHERE workspace_id = NEW.workspace_id AND definition_id = NEW.id) < 2 THEN
        RAISE check_violation USING MESSAGE = format('Version %s comes into force when marketing and '
            'sales have both signed it.', NEW.version);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_definition_is_kept_and_signed AFTER INSERT OR UPDATE ON qualification_definition
    FOR EACH ROW EXECUTE FUNCTION qualification_check_definition();

-- Deleting a whole workspace cascades to here from another trigger, and may.
CREATE FUNCTION qualification_keep_definition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE check_violation USING MESSAGE = format('Version %s was proposed: it is kept.', OLD.version);
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER a_proposed_definition_is_kept BEFORE DELETE ON qualification_definition
    FOR EACH ROW WHEN (OLD.proposed_at IS NOT NULL) EXECUTE FUNCTION qualification_keep_definition();

-- Interest is not readiness: whatever the definition says, a delivered lead has a need, and a human
-- of ours has spoken with it and found it open (the event QUALIFYING_TALK of rules/clauses).
CREATE FUNCTION qualification_mark_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.transaction := txid_current();
    RETURN NEW;
END $$;
CREATE TRIGGER a_delivery_knows_its_transaction BEFORE INSERT ON qualification_delivery
    FOR EACH ROW EXECUTE FUNCTION qualification_mark_delivery();

CREATE FUNCTION qualification_check_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE missing text[] := '{}';
BEGIN
    IF NEW.continues_id IS NOT NULL THEN
        IF NOT EXISTS (SELECT FROM qualification_delivery before
                        WHERE before.workspace_id = NEW.workspace_id AND before.id = NEW.continues_id
                          AND before.lead_id = NEW.lead_id AND before.criteria = NEW.criteria
                          AND before.definition_id = NEW.definition_id) THEN
            RAISE check_violation USING MESSAGE =
                'A delivery that goes on to another rep keeps its lead, definition and criteria.';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM qualification_definition WHERE workspace_id = NEW.workspace_id
                    AND id = NEW.definition_id AND effective_from IS NOT NULL
                    AND retired_at IS NULL) THEN
        RAISE check_violation USING MESSAGE = 'Nothing can be delivered before a definition is in '
            'force: marketing and sales sign one on the Agreement page.';
    END IF;
    IF NOT EXISTS (SELECT FROM leads_lead WHERE workspace_id = NEW.workspace_id
                    AND id = NEW.lead_id AND need <> '') THEN
        missing := missing || 'a need is named'::text;
    END IF;
    IF NOT EXISTS (SELECT FROM leads_touch WHERE workspace_id = NEW.workspace_id
                    AND lead_id = NEW.lead_id AND NOT by_machine
                    AND (kind = 46 OR kind IN (15, 45) AND disposition IN (1, 2, 4, 5))) THEN
        missing := missing || 'one of us has spoken with them and found them open to it'::text;
    END IF;
    IF missing <> '{}' THEN
        RAISE check_violation USING MESSAGE = format('Lead %s cannot become Sales-ready. Missing: %s.',
            NEW.lead_id, array_to_string(missing, '; '));
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_delivery_has_a_need_and_a_talk AFTER INSERT ON qualification_delivery
    FOR EACH ROW EXECUTE FUNCTION qualification_check_delivery();

-- What is history (law 4): an imported lead, a stage reached before the workspace went live.
CREATE FUNCTION qualification_is_history(its_workspace integer, its_lead bigint, reached timestamptz)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM leads_lead lead JOIN access_workspace home ON home.id = lead.workspace_id
                    WHERE lead.workspace_id = its_workspace AND lead.id = its_lead
                      AND lead.origin = 2 AND reached < home.went_live_at)
$$;

CREATE FUNCTION qualification_was_delivered_now(its_workspace integer, its_lead bigint)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM qualification_delivery WHERE workspace_id = its_workspace
                    AND lead_id = its_lead AND transaction = txid_current() AND continues_id IS NULL)
$$;

CREATE FUNCTION qualification_check_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.stage IN (4, 5, 6, 7, 8, 12) AND NEW.stage <> 4 THEN
        RETURN NEW;
    END IF;
    IF NEW.stage = 4 THEN
        IF qualification_was_delivered_now(NEW.workspace_id, NEW.lead_id) THEN
            RETURN NEW;
        END IF;
    ELSIF qualification_is_history(NEW.workspace_id, NEW.lead_id, NEW.stage_since) AND NEW.stage <> 5 THEN
        RETURN NEW;
    END IF;
    RAISE check_violation USING MESSAGE = format('Lead %s cannot become Sales-ready or go beyond it '
        'without a delivery under the definition in force. Open the lead to see which criteria are '
        'missing.', NEW.lead_id);
END $$;
CREATE TRIGGER only_a_delivery_makes_sales_ready AFTER INSERT ON leads_standing
    FOR EACH ROW WHEN (NEW.stage IN (4, 5, 6, 7, 8, 12))
    EXECUTE FUNCTION qualification_check_standing();
CREATE TRIGGER only_a_delivery_leads_to_sales_ready AFTER UPDATE OF stage ON leads_standing
    FOR EACH ROW WHEN (NEW.stage IN (4, 5, 6, 7, 8, 12) AND NEW.stage IS DISTINCT FROM OLD.stage)
    EXECUTE FUNCTION qualification_check_standing();

CREATE FUNCTION qualification_check_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF qualification_was_delivered_now(NEW.workspace_id, NEW.lead_id)
       OR NEW.origin = 2
          AND qualification_is_history(NEW.workspace_id, NEW.lead_id, NEW.happened_at) THEN
        RETURN NEW;
    END IF;
    RAISE check_violation USING MESSAGE = format('Lead %s has no delivery that made it Sales-ready.',
        NEW.lead_id);
END $$;
CREATE TRIGGER a_change_to_sales_ready_has_a_delivery AFTER INSERT ON leads_stagechange
    FOR EACH ROW WHEN (NEW.to_stage = 4) EXECUTE FUNCTION qualification_check_change();
