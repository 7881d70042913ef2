"""Which message of the ledger is meant by a Message-ID."""

from collections.abc import Collection
from contextlib import suppress
from uuid import UUID

from leadfarm.access.models import Workspace
from leadfarm.leads.answering import Written
from leadfarm.outreach.models import Message


def message_behind(workspace: Workspace, ids: Collection[str]) -> Written | None:
    """Return lead and contact of our newest message among these ids; None where none is ours."""
    keys = []
    for one in ids:
        with suppress(ValueError):
            keys.append(UUID(one.partition("@")[0]))
    if not keys:
        return None
    found = Message.objects.of(workspace).filter(mail_key__in=keys, lead__isnull=False)
    row = found.order_by("-id").values_list("lead_id", "contact_id").first()
    return Written(int(row[0] or 0), int(row[1] or 0)) if row else None
