"""Erasures that were asked for: begun when their wait is over, with progress in the request."""

from datetime import datetime

from leadfarm.access.actors import SCHEDULE, Actor
from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.consent.erasing.running import Order, erase
from leadfarm.consent.models import PrivacyRequest
from leadfarm.rules.privacy import ErasedBecause, RequestKind, RequestState


def erase_requested(workspace_id: int, request_id: int, *, now: datetime) -> dict[str, int]:
    """Erase the person of a request whose wait is over; return the counts, empty where none is due.

    A request left running by a killed worker is taken up again.
    """
    requests = PrivacyRequest.objects.of(workspace_id).filter(id=request_id)
    due = requests.filter(kind=RequestKind.ERASURE, contact__isnull=False, not_before__lte=now)
    with within(workspace_id):
        may = [RequestState.WAITING, RequestState.RUNNING]
        if not due.filter(state__in=may).update(state=RequestState.RUNNING):
            return {}
        request = due.select_related("contact").get()
    assert request.contact is not None
    by = Actor("member", request.made_by_id) if request.made_by_id else SCHEDULE

    def progress(done: int, of: int) -> None:
        with within(workspace_id):
            requests.update(steps_done=done, steps=of)

    order = Order(by, ErasedBecause.ASKED, request.id)
    counts = erase(request.contact, order, now=now, progress=progress)
    with within(workspace_id):
        requests.update(state=RequestState.DONE, ended_at=now, outcome="")
    return counts


def erase_due(workspace: Workspace, now: datetime) -> int:
    """Do every erasure whose time to think is over; return how many people were erased."""
    requests = PrivacyRequest.objects.of(workspace).filter(
        kind=RequestKind.ERASURE,
        state__in=[RequestState.WAITING, RequestState.RUNNING],
        not_before__lte=now,
    )
    ids = list(requests.order_by("id").values_list("id", flat=True))
    return sum(bool(erase_requested(workspace.id, one, now=now)) for one in ids)
