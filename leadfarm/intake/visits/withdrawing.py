"""Consent withdrawn: the visits go at once, the proof of consent and of its end stays."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from leadfarm.intake.models import Visit, Visitor, VisitorClaim
from leadfarm.leads.models import PersonalText


@transaction.atomic
def withdraw(workspace_id: int, key: UUID, *, now: datetime) -> None:
    """End the consent of a browser and delete what it read, on the record too.

    The touch stays as a date without words: history is not rewritten. Heat keeps what it was.
    """
    rows = Visitor.objects.of(workspace_id).filter(key=key, withdrawn_at=None)
    visitor = rows.select_for_update().first()
    if visitor is None:
        return
    visits = Visit.objects.of(workspace_id).filter(visitor=visitor)
    told = visits.exclude(touch=None).values("touch_id")
    PersonalText.objects.of(workspace_id).filter(kind="visit", touch_id__in=told).delete()
    visits.delete()
    VisitorClaim.objects.of(workspace_id).filter(visitor=visitor).delete()
    rows.filter(id=visitor.id).update(withdrawn_at=now, network="")
