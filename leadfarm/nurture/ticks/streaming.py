"""Streams: the next piece nobody has sent them yet, a way out where one is met, or the end."""

from typing import Any

from leadfarm.nurture.notices import tell_of_dry
from leadfarm.nurture.statements import fill, run, text
from leadfarm.nurture.ticks.plans import Round, Step, today
from leadfarm.nurture.ticks.sending import Sent, conditions, judged
from leadfarm.nurture.ticks.walking import cases_of, ends_of
from leadfarm.rules.consent import Purpose
from leadfarm.rules.programs import NodeKind
from leadfarm.rules.programs.streams import most_of

# Far behind every date a step can wait for.
EVER = "infinity"
# Ways out are asked of more than get a piece at once: many are due at one instant, in no order.
AHEAD = 20


def moves(plan: Round) -> int:
    """Let out of their stream who meets a way out of it or has had what there is; return how many.

    Only who is due is asked: the others are by `leavers`. It ends when everybody who is due at a
    stream has a piece to get, so that `pieces` sends nobody what a way out should have spared them.
    """
    total = 0
    if not any(step.kind is NodeKind.STREAM for step in plan.steps):
        return total
    while moved := _moved(plan.looked_up()):
        total += moved
    return total


def _moved(plan: Round) -> int:
    steps = plan.of_kind(NodeKind.STREAM)
    if not steps:
        return 0
    left = sum(_leave(plan, step, plan.now) for step in steps)
    values = plan.values(steps, waiting=False) | _arrays(plan, steps)
    values["most"] = [most_of(step.settings) for step in steps]
    values["batch"] = plan.batch * AHEAD
    out, dry = run(plan.workspace.id, text("stream_out"), values)[0]
    if dry:
        tell_of_dry(plan.workspace.id, dry, day=today(plan), now=plan.now)
    return left + int(out)


def pieces(plan: Round) -> Sent:
    """Plan the next piece for everybody who is due at a stream; return what came of it."""
    steps = plan.of_kind(NodeKind.STREAM)
    total = Sent()
    for purpose in sorted({step.purpose for step in steps}):
        of_purpose = [step for step in steps if step.purpose == purpose]
        values = piece_values(plan, of_purpose, Purpose(purpose))
        if values:
            total += Sent(*run(plan.workspace.id, piece_statement(), values)[0])
    return total


def piece_statement() -> str:
    """Return the statement of pieces with consent's conditions in it."""
    return judged(text("stream"), who="offered", or_else="")


def piece_values(plan: Round, steps: list[Step], purpose: Purpose) -> dict[str, Any]:
    """Return everything the statement of pieces asks for; nothing where nobody is due."""
    values = plan.values(steps, waiting=False)
    ends = ends_of(plan, steps, values)
    if not ends["zones"]:
        return {}
    in_nodes = {"in_nodes": ends.pop("of_nodes")}
    keys = {"keys": [step.key for step in steps]}
    return values | ends | in_nodes | keys | _arrays(plan, steps) | conditions(plan, purpose)


def leavers(plan: Round, until: object = EVER) -> int:
    """Let out of their stream who came to meet a way out before their next piece; return how many.

    Only those whose next piece is due by `until`. Slower than a tick: it asks everybody who waits
    in a stream with ways out.
    """
    streams = (step for step in plan.steps if step.kind is NodeKind.STREAM)
    steps = [step for step in streams if not step.is_stuck]
    return sum(_leave(plan, step, until) for step in steps)


def _leave(plan: Round, step: Step, until: object) -> int:
    values: dict[str, Any] = {"now": plan.now, "node": step.id, "until": until}
    values["batch"] = plan.batch * AHEAD
    cases = cases_of(plan, step, values)
    if not cases:
        return 0
    way = f"CASE {' '.join(cases)} END"
    return int(run(plan.workspace.id, fill(text("stream_leave"), way=way), values)[0][0])


def _arrays(plan: Round, steps: list[Step]) -> dict[str, Any]:
    return {
        "of_nodes": [step.id for step in steps],
        "streams": [step.stream_id for step in steps],
        "day": today(plan).date(),
    }
