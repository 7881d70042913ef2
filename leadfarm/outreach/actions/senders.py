"""In whose name we write and through which server."""

from datetime import datetime

from leadfarm.access.models import Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.sealing import seal
from leadfarm.outreach.asking import Asker
from leadfarm.outreach.codes import Security
from leadfarm.outreach.delivery.dkim import new_key
from leadfarm.outreach.delivery.mime import checked_address
from leadfarm.outreach.domain_health import as_kept, look_up
from leadfarm.outreach.models import MailServer, Sender
from leadfarm.rules.mail_records import Finding

SELECTOR = "leadfarm"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def save_sender(
    workspace: Workspace, *, name: str, address: str, postal_address: str, reply_to: str = ""
) -> Sender:
    """Return the workspace's sender as now set; a new one gets a DKIM key."""
    if not postal_address.strip():
        raise LeadfarmError("The postal address is missing.", "The law wants it in each mail.")
    sender, is_new = Sender.objects.update_or_create(
        workspace=workspace,
        defaults={
            "from_name": name.strip(),
            "from_address": checked_address(address.strip()),
            "reply_to": checked_address(reply_to.strip()) if reply_to.strip() else "",
            "postal_address": " ".join(postal_address.split()),
        },
    )
    if is_new:
        new_dkim_key(sender)
    return sender


def new_dkim_key(sender: Sender) -> None:
    """Give the sender a new signing key; its public half has to go into the domain's DNS."""
    private, record = new_key()
    sender.dkim_key_sealed, sender.dkim_public = seal(private), record
    sender.dkim_selector = SELECTOR
    sender.save(update_fields=["dkim_key_sealed", "dkim_public", "dkim_selector"])


def save_mail_server(
    workspace: Workspace,
    *,
    host: str,
    port: int,
    security: Security,
    user: str = "",
    password: str | None = None,
) -> MailServer:
    """Return the workspace's mail server as now set; `password` None keeps the stored one."""
    _check_server(workspace, host, security)
    values: dict[str, object] = {
        "host": host.strip(),
        "port": port,
        "security": security,
        "user": user,
        "stopped_since": None,
        "refused_at": None,
        "retry_at": None,
        "refusal": "",
    }
    if password is not None:
        values["password_sealed"] = seal(password)
    server, _ = MailServer.objects.update_or_create(workspace=workspace, defaults=values)
    return server


def _check_server(workspace: Workspace, host: str, security: Security) -> None:
    if workspace.is_demo:
        what = "This is a demo: its mail stays in the mailbox."
        raise LeadfarmError(what, "Set up a workspace of your own.")
    if security is Security.NONE and host not in LOOPBACK:
        raise LeadfarmError("Mail would travel unprotected.", "Choose STARTTLS or TLS.")


def ask_dns(sender: Sender, *, now: datetime, asker: Asker | None = None) -> list[Finding]:
    """Ask DNS how it stands with the domain we send from; keep and return what it says."""
    server = MailServer.objects.of(sender.workspace_id).first()
    findings = look_up(sender, server, asker)
    sender.dns_findings, sender.dns_asked_at = [as_kept(one) for one in findings], now
    sender.save(update_fields=["dns_findings", "dns_asked_at"])
    return findings
