"""What intake does by itself: files go when their time is over."""

from datetime import datetime

from leadfarm.access.models import Workspace
from leadfarm.intake.actions import forget_old_files
from leadfarm.intake.models import ImportRun


def forget_everywhere(now: datetime) -> int:
    """Delete the files and raw rows whose time is over; return of how many imports.

    The worker's view: it sees every workspace.
    """
    today = now.date()
    due = ImportRun.objects.filter(file_delete_on__lte=today)
    homes = Workspace.objects.filter(id__in=due.values("workspace_id").distinct())
    return sum(forget_old_files(workspace, today) for workspace in homes)
