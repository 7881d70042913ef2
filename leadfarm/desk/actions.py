"""What people do at the desk: one call for a finished task and everything that hangs on it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import Fact, Outcome, complete_task, learn
from leadfarm.leads.models import Lead, Task, Touch


@transaction.atomic
def finish(
    task: Task, outcome: Outcome, *, learned: Iterable[Fact] = (), by: Actor, now: datetime
) -> Touch | None:
    """Complete the task; what was learned goes into the dossier with the talk as evidence."""
    touch = complete_task(task, outcome, by=by, now=now)
    lead = Lead.objects.of(task.workspace_id).get(id=task.lead_id)
    for fact in learned:
        learn(lead, fact, by=by, now=now, touch=touch)
    return touch
