"""Suspecting: why what arrived may be nobody who could become a customer (S1-13)."""

from leadfarm.access.models import Workspace
from leadfarm.engine.statements import prepared
from leadfarm.intake.arrival import Sent
from leadfarm.intake.codes import Door
from leadfarm.intake.models import LetIn
from leadfarm.leads.models import Contact
from leadfarm.rules.junk import Offered, judge
from leadfarm.rules.names import company_domain

# Where strangers type freely; what a colleague or another system hands in was looked at.
OPEN_DOORS = (Door.FORM, Door.API, Door.WEBHOOK, Door.MAIL)
OWN_PEOPLE = """
SELECT person.email
  FROM access_member member
  JOIN access_user person ON person.id = member.user_id
  LEFT JOIN access_team team
    ON team.workspace_id = member.workspace_id AND team.id = member.team_id
 WHERE member.workspace_id = %(workspace)s::integer AND team.is_firm IS NOT TRUE
"""


def junk_reasons(workspace: Workspace, door: Door, sent: Sent) -> tuple[str, ...]:
    """Return why it is junk, as sentences; empty where it may be somebody.

    Who is a contact already is none. Mail is judged by its sender: links stand in every signature.
    """
    if door not in OPEN_DOORS:
        return ()
    offered = Offered(
        email=sent.email,
        given_name=sent.given_name,
        family_name=sent.family_name,
        company=sent.company,
        phone=sent.phone,
        text="" if door is Door.MAIL else f"{sent.need}\n{sent.said}",
    )
    if not judge(offered, own=_own(workspace)).is_junk:
        return ()
    known = Contact.objects.of(workspace).filter(email_key=sent.email or None)
    if sent.email and known.exists():
        return ()
    let_in = LetIn.objects.of(workspace).values_list("host", flat=True)
    return judge(offered, let_in=set(let_in), own=_own(workspace)).reasons


def _own(workspace: Workspace) -> set[str]:
    """Return the domains of the workspace's own people; firms may well become customers."""
    rows = prepared(OWN_PEOPLE, {"workspace": workspace.id})
    return {domain for row in rows if (domain := company_domain(row["email"]))}
