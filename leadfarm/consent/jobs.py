"""Erasures as jobs: thin, safe to repeat, with progress in the request."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from procrastinate.contrib.django import app

if TYPE_CHECKING:
    from leadfarm.consent.models import PrivacyRequest


def erase_when_due(request: "PrivacyRequest") -> None:
    """Have the erasure of a request done once its time to think is over."""
    job = erase_person.configure(schedule_at=request.not_before)
    job.defer(workspace_id=request.workspace_id, request_id=request.id)


@app.task(queue="privacy", name="erase_person")
def erase_person(workspace_id: int, request_id: int) -> None:
    """Erase whoever a request is about, once its time to think is over."""
    from leadfarm.consent.erasing.requested import erase_requested

    erase_requested(workspace_id, request_id, now=datetime.now(UTC))
