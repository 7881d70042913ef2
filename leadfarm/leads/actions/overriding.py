"""A person was told to wait, and went on: the reason they gave is kept and logged (law 6)."""

from datetime import datetime

from leadfarm.access.actions.audit import audit
from leadfarm.access.actors import Actor
from leadfarm.leads.actions.learning import note
from leadfarm.leads.models import Lead


def keep_reason(lead: Lead, reason: str, *, channel: str, by: Actor, now: datetime) -> None:
    """Put the reason on the timeline, and the act without its words on the audit trail.

    `channel` is "mail" or "call".
    """
    note(lead, f"Quiet window overridden for a {channel}: {reason.strip()}", by=by, now=now)
    audit(lead.workspace_id, "quiet window overridden", by=by, now=now, on=lead, channel=channel)
