"""What `doctor` asks about owners: somebody manages every lead at all times (S1-7, S1-9)."""

from leadfarm.engine.checks import by_query
from leadfarm.rules.codes import Origin, Role, TaskKind
from leadfarm.rules.stages import OPEN, Stage

_LAST_OPEN = int(max(OPEN))
_SIDES = (("marketing", Role.MARKETER), ("pd", Role.PD), ("sales", Role.SALES_REP))

# S608: the texts hold our own codes alone.
_WITHOUT = " union all ".join(
    f"""
    select format('lead %s: nobody looks after it for {side}', lead.id)
      from leads_lead lead
      join leads_standing standing on standing.workspace_id = lead.workspace_id
                                  and standing.lead_id = lead.id
     where lead.{side}_owner_id is null and standing.stage <= {_LAST_OPEN}
       and exists (select from access_member member
                    where member.workspace_id = lead.workspace_id and member.role = {int(role)}
                      and member.firm_id is null and member.left_at is null)
    """  # noqa: S608
    for side, role in _SIDES
)

OWNERS = [
    by_query("An open lead has an owner on every side that has people", 2, _WITHOUT),
    by_query(
        "Nothing waits for somebody who has left",
        2,
        f"""
        select format('lead %s: its next step is for member %s, who has left', standing.lead_id,
                      member.id)
          from leads_standing standing
          join access_member member on member.workspace_id = standing.workspace_id
                                   and member.id = standing.next_owner_id
         where standing.stage <= {_LAST_OPEN} and member.left_at is not null
        union all
        select format('task %s: is for member %s, who has left', task.id, member.id)
          from leads_task task
          join access_member member on member.workspace_id = task.workspace_id
                                   and member.id = task.owner_id
         where task.done_at is null and task.cancelled_at is null and member.left_at is not null
        """,  # noqa: S608
    ),
    by_query(
        "Whoever asked something new was planned to be greeted",
        2,
        f"""
        select format('lead %s: asked on %s and was never to be greeted', lead.id,
                      lead.entered_at::date)
          from leads_lead lead
          join lateral (select entry.to_stage, entry.actor_kind from leads_stagechange entry
                         where entry.workspace_id = lead.workspace_id and entry.lead_id = lead.id
                         order by entry.id limit 1) entry on true
         where lead.origin = {int(Origin.CAPTURED)} and entry.to_stage = {int(Stage.INQUIRY)}
           and entry.actor_kind in ('form', 'api', 'import')
           and lead.entered_at > lead.recorded_at - interval '3 days'
           and not exists (select from leads_task task
                            where task.workspace_id = lead.workspace_id and task.lead_id = lead.id
                              and task.kind = {int(TaskKind.GREET)})
        """,  # noqa: S608
    ),
]
