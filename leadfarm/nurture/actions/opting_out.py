"""Whoever unsubscribes or complains leaves every program; people's open tasks for them stay."""

from datetime import datetime

from leadfarm.leads.actions import set_next
from leadfarm.leads.actions.stepping import next_from_open_work
from leadfarm.leads.actions.tasks import open_tasks
from leadfarm.leads.models import Lead, Touch
from leadfarm.nurture.models import LIVE, Enrolment, EnrolmentState
from leadfarm.rules.codes import Side, TouchKind


def hear(touch: Touch) -> None:
    """Stop the programs of a contact who has just unsubscribed or complained."""
    if touch.kind in (TouchKind.UNSUBSCRIBED, TouchKind.COMPLAINT) and touch.contact_id is not None:
        opt_out(touch.workspace_id, touch.contact_id, now=touch.recorded_at)


def opt_out(workspace_id: int, contact_id: int, *, now: datetime) -> int:
    """Take the contact's leads out of their programs as opted out; return how many enrolments.

    Each lead goes on with the earliest task that is open, or marketing looks at it within a week.
    """
    live = Enrolment.objects.of(workspace_id).filter(contact_id=contact_id, state__in=LIVE)
    mine = list(live.select_for_update().values_list("id", "lead_id"))
    leads = Lead.objects.of(workspace_id).filter(id__in=[lead_id for _, lead_id in mine])
    for lead in leads.order_by("id"):
        # A person's task is a person's from now on: it goes on without its program.
        open_tasks(workspace_id, lead_id=lead.id).update(enrolment_id=None)
        # The database ends the enrolments as the lead gets another next step.
        set_next(lead, next_from_open_work(lead, now=now, otherwise=Side.MARKETING))
    ended = Enrolment.objects.of(workspace_id).filter(id__in=[number for number, _ in mine])
    return ended.update(state=EnrolmentState.OPTED_OUT)
