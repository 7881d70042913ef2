"""Who sleeps without a touch for longer than the workspace keeps such people: proposed, no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from leadfarm.access.models import Workspace
from leadfarm.consent.models import PrivacyRule
from leadfarm.consent.models.rights import UNDER_WAY
from leadfarm.engine.statements import rows
from leadfarm.rules.privacy import RequestKind
from leadfarm.rules.stages import SLEEPING

SLEEPERS = Path(__file__).with_name("sleepers.sql")
SHOWN = 50
MONTH = timedelta(days=30.44)


@dataclass(frozen=True)
class Sleeper:
    """Somebody who may be erased, and when the last thing happened between us."""

    id: int
    name: str
    email: str
    last: datetime


def sleepers(
    workspace: Workspace, now: datetime, only: Sequence[int] | None = None
) -> list[Sleeper]:
    """Return who is proposed for erasure, at most 50, longest asleep first; among `only` if given.

    Nobody, where the workspace has set no months.
    """
    rule = PrivacyRule.objects.of(workspace).first()
    if rule is None or rule.sleeping_months is None:
        return []
    terms = {
        "workspace": workspace.id,
        "sleeping": [int(stage) for stage in SLEEPING],
        "before": now - rule.sleeping_months * MONTH,
        "only": None if only is None else list(only),
        "erasure": int(RequestKind.ERASURE),
        "under_way": [int(state) for state in UNDER_WAY],
        "most": SHOWN,
    }
    return [Sleeper(**row) for row in rows(SLEEPERS, terms)]
