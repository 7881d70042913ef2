"""What of visits has had its time: networks after a week, strangers after the days of the site."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from leadfarm.access.walls import within
from leadfarm.engine.statements import prepared
from leadfarm.intake.models import PageView, SitePage, Visit, Visitor, VisitorClaim, Website
from leadfarm.intake.sql import statement

NETWORK_DAYS = timedelta(days=7)
AT_A_TIME = 5_000


def forget_visits(site: Website, now: datetime) -> int:
    """Delete visitors nobody recognised in time, and cut what is old; return how many visitors."""
    workspace_id = site.workspace_id
    with within(workspace_id):
        _forget_networks(workspace_id, now - NETWORK_DAYS)
        VisitorClaim.objects.of(workspace_id).filter(claimed_at__lt=now - NETWORK_DAYS).delete()
    forgotten = 0
    while gone := _forget_strangers(workspace_id, now - timedelta(days=site.keep_days)):
        forgotten += gone
    with within(workspace_id):
        views = PageView.objects.of(workspace_id).filter(page_id=OuterRef("pk"))
        SitePage.objects.of(workspace_id).filter(~Exists(views)).delete()
    return forgotten


def _forget_networks(workspace_id: int, before: datetime) -> None:
    visits = Visit.objects.of(workspace_id).filter(last_at__lt=before).exclude(network="")
    visits.update(network="")
    proofs = Visitor.objects.of(workspace_id).filter(agreed_at__lt=before).exclude(network="")
    proofs.update(network="")


def _forget_strangers(workspace_id: int, before: datetime) -> int:
    """Delete a batch of them, in a transaction of its own; their visits go with them."""
    with within(workspace_id):
        terms = {"workspace": workspace_id, "before": before, "batch": AT_A_TIME}
        return len(prepared(statement("forget_strangers"), terms))
