"""What is told of sending: the mail server refuses us, and mail waits."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse

from leadfarm.access.models import Notification, Workspace
from leadfarm.access.notices import Told, describes, tell_roles
from leadfarm.outreach.models import MailServer
from leadfarm.rules.notifications import NotificationKind


def tell_of_stop(workspace_id: int, server_id: int, now: datetime) -> None:
    """Tell those who look after sending that it stopped; once each time it does."""
    tell_roles(
        workspace_id,
        NotificationKind.SENDING_STOPPED,
        subject_id=server_id,
        happened_at=now,
        now=now,
    )


def register() -> None:
    """Say what each stands for."""
    describes(_of_servers, NotificationKind.SENDING_STOPPED)


def _of_servers(workspace: Workspace, rows: Sequence[Notification]) -> Mapping[int, Told]:
    found = MailServer.objects.of(workspace).in_bulk([row.subject_id for row in rows])
    href = reverse("outreach:sending", kwargs={"workspace": workspace.slug})
    return {row.id: _told(found[row.subject_id], href) for row in rows if row.subject_id in found}


def _told(server: MailServer, href: str) -> Told:
    if server.stopped_since is None:
        return Told("The mail server had stopped taking mail; it takes it again", href)
    said = f"It says “{server.refusal}”. Nothing is lost; the next try is at"
    return Told("The mail server takes no mail", href, said, server.retry_at)
