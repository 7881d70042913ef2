"""What people do at the desk: one call for a finished task and everything that hangs on it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import Fact, Outcome, complete_task, learn
from leadfarm.leads.models import Lead, Task, Touch
from leadfarm.rules.codes import Confidence, FindingSection


@dataclass(frozen=True)
class Learned:
    """What the note of a task becomes in the dossier, where a section was chosen."""

    section: FindingSection
    value: str


@transaction.atomic
def finish(
    task: Task, outcome: Outcome, *, learned: Learned | None, by: Actor, now: datetime
) -> Touch | None:
    """Complete the task; what was learned goes into the dossier with the talk as evidence."""
    touch = complete_task(task, outcome, by=by, now=now)
    if learned is not None and learned.value.strip():
        lead = Lead.objects.of(task.workspace_id).get(id=task.lead_id)
        fact = Fact(learned.section, learned.value, confidence=Confidence.HIGH)
        learn(lead, fact, by=by, now=now, touch=touch)
    return touch
