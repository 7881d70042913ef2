"""What came of forms: counted for the list, one by one for a form's own page (S0-7)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.engine.statements import rows
from leadfarm.intake import sql
from leadfarm.intake.models import Form
from leadfarm.rules.codes import Direction, NextKind, Side, TaskKind, TouchKind
from leadfarm.rules.opening import Opening
from leadfarm.rules.stages import Stage
from leadfarm.ui.words import span

HERE = Path(sql.__file__).parent
OURS = [int(kind) for kind in TouchKind if kind.direction is Direction.OUT and kind.is_by_hand]
MOST = 50


@dataclass(frozen=True)
class Outcome:
    """The figures of one form."""

    sent: int = 0
    opened: int = 0
    qualified: int = 0
    overdue: int = 0
    signed: int = 0
    confirmed: int = 0
    fetched: int = 0


@dataclass(frozen=True)
class Answered:
    """One answer and what happened next."""

    lead_id: int
    name: str
    company: str
    sent_at: datetime
    opening: str
    stage: str
    answered_after: timedelta | None
    next_step: str
    next_who: str
    next_at: datetime | None
    is_late: bool
    campaign: str
    signed: bool
    confirmed_at: datetime | None
    fetched_at: datetime | None

    @property
    def answered_words(self) -> str:
        """Return how long it took until somebody of ours reached out, in words."""
        return f"After {span(self.answered_after)}" if self.answered_after else "At once"


def outcomes(workspace: Workspace, now: datetime, form: Form | None = None) -> dict[int, Outcome]:
    """Return the figures of each form (or of this one), by its number; one query."""
    asked = {
        "workspace": workspace.id,
        "form": form.pk if form else None,
        "qualified": int(Stage.QUALIFIED),
        "greet": int(TaskKind.GREET),
        "new": int(Opening.NEW),
        "now": now,
    }
    found = rows(HERE / "forms_outcome.sql", asked)
    return {row.pop("form_id"): Outcome(**row) for row in found}


def latest(form: Form, now: datetime) -> list[Answered]:
    """Return the latest answers of a form, newest first; one query."""
    asked = {"workspace": form.workspace_id, "form": form.pk, "ours": OURS, "most": MOST}
    return [_answered(row, now) for row in rows(HERE / "form_submissions.sql", asked)]


def _answered(row: dict[str, Any], now: datetime) -> Answered:
    at, next_at = row["answered_at"], row["next_at"]
    is_task = row["next_kind"] == NextKind.TASK
    return Answered(
        lead_id=row["lead_id"],
        name=row["person"] or row["email"] or row["title"] or f"Lead {row['lead_id']}",
        company=row["company"] or "",
        sent_at=row["sent_at"],
        opening=Opening(row["opening"]).label,
        stage=Stage(row["stage"]).label,
        answered_after=at - row["sent_at"] if at else None,
        next_step=row["next_why"],
        next_who=row["owner"] or (Side(row["next_side"]).label if row["next_side"] else ""),
        next_at=next_at,
        is_late=bool(is_task and next_at and next_at < now),
        campaign=json.loads(row["origin"]).get("utm_campaign", ""),
        signed=row["signed"] is not None,
        confirmed_at=row["confirmed_at"],
        fetched_at=row["fetched_at"],
    )
