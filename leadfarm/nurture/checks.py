"""What `doctor` asks of this room: nobody in a program stands where no step can come (law 2)."""

import json
from typing import Any

from leadfarm.engine.checks import Check, by_query
from leadfarm.nurture.clauses import can_be_asked
from leadfarm.nurture.models import LIVE, EnrolmentState, ProgramState
from leadfarm.rules.codes import NextKind
from leadfarm.rules.programs import Audience, NodeKind
from leadfarm.rules.stages import OPEN, Stage

_LIVE = ", ".join(str(int(state)) for state in LIVE)
_OPEN = ", ".join(str(int(stage)) for stage in sorted(OPEN))
_HUMAN, _ACTIVE = int(NodeKind.HUMAN), int(EnrolmentState.ACTIVE)
_PROGRAM, _NURTURING = int(NextKind.ENROLMENT), int(Stage.NURTURING)
_CUSTOMERS = f"{int(Stage.WON)}, {int(Stage.CUSTOMER)}"
_ITS_STANDING = """join leads_standing standing
            on standing.workspace_id = enrolment.workspace_id
           and standing.lead_id = enrolment.lead_id"""

_CONDITIONS = f"""
    select format('step %s of program %s', node.id, version.program_id), way.clause
      from nurture_enrolment enrolment
      join nurture_node node
        on node.workspace_id = enrolment.workspace_id and node.id = enrolment.node_id
      join nurture_programversion version
        on version.workspace_id = node.workspace_id and version.id = node.version_id
      join nurture_way way on way.workspace_id = node.workspace_id and way.node_id = node.id
     where enrolment.state in ({_LIVE}) and way.clause is not null
     union
    select format('entry of program %s', id), entry from nurture_program
     where state = {int(ProgramState.ACTIVE)} and entry is not null
     order by 1"""  # noqa: S608


def _not_asked(connection: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_CONDITIONS)
        rows = cursor.fetchall()
    told = [(where, json.loads(said) if isinstance(said, str) else said) for where, said in rows]
    return [
        f"{where}: its condition cannot be asked any more"
        for where, said in told
        if not can_be_asked(said)
    ]


# S608: the texts hold our own codes alone.
CHECKS = [
    Check("Every condition that somebody in a program comes to can be asked", 2, _not_asked),
    by_query(
        "Everybody in a program stands at a step of the version they entered",
        2,
        f"""
        select format('enrolment %s of lead %s: its step %s is not of its version %s',
                      enrolment.id, enrolment.lead_id, enrolment.node_id, enrolment.version_id)
          from nurture_enrolment enrolment
          left join nurture_node node on node.workspace_id = enrolment.workspace_id
                                     and node.id = enrolment.node_id
          left join nurture_programversion version
            on version.workspace_id = enrolment.workspace_id and version.id = enrolment.version_id
         where enrolment.state in ({_LIVE})
           and (node.version_id is distinct from enrolment.version_id
                or version.program_id is distinct from enrolment.program_id)
         order by enrolment.id
        """,  # noqa: S608
    ),
    by_query(
        "Nobody in a program waits for a task that is closed",
        2,
        f"""
        select format('enrolment %s of lead %s: waits for a task that is closed or was never made',
                      enrolment.id, enrolment.lead_id)
          from nurture_enrolment enrolment
          join nurture_node node on node.workspace_id = enrolment.workspace_id
                                and node.id = enrolment.node_id and node.kind = {_HUMAN}
         where enrolment.state = {_ACTIVE} and enrolment.waiting
           and not exists (select from leads_task task
                            where task.workspace_id = enrolment.workspace_id
                              and task.lead_id = enrolment.lead_id
                              and task.enrolment_id = enrolment.id
                              and task.cancelled_at is null
                              and (task.done_at is null or task.handed_on_at is null))
         order by enrolment.id
        """,  # noqa: S608
    ),
    by_query(
        "No program runs for a lead that is delivered, closed or asleep, but those for customers",
        2,
        f"""
        select format('enrolment %s of lead %s: goes on at stage %s', enrolment.id,
                      enrolment.lead_id, standing.stage)
          from nurture_enrolment enrolment {_ITS_STANDING}
          join nurture_programversion version
            on version.workspace_id = enrolment.workspace_id and version.id = enrolment.version_id
         where enrolment.state in ({_LIVE}) and standing.stage > {_NURTURING}
           and (standing.stage not in ({_CUSTOMERS})
                or version.tree ->> 'audience' is distinct from '{Audience.CUSTOMERS.slug}')
         order by enrolment.id
        """,  # noqa: S608
    ),
    by_query(
        "A lead whose next step is a program is in that program",
        2,
        f"""
        select format('lead %s: its next step is enrolment %s, %s', standing.lead_id,
                      standing.enrolment_id,
                      case when enrolment.id is null then 'which is not there'
                           when enrolment.lead_id <> standing.lead_id then 'of another lead'
                           else 'which has ended' end)
          from leads_standing standing
          left join nurture_enrolment enrolment
            on enrolment.workspace_id = standing.workspace_id
           and enrolment.id = standing.enrolment_id
         where standing.stage in ({_OPEN}) and standing.next_kind = {_PROGRAM}
           and (enrolment.id is null or enrolment.lead_id <> standing.lead_id
                or enrolment.state not in ({_LIVE}))
         order by standing.lead_id
        """,  # noqa: S608
    ),
    by_query(
        "Whoever is in a program has its next step there",
        2,
        f"""
        select format('enrolment %s of lead %s: the lead''s next step is elsewhere',
                      enrolment.id, enrolment.lead_id)
          from nurture_enrolment enrolment {_ITS_STANDING}
         where enrolment.state in ({_LIVE}) and standing.stage <= {_NURTURING}
           and standing.next_kind <> {_PROGRAM}
           and not exists (select from leads_task task
                            where task.workspace_id = standing.workspace_id
                              and task.id = standing.task_id and task.enrolment_id is not null)
         order by enrolment.id
        """,  # noqa: S608
    ),
    by_query(
        "Every way of a published program leads to a step of the same version",
        2,
        """
        select format('step %s: its way "%s" leads into another version', node.id, way.way)
          from nurture_way way
          join nurture_node node on node.workspace_id = way.workspace_id and node.id = way.node_id
          join nurture_node goal on goal.workspace_id = way.workspace_id and goal.id = way.to_id
         where node.version_id <> goal.version_id
         order by node.id
        """,
    ),
]
