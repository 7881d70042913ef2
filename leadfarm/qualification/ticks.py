"""What time brings: leads that have come to meet the definition are delivered."""

from datetime import datetime

from leadfarm.access.actors import SCHEDULE
from leadfarm.access.models import Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Lead
from leadfarm.qualification.actions import deliver
from leadfarm.qualification.actions.grading import grade
from leadfarm.qualification.models import Definition, FitRule
from leadfarm.qualification.queries import ready_leads
from leadfarm.qualification.readiness import in_force


def deliver_ready(workspace_id: int, *, now: datetime, limit: int = 200) -> int:
    """Deliver the leads that meet the definition in force; return how many.

    Safe to run again and side by side: each delivery locks its lead and judges it anew.
    """
    definition = in_force(workspace_id)
    if definition is None:
        return 0
    delivered = 0
    for lead_id in ready_leads(definition, now=now, limit=limit):
        lead = Lead.objects.of(workspace_id).get(id=lead_id)
        try:
            deliver(lead, by=SCHEDULE, now=now)
        except LeadfarmError:  # somebody changed it since the statement looked
            continue
        delivered += 1
    return delivered


def grade_everybody(*, now: datetime) -> int:
    """Work out fit in every workspace that has rules; return how many leads changed."""
    ids = FitRule.objects.order_by().values_list("workspace_id", flat=True).distinct()
    return sum(grade(one, now=now) for one in Workspace.objects.filter(id__in=list(ids)))


def workspaces_with_agreement() -> list[int]:
    """Return the workspaces in which a definition is in force; for the worker, who sees all."""
    force = Definition.objects.filter(effective_from__isnull=False, retired_at=None)
    return list(force.order_by("workspace_id").values_list("workspace_id", flat=True))
