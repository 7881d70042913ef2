"""What an outcome does to a lead: the stages passed become history, the lead lands where it may.

Law 4: what a file tells is history (origin imported); an open lead lands at most in Nurturing, or
in Qualified with an amount, whatever the file says.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from leadfarm.intake.importing.job import RECHECK_MONTHS, Job
from leadfarm.intake.importing.pursuit import Pursuit, Step
from leadfarm.intake.importing.record import Record
from leadfarm.rules.codes import (
    Code,
    DisqualifyReason,
    DormantReason,
    LossReason,
    NextKind,
    Origin,
    RecheckRule,
    Side,
    VerdictKind,
)
from leadfarm.rules.stages import (
    OPEN,
    Stage,
    is_delivered,
    is_sleeping,
    landing_stage,
    passed_stages,
    rank,
)

REASONS: dict[Stage, tuple[type[Code], Code]] = {
    Stage.LOST: (LossReason, LossReason.OTHER),
    Stage.DISQUALIFIED: (DisqualifyReason, DisqualifyReason.NO_NEED),
    Stage.DORMANT: (DormantReason, DormantReason.NO_RESPONSE),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One stage change to write."""

    lead_id: int
    from_stage: Stage | None
    to_stage: Stage
    origin: Origin
    happened_at: datetime
    known_at: datetime
    because: str


def refusal(pursuit: Pursuit, told: Stage) -> str:
    """Return why a file may not tell this of the lead; empty when it may."""
    by_work = is_delivered(pursuit.stage) and int(pursuit.stage) in pursuit.reached_here
    if by_work and pursuit.stage is not told:
        return (
            f"The lead is at {pursuit.stage.label} by work in Leadfarm, which a file does not"
            f" overwrite. Record {told.label} on the lead."
        )
    if pursuit.captured and pursuit.entered_at and not _may_be_live(told, pursuit.stage):
        return (
            f"The lead came in here on {pursuit.entered_at:%-d %B %Y}, after everything that a file"
            f" may tell. Record {told.label} on the lead."
        )
    return ""


def _may_be_live(told: Stage, now_at: Stage) -> bool:
    """Whether a file may tell this of a lead that did not come by one: nothing sales decides."""
    return told is now_at or told in (Stage.RAW, Stage.INQUIRY, Stage.NURTURING)


def apply(pursuit: Pursuit, record: Record, job: Job) -> list[Change]:
    """Return the changes the outcome means, and set the lead's stage and next step to match."""
    told, at, known = record.stage, record.stage_at, record.stage_known_at
    assert told is not None
    assert at is not None
    assert known is not None
    if not pursuit.is_new and is_behind(told, pursuit.stage):
        return []
    changes, because = [], _because(record)
    for stage in passed_stages(told):
        if int(stage) in pursuit.reached or stage is pursuit.stage:
            continue
        # The inquiry is where it began; what lies behind it was reached when the file says.
        when = pursuit.entered_at if stage is Stage.INQUIRY and pursuit.entered_at else at
        changes.append(_change(pursuit, stage, min(when, at), known, because))
    landing = landing_stage(told, has_amount=pursuit.amount is not None)
    if landing is not told and pursuit.stage in OPEN and pursuit.stage is not landing:
        why = f"Told to be {told.label}; imported leads are nurtured until judged here"
        changes.append(_change(pursuit, landing, at, known, why))
    if changes:
        pursuit.step = step_at(pursuit, record, job)
    return changes


def is_behind(told: Stage, now_at: Stage) -> bool:
    """Whether the lead has come at least as far as the file says."""
    return told is Stage.RAW or told is now_at or 0 <= rank(told) <= rank(now_at)


def step_at(pursuit: Pursuit, record: Record | None, job: Job) -> Step:
    """Return what a lead that a file brought to its stage does next, or how it rests."""
    stage = pursuit.stage
    if is_sleeping(stage):
        return _sleep(stage, record, job)
    if stage not in OPEN:
        return Step(stage.move)
    if stage is Stage.QUALIFIED:
        owner = pursuit.sales_owner_id
        why = "Imported opportunity: check amount and close date"
        return Step(Side.SALES, NextKind.REVIEW, owner, why, job.review_at)
    side, why = Side.MARKETING, "Imported: say what happens with it"
    return Step(side, NextKind.REVIEW, pursuit.marketing_owner_id, why, job.review_at)


def _sleep(stage: Stage, record: Record | None, job: Job) -> Step:
    reasons, otherwise = REASONS[stage]
    reason = reasons.read(record.reason) if record and record.reason else None
    return Step(
        stage.move,
        recheck_rule=RecheckRule.AFTER_MONTHS,
        recheck_on=(job.now + timedelta(days=30.44 * RECHECK_MONTHS)).date(),
        closed_because=(reason or otherwise).slug,
    )


def _change(pursuit: Pursuit, to: Stage, at: datetime, known: datetime, because: str) -> Change:
    change = Change(pursuit.id, pursuit.stage, to, Origin.IMPORTED, at, known, because)
    pursuit.stage, pursuit.stage_since = to, at
    pursuit.reached.add(int(to))
    return change


def _because(record: Record) -> str:
    assert record.stage is not None
    said = [f"The file says {record.stage.label}"]
    if record.verdict is not None and record.verdict is not VerdictKind.ACCEPTED:
        said.append(record.verdict.label.lower())
    if record.reason:
        said.append(record.reason)
    return ", ".join(said)[:200]
