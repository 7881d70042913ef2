"""The one way to write the audit trail."""

from datetime import datetime
from typing import Any

from django.db import models

from leadfarm.access.actors import Actor
from leadfarm.access.models import AuditEntry


def audit(
    workspace_id: int,
    action: str,
    *,
    by: Actor,
    now: datetime,
    on: models.Model | None = None,
    **details: Any,
) -> AuditEntry:
    """Note who did what to which row; `details` hold ids and codes, never names or addresses.

    Call it inside the workspace, in the transaction of the act. Acts of the machine name the part.
    """
    if by.member_id is None:
        details["part"] = by.kind
    return AuditEntry.objects.create(
        workspace_id=workspace_id,
        at=now,
        member_id=by.member_id,
        action=action,
        target_kind=str(on._meta.verbose_name) if on else "",
        target_id=on.pk if on else None,
        details=details or None,
    )
