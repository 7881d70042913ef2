"""Who may come in, and where the walls stand."""

from leadfarm.access.models.audit import AuditEntry
from leadfarm.access.models.notifications import Notification, NotificationChoice
from leadfarm.access.models.people import Invitation, Member, Team
from leadfarm.access.models.tokens import ApiToken
from leadfarm.access.models.user import User
from leadfarm.access.models.workspace import Workspace

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Invitation",
    "Member",
    "Notification",
    "NotificationChoice",
    "Team",
    "User",
    "Workspace",
]
