"""Erasures as jobs: thin, safe to repeat, with progress in the request."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app


@app.task(queue="privacy", name="erase_person")
def erase_person(workspace_id: int, request_id: int) -> None:
    """Erase whoever a request is about, once its time to think is over."""
    from leadfarm.consent.erasing.requested import erase_requested

    erase_requested(workspace_id, request_id, now=datetime.now(UTC))
