"""One home per verb: what changes who may come in, and as what. Each leaves an audit entry."""

from leadfarm.access.actions.audit import audit
from leadfarm.access.actions.invitations import (
    NewAccount,
    accept_invitation,
    invitation_behind,
    invite,
    withdraw_invitation,
)
from leadfarm.access.actions.members import add_member, change_role, change_self, leave
from leadfarm.access.actions.refusals import Refused
from leadfarm.access.actions.teams import TeamShape, change_team, make_team
from leadfarm.access.actions.tokens import (
    make_token,
    restore_token,
    revoke_token,
    token_behind,
)
from leadfarm.access.actions.workspaces import Opening, change_workspace, open_workspace

__all__ = [
    "NewAccount",
    "Opening",
    "Refused",
    "TeamShape",
    "accept_invitation",
    "add_member",
    "audit",
    "change_role",
    "change_self",
    "change_team",
    "change_workspace",
    "invitation_behind",
    "invite",
    "leave",
    "make_team",
    "make_token",
    "open_workspace",
    "restore_token",
    "revoke_token",
    "token_behind",
    "withdraw_invitation",
]
