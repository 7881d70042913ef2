"""Members: joining, changing role or team, leaving."""

from collections.abc import Mapping
from datetime import datetime

from leadfarm.access.actions.audit import audit
from leadfarm.access.actions.refusals import Refused
from leadfarm.access.actors import SCHEDULE, Actor
from leadfarm.access.departing import hand_on_work, hand_out_work
from leadfarm.access.models import Member, Team, User, Workspace
from leadfarm.rules.codes import Role

FIRMS_ROLES = (Role.PD, Role.SALES_REP)


def add_member(
    workspace: Workspace,
    user: User,
    role: Role,
    *,
    now: datetime,
    team: Team | None = None,
    by: Actor = SCHEDULE,
) -> Member:
    """Return this person's place in the workspace, new or taken up again. Call it inside."""
    check_role_and_team(role, team)
    place = {
        "role": role,
        "team": team,
        "firm_id": team.pk if team and team.is_firm else None,
        "name": user.name or user.email,
        "joined_at": now,
        "left_at": None,
    }
    if Member.objects.of(workspace).filter(user=user, left_at=None).exists():
        raise Refused(f"{user} is a member of {workspace} already.")
    return _let_in(workspace, user, place, by, now)


def _let_in(
    workspace: Workspace, user: User, place: Mapping[str, object], by: Actor, now: datetime
) -> Member:
    before = Member.objects.of(workspace).filter(user=user)
    left_at = before.values_list("left_at", flat=True).first()
    member, _ = Member.objects.update_or_create(workspace=workspace, user=user, defaults=place)
    hand_out_work(member, by, now, left_at)
    _note(member, "member joined", by, now)
    return member


def change_role(member: Member, role: Role, team: Team | None, *, by: Actor, now: datetime) -> None:
    """Give the member another role or team; the last admin keeps theirs."""
    check_role_and_team(role, team)
    if role != Role.ADMIN:
        _keep_an_admin(member, "is the only admin", "Make somebody else an admin first.")
    before = (member.side, member.firm_id)
    member.role, member.team = role, team
    member.firm_id = team.pk if team and team.is_firm else None
    member.save(update_fields=["role", "team", "firm_id"])
    if before != (member.side, member.firm_id):
        hand_on_work(member, by, now)
        hand_out_work(member, by, now, None)
    _note(member, "member changed", by, now)


def leave(member: Member, *, by: Actor, now: datetime) -> None:
    """Close the door behind a member; their work is handed on, what they did stays theirs."""
    _keep_an_admin(member, "is the only admin and cannot leave", "Name another admin first.")
    member.left_at = now
    member.save(update_fields=["left_at"])
    hand_on_work(member, by, now)
    _note(member, "member left", by, now)


def change_self(member: Member, name: str, time_zone: str, *, now: datetime) -> None:
    """Let a member say how they are called and which clock they live by."""
    member.name, member.time_zone = name, time_zone
    member.save(update_fields=["name", "time_zone"])
    User.objects.filter(pk=member.user_id).update(name=name)
    audit(member.workspace_id, "account changed", by=Actor.of(member), now=now, on=member)


def check_role_and_team(role: Role, team: Team | None) -> None:
    """Refuse a place that no one could hold."""
    if team is not None and team.is_firm and role not in FIRMS_ROLES:
        raise Refused(
            f"{team} is an outside firm: its people are prospect developers or sales reps.",
            "Choose one of these roles, or no firm.",
        )


def _keep_an_admin(member: Member, what: str, what_to_do: str) -> None:
    """Refuse to take the last admin away; one at a time, so that two cannot remove each other."""
    Workspace.objects.select_for_update().get(pk=member.workspace_id)
    admins = Member.objects.of(member.workspace_id).filter(role=Role.ADMIN, left_at=None)
    is_one = admins.filter(pk=member.pk).exists()
    if is_one and not admins.exclude(pk=member.pk).exists():
        raise Refused(f"{member} {what}.", what_to_do)


def _note(member: Member, action: str, by: Actor, now: datetime) -> None:
    audit(
        *(member.workspace_id, action),
        by=by,
        now=now,
        on=member,
        role=Role(member.role).slug,
        team=member.team_id,
    )
