"""This room's part of the lead page: what the contact has asked us not to do."""

from typing import Any

from leadfarm.access.middleware import InsideRequest
from leadfarm.consent.models import Suppression
from leadfarm.consent.quiet import quiet_of
from leadfarm.leads.models import Lead
from leadfarm.rules.consent import Channel, Purpose, SuppressionReason


def bars_of(request: InsideRequest, lead: Lead) -> dict[str, Any] | None:
    """Return the bars on the lead's contact, newest first; None where there is none."""
    if lead.contact_id is None:
        return None
    live = Suppression.objects.of(request.workspace).filter(
        contact_id=lead.contact_id, lifted_at=None
    )
    bars = list(live.order_by("-made_at", "-id")[:5])
    objects = lead.contact is not None and lead.contact.no_profiling
    if not bars and not objects:
        return None
    return {
        "objects": objects,
        "bars": [{"said": _said(bar), "at": bar.made_at} for bar in bars],
        "only_calls": all(bar.channel == Channel.PHONE for bar in bars),
    }


def _said(bar: Suppression) -> str:
    if bar.reason == SuppressionReason.DO_NOT_CALL:
        return "Asked not to be called"
    reason = SuppressionReason(bar.reason).label
    return f"{reason}: {Purpose(bar.purpose).label.lower()}" if bar.purpose else reason


def quiet_for_calls(request: InsideRequest, lead: Lead) -> dict[str, Any] | None:
    """Return who closed the quiet window, for who logs a call; None while it is open."""
    if lead.contact is None:
        return None
    quiet = quiet_of(request.workspace, lead.contact, now=request.now)
    return {"quiet": quiet} if quiet else None
