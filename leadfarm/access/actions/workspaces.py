"""Opening a workspace, and changing how it works."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import IntegrityError, transaction

from leadfarm.access.actions.audit import audit
from leadfarm.access.actions.refusals import Refused
from leadfarm.access.actors import SCHEDULE, Actor
from leadfarm.access.models import Workspace
from leadfarm.access.walls import within

# What the settings page may change. The half-life is not among them: heat is stored under it.
MAY_CHANGE = frozenset(
    {
        *("name", "time_zone", "country", "currency", "working_from", "working_until"),
        *("quiet_days", "weekly_cap", "needs_second_factor", "dossier_frame", "enriches"),
    }
)


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What a new workspace is called and where it works."""

    name: str
    slug: str
    time_zone: str = "UTC"
    country: str = "DE"
    currency: str = "EUR"
    is_demo: bool = False
    went_live_at: datetime | None = None  # empty: now, so that all that is imported is history
    link: str = ""  # the first-run link it is opened with, which then works no more


def open_workspace(opening: Opening, *, now: datetime, by: Actor = SCHEDULE) -> Workspace:
    """Return a new, empty workspace; refused where its address is taken or its link was used."""
    used = hashlib.sha256(opening.link.encode()).hexdigest() if opening.link else None
    if used and Workspace.objects.filter(opened_with=used).exists():
        raise Refused("This link was used already.", "Run `leadfarm init` again for a new one.")
    try:
        with transaction.atomic():
            workspace = Workspace.objects.create(
                slug=opening.slug,
                name=opening.name,
                time_zone=opening.time_zone,
                country=opening.country,
                currency=opening.currency,
                is_demo=opening.is_demo,
                created_at=now,
                went_live_at=opening.went_live_at or now,
                opened_with=used,
            )
    except IntegrityError:
        raise Refused(f"The address /w/{opening.slug}/ is taken.", "Choose another.") from None
    with within(workspace):
        audit(workspace.id, "workspace opened", by=by, now=now, on=workspace)
    return workspace


def change_workspace(
    workspace: Workspace, changes: dict[str, Any], *, by: Actor, now: datetime
) -> list[str]:
    """Change these settings; return the names of those that are different now."""
    unknown = set(changes) - MAY_CHANGE
    if unknown:
        raise Refused(f"These settings cannot be changed here: {', '.join(sorted(unknown))}.")
    changed = {k: v for k, v in changes.items() if getattr(workspace, k) != v}
    if not changed:
        return []
    before = {name: getattr(workspace, name) for name in changed}
    for name, value in changed.items():
        setattr(workspace, name, value)
    workspace.save(update_fields=list(changed))
    history = {name: [_plain(before[name]), _plain(value)] for name, value in changed.items()}
    audit(workspace.id, "workspace changed", by=by, now=now, on=workspace, **history)
    return sorted(changed)


def _plain(value: Any) -> Any:
    return value.strftime("%H:%M") if isinstance(value, time) else value
