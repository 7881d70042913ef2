"""The quiet window and the demands of each purpose, as a workspace has set them."""

from dataclasses import dataclass
from datetime import timedelta

from leadfarm.access.models import Workspace
from leadfarm.consent.models import PurposeRule
from leadfarm.rules.consent import Purpose
from leadfarm.rules.quiet_window import QuietRule


@dataclass(frozen=True)
class Demand:
    """What a purpose asks for: consent, and whether an inquiry or a purchase counts as one."""

    needs_consent: bool
    implied_counts: bool = False


def quiet_rule(workspace: Workspace) -> QuietRule:
    """Return the window and the cap of this workspace."""
    return QuietRule(timedelta(days=workspace.quiet_days), workspace.weekly_cap)


def demands(workspace: Workspace) -> dict[Purpose, Demand]:
    """Return what each purpose asks for here; what the workspace did not decide is as usual."""
    decided = {rule.purpose: rule for rule in PurposeRule.objects.of(workspace)}
    return {
        purpose: Demand(decided[purpose].needs_consent, decided[purpose].implied_counts)
        if purpose in decided
        else Demand(purpose.needs_consent)
        for purpose in Purpose
    }
