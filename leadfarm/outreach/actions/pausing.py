"""How fast a workspace sends, and the one switch that stops all of it."""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from leadfarm.access.models import Member, Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.outreach.models import SendingRule
from leadfarm.outreach.models.pace import LIMITS


def pause_sending(workspace: Workspace, *, by: Member, now: datetime) -> None:
    """Stop every mail of the workspace; what a server is just taking still ends, nothing else."""
    rule, _ = SendingRule.objects.get_or_create(workspace=workspace)
    open_ones = SendingRule.objects.of(workspace).filter(id=rule.id, paused_at=None)
    if not open_ones.update(paused_at=now, paused_by=by):
        raise LeadfarmError("Sending is paused already.")


def resume_sending(workspace: Workspace) -> None:
    """Let mail go out again: what was due meanwhile goes now, within the limits."""
    paused = SendingRule.objects.of(workspace).filter(paused_at__isnull=False)
    if not paused.update(paused_at=None, paused_by=None):
        raise LeadfarmError("Sending is not paused.")


def save_limits(
    workspace: Workspace, limits: Mapping[str, int | None], *, warms_up: bool, now: datetime
) -> None:
    """Set the limits by their names; a warm-up that has begun goes on where it is."""
    chosen = {name: limits.get(name) for name in LIMITS}
    for small, large in pairwise(LIMITS):
        low, high = chosen[small], chosen[large]
        if large != "domain_minute" and low is not None and high is not None and low > high:
            words = f"{low} is more than {high}"
            raise LeadfarmError(
                f"A limit of a shorter time is above that of a longer one: {words}.",
                "Lower the first or raise the second.",
            )
    if warms_up and chosen["day"] is None:
        raise LeadfarmError("A warm-up needs a limit a day: it ends there.")
    known = SendingRule.objects.of(workspace).first()
    began = known.warm_up_from if known else None
    today = now.astimezone(ZoneInfo(workspace.time_zone)).date()
    chosen_from = (began or today) if warms_up else None
    SendingRule.objects.update_or_create(
        workspace=workspace, defaults={**chosen, "warm_up_from": chosen_from}
    )
