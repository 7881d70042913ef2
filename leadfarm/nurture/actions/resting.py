"""One lead rests in a program, and goes on: on its day, or when somebody says so."""

from datetime import datetime, timedelta

from django.db import transaction

from leadfarm.access.models import Member
from leadfarm.engine.errors import LeadfarmError
from leadfarm.nurture.models import Enrolment, EnrolmentState, Pause
from leadfarm.nurture.statements import run, text

LONGEST = timedelta(days=731)


@transaction.atomic
def rest(enrolment: Enrolment, until: datetime, *, by: Member, now: datetime) -> None:
    """Let a lead rest in a program until a day; what is left to wait then is still to wait.

    LeadfarmError where it does not run, or the day has passed or is years away.
    """
    if not now < until <= now + LONGEST:
        raise LeadfarmError("Choose a day ahead, within two years.")
    mine = Enrolment.objects.of(enrolment.workspace_id).filter(id=enrolment.id)
    if not mine.filter(state=EnrolmentState.ACTIVE).update(state=EnrolmentState.PAUSED):
        raise LeadfarmError("It does not go on at the moment anyway.", "Look at the program.")
    Pause.objects.create(
        workspace_id=enrolment.workspace_id, enrolment=enrolment, began_at=now, until=until, by=by
    )


def wake(enrolment: Enrolment, *, now: datetime) -> None:
    """End the rest of a lead. LeadfarmError where it does not rest."""
    values = {"enrolment": enrolment.id, "now": now}
    if not run(enrolment.workspace_id, text("rested"), values)[0][0]:
        raise LeadfarmError("It does not rest any more.")


def wake_due(workspace_id: int, now: datetime) -> int:
    """End every rest whose day has come; return how many leads go on."""
    values = {"enrolment": None, "now": now}
    return int(run(workspace_id, text("rested"), values)[0][0])
