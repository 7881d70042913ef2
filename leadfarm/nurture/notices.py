"""What marketing is told of programs: a stream ran dry for somebody (S2-20)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse

from leadfarm.access.models import Notification, Workspace
from leadfarm.access.notices import Told, describes, tell_roles
from leadfarm.access.walls import within
from leadfarm.nurture.models import Program, Stream
from leadfarm.rules.complaint_rates import ComplaintLevel, complaint_level
from leadfarm.rules.notifications import NotificationKind


def tell_of_dry(workspace_id: int, streams: Sequence[int], *, day: datetime, now: datetime) -> None:
    """Tell who leads marketing that somebody has seen all of these streams; once a day for each."""
    with within(workspace_id, savepoint=False):
        for stream_id in streams:
            tell_roles(
                workspace_id,
                NotificationKind.STREAM_DRY,
                subject_id=stream_id,
                happened_at=day,
                now=now,
            )


def tell_of_complaints(program: Program, *, happened_at: datetime, now: datetime) -> None:
    """Tell who leads marketing that too many complain about this program; once a day."""
    tell_roles(
        program.workspace_id,
        NotificationKind.PROGRAM_COMPLAINTS,
        subject_id=program.id,
        happened_at=happened_at,
        now=now,
    )


def register() -> None:
    """Say what each stands for."""
    describes(_of_streams, NotificationKind.STREAM_DRY)
    describes(_of_programs, NotificationKind.PROGRAM_COMPLAINTS)


def _of_programs(workspace: Workspace, rows: Sequence[Notification]) -> Mapping[int, Told]:
    found = Program.objects.of(workspace).in_bulk([row.subject_id for row in rows])
    return {
        row.id: _of_program(workspace, found[row.subject_id])
        for row in rows
        if row.subject_id in found
    }


def _of_program(workspace: Workspace, program: Program) -> Told:
    many, sent = program.complaints, program.complained_of
    stopped = complaint_level(many, sent) is ComplaintLevel.STOP
    what = "was stopped: too many complain" if stopped else "draws complaints"
    return Told(
        f"“{program.name}” {what}",
        reverse("nurture:tree", args=[workspace.slug, program.id]),
        f"{many} of {sent:,} mails of 30 days. Look at whom it reaches and what it says.",
    )


def _of_streams(workspace: Workspace, rows: Sequence[Notification]) -> Mapping[int, Told]:
    found = Stream.objects.of(workspace).in_bulk([row.subject_id for row in rows])
    said = "Somebody has seen all of its pieces. Add one, and look where they went in the program."
    return {
        row.id: Told(
            f"“{found[row.subject_id]}” has run dry for somebody",
            reverse("nurture:stream", args=[workspace.slug, row.subject_id]),
            said,
        )
        for row in rows
        if row.subject_id in found
    }
