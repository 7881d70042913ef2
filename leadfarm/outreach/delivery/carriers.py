"""The ways out of the house, and the one place that decides which a workspace may use."""

from datetime import datetime
from typing import Protocol

from leadfarm.access.models import Workspace
from leadfarm.engine.sealing import unseal
from leadfarm.outreach.codes import Security
from leadfarm.outreach.delivery.composing import Composed, Row
from leadfarm.outreach.delivery.fates import Fate, Outcome
from leadfarm.outreach.delivery.smtp import Server, SmtpConnection
from leadfarm.outreach.models import MailboxMail, MailServer


class Carrier(Protocol):
    """Takes a mail and says at once what became of it."""

    def deliver(self, row: Row, composed: Composed, now: datetime) -> Outcome:
        """Deliver one mail; never raise for what the other side does."""

    def probe(self) -> Outcome:
        """Say whether the other side can be reached, without a mail."""

    def close(self) -> None:
        """Let go of what is kept open."""


class OverSmtp:
    """To the workspace's mail server."""

    def __init__(self, server: Server) -> None:
        self._connection = SmtpConnection(server)

    def deliver(self, row: Row, composed: Composed, now: datetime) -> Outcome:
        """Hand one mail to the server."""
        return self._connection.hand_over(composed.mail)

    def probe(self) -> Outcome:
        """Connect and log in."""
        return self._connection.probe()

    def close(self) -> None:
        """Say goodbye to the server."""
        self._connection.close()


class IntoMailbox:
    """Into the local mailbox of a demo, where everybody can look, and nowhere else."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def deliver(self, row: Row, composed: Composed, now: datetime) -> Outcome:
        """Let the mail arrive; the same message twice is still one mail."""
        mail = MailboxMail(
            workspace=self._workspace,
            message_id=row.id,
            contact_id=row.contact_id,
            subject=composed.rendered.subject,
            html=composed.rendered.html,
            text=composed.rendered.text,
            headers=composed.headers,
            received_at=now,
        )
        MailboxMail.objects.bulk_create([mail], ignore_conflicts=True)
        return Outcome(Fate.ACCEPTED, 250, "In the mailbox")

    def probe(self) -> Outcome:
        """Say yes."""
        return Outcome(Fate.ACCEPTED)

    def close(self) -> None:
        """Do nothing: a mailbox is always open."""


def carrier_for(workspace: Workspace, now: datetime) -> Carrier | None:
    """Return the workspace's way out, or None: no mail server yet, or it asked us to wait.

    A demo's mail never leaves the house. The database says so too: a demo cannot have a mail
    server, and nobody else has a mailbox.
    """
    if workspace.is_demo:
        return IntoMailbox(workspace)
    settings = MailServer.objects.of(workspace).first()
    if settings is None or (settings.retry_at is not None and settings.retry_at > now):
        return None
    return OverSmtp(server_of(settings))


def server_of(settings: MailServer) -> Server:
    """Return how to connect to a workspace's mail server."""
    return Server(
        settings.host,
        settings.port,
        Security(settings.security),
        settings.user,
        unseal(settings.password_sealed),
    )
