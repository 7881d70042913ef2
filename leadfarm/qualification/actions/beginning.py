"""What a new workspace starts with: first rules of fit, and an agreement to edit and sign."""

from datetime import datetime

from leadfarm.access.models import Workspace
from leadfarm.qualification.actions.agreeing import draft
from leadfarm.qualification.actions.grading import install_first_rules
from leadfarm.qualification.models import Definition
from leadfarm.rules.agreement import FIRST_CRITERIA, Promises

FIRST_REASON = "A first draft: edit it together, then both sides sign."


def begin(workspace: Workspace, now: datetime) -> None:
    """Put in the rules of fit and, where no definition was ever written, a first draft (S3-7)."""
    install_first_rules(workspace)
    if not Definition.objects.of(workspace).exists():
        draft(workspace.id, FIRST_CRITERIA, Promises(), by=None, now=now, reason=FIRST_REASON)
