"""Messages: the ledger row, the quiet window and the step, in one statement."""

from dataclasses import dataclass
from typing import Any

from leadfarm.consent.fragments import (
    held_back,
    may_get_mail,
    take_window,
    terms,
    why_no_mail,
)
from leadfarm.nurture.statements import fill, run, text
from leadfarm.nurture.ticks.plans import Round, Step
from leadfarm.rules.consent import HeldBecause, Purpose
from leadfarm.rules.programs import NodeKind


@dataclass(frozen=True)
class Sent:
    """How many enrolments the statement looked at, wrote a message for, and held back."""

    looked_at: int = 0
    planned: int = 0
    held: int = 0

    def __add__(self, other: "Sent") -> "Sent":
        """Return both together."""
        return Sent(
            self.looked_at + other.looked_at, self.planned + other.planned, self.held + other.held
        )


def statement() -> str:
    """Return the message statement with consent's conditions in it."""
    return judged(text("message"), who="due", or_else=text("had_it"))


def judged(statement: str, **parts: str) -> str:
    """Return a statement that writes to people with consent's conditions in it."""
    return fill(
        statement,
        may_get_mail=may_get_mail(),
        why_no_mail=why_no_mail(),
        taken=take_window("asking"),
        noted=held_back("held"),
        **parts,
    )


def messages(plan: Round) -> Sent:
    """Plan the messages of everybody who is due, purpose by purpose; return what came of it."""
    total = Sent()
    steps = plan.of_kind(NodeKind.MESSAGE)
    for purpose in sorted({step.purpose for step in steps}):
        of_purpose = [step for step in steps if step.purpose == purpose]
        values = message_values(plan, of_purpose, Purpose(purpose))
        total += Sent(*run(plan.workspace.id, statement(), values)[0])
    return total


def message_values(plan: Round, steps: list[Step], purpose: Purpose) -> dict[str, Any]:
    """Return everything the message statement asks for."""
    positions = {step.id: step.position for step in plan.steps}
    return {
        **plan.values(steps, waiting=False),
        **conditions(plan, purpose),
        "of_nodes": [step.id for step in steps],
        "keys": [step.key for step in steps],
        "versions": [step.template_version_id for step in steps],
        "templates": [None if step.settings.get("again") else step.template_id for step in steps],
        "to_nodes": [step.onward for step in steps],
        "backs": [int(positions[step.onward] <= step.position) for step in steps],
    }


def conditions(plan: Round, purpose: Purpose) -> dict[str, Any]:
    """Return what asks whether somebody may be written to now, and says why not."""
    return {
        **terms(plan.workspace, plan.now, purpose),
        "no_address": int(HeldBecause.NO_ADDRESS),
        "weekly_cap": int(HeldBecause.WEEKLY_CAP),
        "quiet_window": int(HeldBecause.QUIET_WINDOW),
        "had_it": int(HeldBecause.HAD_IT),
    }
