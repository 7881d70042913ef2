"""Mailboxes: set up, closed, and looked into; the cursor moves after what was taken in."""

import ssl
from datetime import datetime

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.sealing import seal
from leadfarm.intake.mail.imap import Account
from leadfarm.intake.mail.receiving import receive_mail
from leadfarm.intake.models import Mailbox
from leadfarm.intake.notices import tell_of_mailbox
from leadfarm.leads.models import Source

MOST_A_LOOK = 200


def open_mailbox(
    workspace: Workspace, address: str, server: tuple[str, int], user: str, password: str,
    *, folder: str = "INBOX", source: Source | None = None,
) -> Mailbox:  # fmt: skip
    """Let an account be looked into; only mail that comes from now on is taken in."""
    host, port = server
    known = Mailbox.objects.of(workspace).filter(host=host, user=user, folder=folder)
    if known.filter(closed_at=None).exists():
        raise LeadfarmError("This mailbox is looked into already.")
    return Mailbox.objects.create(
        workspace=workspace,
        address=address.lower(),
        host=host,
        port=port,
        user=user,
        password_sealed=seal(password),
        folder=folder,
        source=source,
    )


def poll(mailbox: Mailbox, *, now: datetime, context: ssl.SSLContext | None = None) -> int:
    """Take in what is new; return how many messages. What fails is noted on the mailbox.

    Each message is durable before the cursor moves; after a crash it comes again and, known by its
    Message-ID, leaves nothing.
    """
    taken = 0
    try:
        with Account(mailbox, context) as account:
            _find_place(mailbox, account)
            for uid, raw in account.after(mailbox.last_uid, MOST_A_LOOK):
                receive_mail(mailbox.workspace, raw, now=now, mailbox=mailbox)
                mailbox.last_uid, taken = uid, taken + 1
                _note(mailbox, "last_uid")
        mailbox.refusal = ""
    except LeadfarmError as wrong:
        mailbox.refusal = str(wrong)[:300]
    mailbox.checked_at = now
    _note(mailbox, "checked_at", "refusal")
    if mailbox.refusal:
        with within(mailbox.workspace_id):
            tell_of_mailbox(mailbox, now=now)
    return taken


def poll_everywhere(now: datetime) -> int:
    """Look into every open mailbox of every workspace; return how many messages came."""
    found = Mailbox.objects.filter(closed_at=None).select_related("workspace", "source")
    return sum(poll(one, now=now) for one in found)


def poll_workspace(workspace: Workspace, now: datetime) -> dict[str, int]:
    """Look into the open mailboxes of one workspace; return how many messages came."""
    found = Mailbox.objects.of(workspace).filter(closed_at=None).select_related("source")
    return {"messages": sum(poll(one, now=now) for one in found)}


def _find_place(mailbox: Mailbox, account: Account) -> None:
    """Begin at the newest message; where the folder was made anew, at its first."""
    validity = account.validity()
    if mailbox.uid_validity == validity:
        return
    mailbox.last_uid = account.newest() if mailbox.uid_validity is None else 0
    mailbox.uid_validity = validity
    _note(mailbox, "uid_validity", "last_uid")


def _note(mailbox: Mailbox, *columns: str) -> None:
    with within(mailbox.workspace_id):
        mailbox.save(update_fields=columns)


def close_mailbox(mailbox: Mailbox, *, now: datetime) -> None:
    """Look into it no more; what came stays."""
    mailbox.closed_at = now
    mailbox.save(update_fields=["closed_at"])


def reopen_mailbox(mailbox: Mailbox) -> None:
    """Look into it again, from where it was left; LeadfarmError where another does already."""
    same = Mailbox.objects.of(mailbox.workspace_id).filter(
        host=mailbox.host, user=mailbox.user, folder=mailbox.folder, closed_at=None
    )
    if same.exclude(pk=mailbox.pk).exists():
        raise LeadfarmError("This mailbox is looked into already.")
    mailbox.closed_at = None
    mailbox.save(update_fields=["closed_at"])
