"""A program that draws complaints is warned of, and stops before mailbox providers refuse us."""

from datetime import UTC, datetime
from pathlib import Path

from leadfarm.engine.statements import rows
from leadfarm.leads.models import Touch
from leadfarm.nurture.actions.running import pause
from leadfarm.nurture.models import Enrolment, Program, ProgramState
from leadfarm.nurture.notices import tell_of_complaints
from leadfarm.outreach.models import Message
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.complaint_rates import SPAN, ComplaintLevel, complaint_level
from leadfarm.rules.consent import SuppressionReason

COUNTED = Path(__file__).parents[1] / "sql" / "complaints.sql"


def complained(program: Program, now: datetime) -> ComplaintLevel | None:
    """Return what its page says about complaints of the last days; None where it says nothing."""
    if program.complained_at is None or program.complained_at < now - SPAN:
        return None
    level = complaint_level(program.complaints, program.complained_of)
    return None if level is ComplaintLevel.FINE else level


def hear_complaint(touch: Touch) -> None:
    """Count a complaint about a program's mail; warn, or pause it, where they are too many."""
    if touch.kind != TouchKind.COMPLAINT or touch.ref is None:
        return
    program = _program_of(touch.workspace_id, touch.ref)
    if program is None:
        return
    now = touch.recorded_at
    level = _count(program, now)
    if level is ComplaintLevel.FINE:
        return
    if level is ComplaintLevel.STOP and program.state == ProgramState.ACTIVE:
        pause(program, now=now)
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    tell_of_complaints(program, happened_at=day, now=now)


def _program_of(workspace_id: int, message_id: int) -> Program | None:
    sent = Message.objects.of(workspace_id).filter(id=message_id)
    enrolments = Enrolment.objects.of(workspace_id).filter(id__in=sent.values("enrolment_id"))
    return Program.objects.of(workspace_id).filter(id__in=enrolments.values("program_id")).first()


def _count(program: Program, now: datetime) -> ComplaintLevel:
    """Keep with the program how many complained among how many mails; return what follows."""
    told = {
        "workspace": program.workspace_id,
        "program": program.id,
        "since": now - SPAN,
        "complained": int(SuppressionReason.COMPLAINT),
    }
    (found,) = rows(COUNTED, told)
    program.complaints, program.complained_of = found["complaints"], found["sent"]
    program.complained_at = now
    program.save(update_fields=["complaints", "complained_of", "complained_at"])
    return complaint_level(program.complaints, program.complained_of)
