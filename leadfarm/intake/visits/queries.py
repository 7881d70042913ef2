"""Questions about visits: what arrived last, how many browsers agreed, who a contact's are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Count, Q

from leadfarm.access.middleware import InsideRequest
from leadfarm.intake.codes import ConsentSource, RecognisedBy
from leadfarm.intake.models import PageView, Visitor, Website
from leadfarm.leads.models import Lead

LATEST = 15


def latest_views(workspace_id: int) -> list[PageView]:
    """Return the pages that arrived last, the latest first, with visit, page and contact."""
    views = PageView.objects.of(workspace_id).select_related("page", "visit__contact")
    return list(views.order_by("-id")[:LATEST])


@dataclass(frozen=True)
class Consents:
    """How many browsers agreed, withdrew, and turned out to be somebody, in the days kept."""

    agreed: int
    withdrawn: int
    recognised: int


def tally_of(workspace_id: int, days: int, now: datetime) -> Consents:
    """Count the browsers that agreed in so many days; one query."""
    since = Visitor.objects.of(workspace_id).filter(agreed_at__gte=now - timedelta(days=days))
    counted = since.aggregate(
        agreed=Count("id"),
        withdrawn=Count("id", filter=Q(withdrawn_at__isnull=False)),
        recognised=Count("id", filter=Q(contact__isnull=False)),
    )
    return Consents(**counted)


@dataclass(frozen=True)
class Known:
    """One browser of a contact: to which words it agreed, when, and how it was recognised."""

    version: int
    agreed_at: datetime
    asked: str
    how: str
    withdrawn_at: datetime | None


def browsers_on(request: InsideRequest, lead: Lead) -> dict[str, Any] | None:
    """Return what the lead page shows of the contact's browsers; None where there are none."""
    found = browsers_of(request.workspace.id, lead.contact_id) if lead.contact_id else []
    return {"browsers": found} if found else None


def hosts_of(workspace_id: int) -> frozenset[str]:
    """Return the hosts of the workspace's website, empty while visits are not noted."""
    site = Website.objects.of(workspace_id).filter(is_on=True).first()
    return frozenset(urlsplit(one).hostname or "" for one in site.origins) if site else frozenset()


def browsers_of(workspace_id: int, contact_id: int) -> list[Known]:
    """Return the browsers of a contact, the latest consent first."""
    found = Visitor.objects.of(workspace_id).filter(contact_id=contact_id).order_by("-agreed_at")
    return [
        Known(
            one.wording_version,
            one.agreed_at,
            ConsentSource(one.agreed_by).label.lower(),
            RecognisedBy(one.recognised_by or RecognisedBy.FORM).label.lower(),
            one.withdrawn_at,
        )
        for one in found[:5]
    ]
