"""What intake does by itself: visits come onto their leads, what has had its time goes."""

from datetime import datetime

from leadfarm.access.models import Workspace
from leadfarm.intake.actions import forget_old_files
from leadfarm.intake.models import ImportRun, Website
from leadfarm.intake.visits.forgetting import forget_visits
from leadfarm.intake.visits.telling import tell_visits


def forget_everywhere(now: datetime) -> int:
    """Delete the files and raw rows whose time is over; return of how many imports.

    The worker's view: it sees every workspace.
    """
    today = now.date()
    due = ImportRun.objects.filter(file_delete_on__lte=today)
    homes = Workspace.objects.filter(id__in=due.values("workspace_id").distinct())
    return sum(forget_old_files(workspace, today) for workspace in homes)


def tell_everywhere(now: datetime) -> int:
    """Put the visits of people we know onto their leads, in every workspace; return how many."""
    sites = Website.objects.values_list("workspace_id", flat=True)
    return sum(tell_visits(workspace_id, now) for workspace_id in list(sites))


def forget_visits_everywhere(now: datetime) -> int:
    """Forget what of visits has had its time; return how many visitors went."""
    return sum(forget_visits(site, now) for site in Website.objects.all())
