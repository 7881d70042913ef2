"""What can be seen of a rehearsal: mail, tasks and what was held back, as they come."""

from dataclasses import dataclass
from datetime import datetime

from leadfarm.leads.models import Lead, Task, Touch
from leadfarm.nurture.models import Enrolment
from leadfarm.outreach.models import Message
from leadfarm.rules.codes import Side, TaskKind, TouchKind
from leadfarm.rules.consent import HeldBecause


@dataclass(frozen=True)
class Happening:
    """One line of the calendar: when, what kind (mail, task, talk, reaction, held, end), what."""

    at: datetime
    kind: str
    what: str
    detail: str = ""


class Watch:
    """Looks at what is new since it looked last."""

    def __init__(self, lead: Lead) -> None:
        self._lead = lead
        self._seen = {"message": 0, "task": 0, "touch": 0}
        self.news()

    def news(self) -> list[Happening]:
        """Return what came since the last look, in order."""
        found = [*self._mail(), *self._tasks(), *self._held()]
        return sorted(found, key=lambda one: one.at)

    def _mail(self) -> list[Happening]:
        rows = Message.objects.of(self._lead.workspace_id).filter(lead_id=self._lead.id)
        new = rows.filter(id__gt=self._seen["message"]).order_by("id")
        found = list(new.select_related("template_version__template"))
        self._seen["message"] = found[-1].id if found else self._seen["message"]
        return [
            Happening(row.planned_at, "mail", version.subject, version.template.name)
            for row in found
            if (version := row.template_version) is not None
        ]

    def _tasks(self) -> list[Happening]:
        rows = Task.objects.of(self._lead.workspace_id).filter(lead_id=self._lead.id)
        new = rows.filter(id__gt=self._seen["task"]).order_by("id")
        found = list(new.select_related("owner"))
        self._seen["task"] = found[-1].id if found else self._seen["task"]
        return [
            Happening(row.made_at, "task", f"{TaskKind(row.kind).label} for {_who(row)}", row.why)
            for row in found
        ]

    def _held(self) -> list[Happening]:
        rows = Touch.objects.of(self._lead.workspace_id).filter(lead_id=self._lead.id)
        new = rows.filter(id__gt=self._seen["touch"], kind=TouchKind.HELD_BACK).order_by("id")
        found = list(new)
        self._seen["touch"] = found[-1].id if found else self._seen["touch"]
        return [
            Happening(row.happened_at, "held", "A mail is held back", HeldBecause(row.ref).label)
            for row in found
            if row.ref
        ]

    def end(self, enrolment: Enrolment) -> Happening:
        """Return how it ended: the step's name, and what the lead waits for now."""
        self._lead.refresh_from_db()
        standing = self._lead.standing
        standing.refresh_from_db()
        assert enrolment.ended_at is not None
        return Happening(enrolment.ended_at, "end", enrolment.node.label, standing.next_why)


def _who(task: Task) -> str:
    side = Side(task.side).label
    return f"{task.owner.name}, {side}" if task.owner else side
