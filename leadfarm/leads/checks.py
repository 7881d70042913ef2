"""The checks of the record: what laws 1, 2, 3 and 5 forbid, looked for on the data itself.

Where a table of a room above is asked (enrolments, deliveries), the check is that room's.
"""

from leadfarm.engine.checks import by_query
from leadfarm.leads.checks_of_owners import OWNERS
from leadfarm.rules.codes import NextKind, RecheckRule
from leadfarm.rules.stages import OPEN, SLEEPING, Stage

_OPEN = ", ".join(str(int(stage)) for stage in sorted(OPEN))
_SLEEPING = ", ".join(str(int(stage)) for stage in sorted(SLEEPING))
_DISQUALIFIED = int(Stage.DISQUALIFIED)
_TASK, _NEVER = int(NextKind.TASK), int(RecheckRule.NEVER)
_NEEDS_A_DATE = f"{int(RecheckRule.ON_DATE)}, {int(RecheckRule.AFTER_MONTHS)}"

# S608: the texts hold our own codes alone.
CHECKS = [
    by_query(
        "Every lead has its standing, and every standing its lead",
        1,
        """
        select format('lead %s: no standing', lead.id)
          from leads_lead lead
         where not exists (select from leads_standing standing
                            where standing.workspace_id = lead.workspace_id
                              and standing.lead_id = lead.id)
        union all
        select format('lead %s: a standing without its lead', standing.lead_id)
          from leads_standing standing
         where not exists (select from leads_lead lead
                            where lead.workspace_id = standing.workspace_id
                              and lead.id = standing.lead_id)
        """,
    ),
    by_query(
        "One person is one contact: an address stands once in a workspace",
        1,
        """
        select format('contact %s: %s more with the same address', min(id), count(*) - 1)
          from leads_contact where email_key is not null
         group by workspace_id, lower(email_key) having count(*) > 1 order by min(id)
        """,
    ),
    by_query(
        "An open lead has exactly one next step",
        2,
        f"""
        select format('lead %s: open without a next step', lead_id) from leads_standing
         where stage in ({_OPEN})
           and (next_kind is null or next_side is null or next_why = ''
                or (task_id is not null)::int + (enrolment_id is not null)::int > 1)
         order by lead_id
        """,  # noqa: S608
    ),
    by_query(
        "A next step points to a task that is still to do, of the same lead",
        2,
        f"""
        select format('lead %s: its next step is task %s, %s', standing.lead_id, standing.task_id,
                      case when task.id is null then 'which is not there'
                           when task.lead_id <> standing.lead_id then 'of another lead'
                           else 'which is closed' end)
          from leads_standing standing
          left join leads_task task on task.workspace_id = standing.workspace_id
                                   and task.id = standing.task_id
         where standing.stage in ({_OPEN}) and standing.next_kind = {_TASK}
           and (task.id is null or task.lead_id <> standing.lead_id
                or task.done_at is not null or task.cancelled_at is not null)
         order by standing.lead_id
        """,  # noqa: S608
    ),
    by_query(
        "What sleeps has a reason and a recheck rule; never is for erasure and law alone",
        3,
        f"""
        select format('lead %s: sleeps without %s', lead_id,
                      case when closed_because = '' then 'a reason'
                           when recheck_rule is null then 'a recheck rule'
                           when recheck_rule = {_NEVER} then 'leave to be closed for ever'
                           else 'its recheck date' end)
          from leads_standing
         where stage in ({_SLEEPING})
           and (closed_because = '' or recheck_rule is null
                or (recheck_rule in ({_NEEDS_A_DATE}) and recheck_on is null)
                or (recheck_rule = {_NEVER}
                    and (stage <> {_DISQUALIFIED}
                         or closed_because not in ('erased', 'forbidden'))))
         order by lead_id
        """,  # noqa: S608
    ),
    by_query(
        "Every touch belongs to a lead, and every lead has a first touch",
        5,
        """
        select format('touch %s: of lead %s, which is not there', touch.id, touch.lead_id)
          from leads_touch touch
         where not exists (select from leads_lead lead
                            where lead.workspace_id = touch.workspace_id
                              and lead.id = touch.lead_id)
        union all
        select format('lead %s: no touch', lead.id)
          from leads_lead lead
         where not exists (select from leads_touch touch
                            where touch.workspace_id = lead.workspace_id
                              and touch.lead_id = lead.id)
        """,
    ),
    by_query(
        "The stage of a lead is where its last stage change led",
        5,
        """
        select format('lead %s: stands at %s, last moved to %s', standing.lead_id, standing.stage,
                      coalesce(last.to_stage::text, 'nowhere'))
          from leads_standing standing
          left join lateral (select moved.to_stage from leads_stagechange moved
                              where moved.workspace_id = standing.workspace_id
                                and moved.lead_id = standing.lead_id
                              order by moved.known_at desc, moved.id desc limit 1) last on true
         where last.to_stage is distinct from standing.stage
         order by standing.lead_id
        """,
    ),
    by_query(
        "What is known was known before it was recorded",
        5,
        """
        select format('touch %s: recorded before it was known', id) from leads_touch
         where known_at > recorded_at
        union all
        select format('finding %s: recorded before it was known', id) from leads_finding
         where known_at > recorded_at
        union all
        select format('stage change %s: recorded before it was known', id) from leads_stagechange
         where known_at > recorded_at
        """,
    ),
    by_query(
        "Search finds leads that are there, and every lead can be found",
        1,
        """
        select format('lead %s: has search words but is not there', word.lead_id)
          from (select distinct workspace_id, lead_id from leads_searchword) word
         where not exists (select from leads_lead lead
                            where lead.workspace_id = word.workspace_id
                              and lead.id = word.lead_id)
        union all
        select format('lead %s: cannot be found by any word', lead.id)
          from leads_lead lead
          left join leads_contact contact on contact.workspace_id = lead.workspace_id
                                         and contact.id = lead.contact_id
         where (length(lead.title) > 1 or length(contact.family_name) > 1)
           and not exists (select from leads_searchword word
                            where word.workspace_id = lead.workspace_id
                              and word.lead_id = lead.id)
        """,
    ),
    *OWNERS,
]
