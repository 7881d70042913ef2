"""Consents that run out soon, so that somebody asks again in time."""

from datetime import datetime, timedelta

from leadfarm.access.models import Workspace
from leadfarm.consent.models import Consent
from leadfarm.rules.consent import Basis, Purpose

SOON = timedelta(days=60)
SHOWN = 50


def running_out(workspace: Workspace, now: datetime) -> list[tuple[Consent, str, str]]:
    """Return consents that end within two months, soonest first, with purpose and ground."""
    soon = Consent.objects.of(workspace).filter(
        withdrawn_at=None, expires_at__gt=now, expires_at__lte=now + SOON
    )
    rows = soon.select_related("contact").order_by("expires_at", "id")[:SHOWN]
    return [(one, Purpose(one.purpose).label, Basis(one.basis).label) for one in rows]
