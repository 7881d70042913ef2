"""The stages of a lead and the verbs that move it: one table, from which every other answer comes.

Stage names after the glossary; kinds as in the published revenue models (inventory, gate, SLA).
A workspace may add sub-stages, clauses and time limits, but not change this graph.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from leadfarm.rules.coded import Code
from leadfarm.rules.codes import DisqualifyReason, NextKind, RejectReason, Side


class StageKind(Code):
    """What a stage is for."""

    GATE = 1, "Gate"
    INVENTORY = 2, "Inventory"
    SLA = 3, "SLA"
    SLEEPING = 4, "Sleeping"
    END = 5, "End"


class Stage(Code):
    """One row: number, label, kind, whose move by default, HubSpot name, Salesforce name."""

    RAW = 1, "Raw", StageKind.GATE, Side.PD, "", "Open"
    INQUIRY = 2, "Inquiry", StageKind.GATE, Side.PD, "Lead", "Open - Not Contacted"
    NURTURING = 3, "Nurturing", StageKind.INVENTORY, Side.MARKETING, "Lead", "Nurturing"
    SALES_READY = 4, "Sales-ready", StageKind.SLA, Side.SALES, "Marketing Qualified Lead", "Working"
    ACCEPTED = (
        *(5, "Accepted", StageKind.SLA, Side.SALES),
        *("Sales Qualified Lead", "Working - Contacted"),
    )
    QUALIFIED = 6, "Qualified", StageKind.INVENTORY, Side.SALES, "Opportunity", "Converted"
    WON = 7, "Won", StageKind.END, Side.SALES, "Customer", "Closed Won"
    CUSTOMER = 8, "Customer", StageKind.END, Side.MARKETING, "Customer", "Closed Won"
    DORMANT = 11, "Dormant", StageKind.SLEEPING, Side.PD, "Lead", "Nurturing"
    LOST = 12, "Lost", StageKind.SLEEPING, Side.PD, "Opportunity", "Closed Lost"
    DISQUALIFIED = 13, "Disqualified", StageKind.SLEEPING, Side.PD, "Other", "Unqualified"

    kind: StageKind
    move: Side
    hubspot: str
    salesforce: str


OPEN = frozenset(stage for stage in Stage if stage <= Stage.QUALIFIED)
SLEEPING = frozenset(stage for stage in Stage if stage.kind is StageKind.SLEEPING)
WORKABLE = frozenset({Stage.RAW, Stage.INQUIRY, Stage.NURTURING})
_OPPORTUNITY = frozenset({Stage.QUALIFIED, Stage.WON, Stage.CUSTOMER, Stage.LOST})


class Verb(Code):
    """One row: number, label, the stages it starts from, the stage it leads to."""

    RECEIVE = 1, "Receive an inquiry", {Stage.RAW, Stage.DORMANT}, Stage.INQUIRY
    NURTURE = 2, "Nurture", {Stage.RAW, Stage.INQUIRY}, Stage.NURTURING
    DELIVER = 3, "Deliver", {Stage.INQUIRY, Stage.NURTURING}, Stage.SALES_READY
    ACCEPT = 4, "Accept", {Stage.SALES_READY}, Stage.ACCEPTED
    REJECT = 5, "Reject", {Stage.SALES_READY}, Stage.NURTURING
    LAPSE = 6, "Take back unworked", {Stage.SALES_READY}, Stage.NURTURING
    RECYCLE = 7, "Recycle", {Stage.INQUIRY, Stage.ACCEPTED, Stage.QUALIFIED}, Stage.NURTURING
    QUALIFY = 8, "Qualify", {Stage.ACCEPTED}, Stage.QUALIFIED
    DISQUALIFY = 9, "Disqualify", OPEN | {Stage.DORMANT, Stage.LOST}, Stage.DISQUALIFIED
    REST = 10, "Let rest", WORKABLE, Stage.DORMANT
    WAKE = 11, "Wake", SLEEPING, Stage.NURTURING
    WIN = 12, "Win", {Stage.QUALIFIED}, Stage.WON
    LOSE = 13, "Lose", {Stage.QUALIFIED}, Stage.LOST
    REOPEN = 14, "Re-open", {Stage.WON, Stage.LOST}, Stage.QUALIFIED
    WELCOME = 15, "Welcome as customer", {Stage.WON}, Stage.CUSTOMER
    # Taking a joining back is the one way to Raw: it gives back the stage that was.
    SPLIT = 16, "Split off, as raw as it was", {Stage.DORMANT}, Stage.RAW

    sources: Set[Stage]
    target: Stage


MAY_BECOME: dict[Stage, frozenset[Stage]] = {
    stage: frozenset(verb.target for verb in Verb if stage in verb.sources) for stage in Stage
}

_PATH = (
    *(Stage.RAW, Stage.INQUIRY, Stage.NURTURING, Stage.SALES_READY),
    *(Stage.ACCEPTED, Stage.QUALIFIED, Stage.WON, Stage.CUSTOMER),
)
# What an outcome told by a file implies. Raw and Nurturing are left out: nobody must pass them.
_IMPLIED = (
    *(Stage.INQUIRY, Stage.SALES_READY, Stage.ACCEPTED, Stage.QUALIFIED, Stage.WON),
    Stage.CUSTOMER,
)


def sources_of(to: Stage) -> list[Stage]:
    """The stages from which a lead may move to `to`, in order: the guard of the UPDATE."""
    return [stage for stage in Stage if to in MAY_BECOME[stage]]


def is_open(stage: Stage) -> bool:
    """Whether someone works on it: it then has exactly one next step (law 2)."""
    return stage in OPEN


def is_sleeping(stage: Stage) -> bool:
    """Whether it rests with a recheck rule (law 3)."""
    return stage in SLEEPING


def is_opportunity(stage: Stage) -> bool:
    """Whether it has come to Qualified, so that it has an amount and a close date."""
    return stage in _OPPORTUNITY


def is_delivered(stage: Stage) -> bool:
    """Whether sales has it, or had it to its end; such a stage was reached through a delivery."""
    return stage in _OPPORTUNITY or stage in (Stage.SALES_READY, Stage.ACCEPTED)


def rank(stage: Stage) -> int:
    """How far along the way to the order, 0 for Raw; sleeping stages have -1."""
    return _PATH.index(stage) if stage in _PATH else -1


def passed_stages(stage: Stage) -> tuple[Stage, ...]:
    """The stages an imported outcome says were reached, in order, the stage itself included."""
    if stage is Stage.LOST:
        return (*_IMPLIED[: _IMPLIED.index(Stage.QUALIFIED) + 1], stage)
    if stage in (Stage.DORMANT, Stage.DISQUALIFIED, Stage.NURTURING):
        return (Stage.INQUIRY, stage)
    if stage is Stage.RAW:
        return (stage,)
    return _IMPLIED[: _IMPLIED.index(stage) + 1]


def landing_stage(told: Stage, *, has_amount: bool) -> Stage:
    """Where an imported lead told to be at `told` may stand today (law 4)."""
    if told not in OPEN or rank(told) <= rank(Stage.NURTURING):
        return told
    if told is Stage.QUALIFIED and has_amount:
        return told
    return Stage.NURTURING


@dataclass(frozen=True)
class AfterRejection:
    """Where a rejected lead goes: stage, whose move, and what its next step points to."""

    stage: Stage
    move: Side
    next_kind: NextKind
    why: str


def stage_after_rejection(reason: RejectReason) -> AfterRejection:
    """What a rejection of this kind sets going (DESIGN 3)."""
    if reason is RejectReason.MISROUTED:
        why = "Misrouted: goes to another rep"
        return AfterRejection(Stage.SALES_READY, Side.SALES, NextKind.TASK, why)
    if reason is RejectReason.FAULTY_RECORD:
        why = "Faulty record: prospect development reviews it"
        return AfterRejection(Stage.NURTURING, Side.PD, NextKind.TASK, why)
    why = "Criterion not met: back to nurture"
    return AfterRejection(Stage.NURTURING, Side.MARKETING, NextKind.ENROLMENT, why)


def why_not(current: Stage, to: Stage) -> str:
    """Why a lead cannot go from `current` to `to`, and what can be done; empty when it can."""
    if to in MAY_BECOME[current]:
        return ""
    if current is to:
        return f"The lead is already {current.label}."
    if to is Stage.SALES_READY:
        return (
            f"A lead at {current.label} cannot become Sales-ready: only a delivery that meets "
            "the definition in force does that, from Inquiry or Nurturing."
        )
    ways = sorted(verb.label for verb in Verb if current in verb.sources)
    can = f"It can: {', '.join(ways)}." if ways else "Nothing follows this stage."
    return f"A lead at {current.label} cannot become {to.label}. {can}"


def why_not_disqualify(current: Stage, reason: DisqualifyReason) -> str:
    """Why a lead cannot be disqualified now; empty when it can.

    A delivered lead not yet accepted can only be rejected, as nobody has spoken with it (S3-2);
    erasure and law stand above that.
    """
    if current is Stage.SALES_READY and not reason.allows_never:
        return (
            "Disqualify comes after contact. Accept the lead and speak with it first, or reject it "
            "as misrouted, faulty, or not meeting a criterion."
        )
    return why_not(current, Stage.DISQUALIFIED)


def why_not_asleep(stage: Stage, *, never: bool, reason: DisqualifyReason | None) -> str:
    """Why the recheck rule `never` is refused for this closing; empty when allowed (law 3)."""
    if not never or (stage is Stage.DISQUALIFIED and reason is not None and reason.allows_never):
        return ""
    return "No lead is closed for ever, except by erasure or law. Give a date, months or an event."
