"""Steps without people: waits, waits for an event, branches, splits, updates."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from leadfarm.nurture.clauses import asked
from leadfarm.nurture.statements import fill, run, text
from leadfarm.nurture.ticks.plans import Round, Step
from leadfarm.rules.codes import FindingSection, Side
from leadfarm.rules.programs import OTHERWISE, NodeKind, wait_ends
from leadfarm.rules.programs.splitting import bands
from leadfarm.rules.stages import Stage

# What an update may do to a stage: from the first of these, and all up to it, to the second.
MOVES = {"nurturing": (Stage.RAW, Stage.NURTURING), "customer": (Stage.WON, Stage.CUSTOMER)}
NOWHERE = (0, 0)


def waits(plan: Round) -> int:
    """End the waits that are over and begin those just entered; return how many moved."""
    steps = plan.of_kind(NodeKind.WAIT)
    if not steps:
        return 0
    over = run(plan.workspace.id, text("wait_over"), plan.values(steps, waiting=True))
    return int(over[0][0]) + _begin(plan, steps, "wait_begin")


def listeners(plan: Round) -> int:
    """Move on who has heard what they waited for, or has waited long enough; begin new ones."""
    steps = plan.of_kind(NodeKind.WAIT_FOR)
    if not steps:
        return 0
    over = run(plan.workspace.id, text("listen_over"), plan.values(steps, waiting=True))
    return int(over[0][0]) + _begin(plan, steps, "listen_begin")


def begun(plan: Round) -> int:
    """Begin the waits just entered, and nothing else; return how many."""
    kinds = {NodeKind.WAIT: "wait_begin", NodeKind.WAIT_FOR: "listen_begin"}
    steps = {kind: plan.of_kind(kind) for kind in kinds}
    return sum(_begin(plan, steps[kind], name) for kind, name in kinds.items() if steps[kind])


def _begin(plan: Round, steps: list[Step], statement: str) -> int:
    values = plan.values(steps, waiting=False)
    ends = ends_of(plan, steps, values)
    return int(run(plan.workspace.id, text(statement), values | ends)[0][0]) if ends["zones"] else 0


def ends_of(plan: Round, steps: list[Step], values: dict[str, Any]) -> dict[str, Any]:
    """Return when a wait begun now ends, by step and time zone of those who are due: three arrays.

    `values` are those of the statement that begins it. Without anybody due the arrays are empty.
    """
    found = run(plan.workspace.id, text("zones_due"), values)
    by_id = {step.id: step for step in steps}
    return {
        "of_nodes": [node_id for node_id, _zone in found],
        "zones": [zone for _node_id, zone in found],
        "ends_at": [_end(plan, by_id[node_id], zone) for node_id, zone in found],
    }


def _end(plan: Round, step: Step, zone: str) -> object:
    """When a wait begun now ends for a contact of this zone; the workspace's for none."""
    hours = replace(plan.hours, zone=ZoneInfo(zone)) if zone else plan.hours
    waits = {NodeKind.WAIT_FOR: "time_out", NodeKind.STREAM: "every"}
    settings = step.settings[waits[step.kind]] if step.kind in waits else step.settings
    return wait_ends(settings, plan.now, hours)


def branches(plan: Round) -> int:
    """Send each enrolment at a branch down the first way whose clauses its lead meets."""
    return sum(_branch(plan, step) for step in plan.of_kind(NodeKind.BRANCH))


def _branch(plan: Round, step: Step) -> int:
    values = plan.values([step], waiting=False)
    cases = cases_of(plan, step, values)
    values["otherwise"] = OTHERWISE
    chosen = f"CASE {' '.join(cases)} ELSE %(otherwise)s END" if cases else "%(otherwise)s"
    return int(run(plan.workspace.id, fill(text("branch"), way=chosen), values)[0][0])


def cases_of(plan: Round, step: Step, values: dict[str, Any]) -> list[str]:
    """Return a WHEN for each way with conditions, in order; their parameters go into `values`."""
    cases = []
    for place, (way, _to, clause) in enumerate(step.ways):
        if clause is None:
            continue
        condition, params = asked(clause, plan.workspace, plan.now, prefix=f"way{place}")
        values.update(params, **{f"name{place}": way})
        cases.append(f"WHEN {condition} THEN %(name{place})s")
    return cases


def splits(plan: Round) -> int:
    """Send each enrolment at a split down the way its lead's place falls into; return how many."""
    steps = plan.of_kind(NodeKind.SPLIT)
    if not steps:
        return 0
    rows = [(step, *band) for step in steps for band in bands(step.settings)]
    values = plan.values(steps, waiting=False) | {
        "of_nodes": [step.id for step, _way, _first, _end in rows],
        "keys": [step.key for step, _way, _first, _end in rows],
        "ways": [way for _step, way, _first, _end in rows],
        "firsts": [first for _step, _way, first, _end in rows],
        "lasts": [end - 1 for _step, _way, _first, end in rows],
    }
    return int(run(plan.workspace.id, text("split"), values)[0][0])


def updates(plan: Round) -> int:
    """Set what update steps say: an owner, a finding, the stage Nurturing or Customer."""
    steps = plan.of_kind(NodeKind.UPDATE)
    if not steps:
        return 0
    values = plan.values(steps, waiting=False) | _update_arrays(steps)
    return int(run(plan.workspace.id, text("update"), values)[0][0])


def _update_arrays(steps: list[Step]) -> dict[str, object]:
    sides = [Side.read(str(step.settings.get("owner_side", ""))) for step in steps]
    sections = [FindingSection.read(str(step.settings.get("finding", ""))) for step in steps]
    stages = [str(step.settings.get("stage", "")) for step in steps]
    return {
        "of_nodes": [step.id for step in steps],
        "whys": [step.label[:200] for step in steps],
        "owner_sides": [int(side) if side else None for side in sides],
        "owners": [step.settings.get("owner") for step in steps],
        "sections": [int(section) if section else None for section in sections],
        "fields": [str(step.settings.get("field", "")) for step in steps],
        "values": [str(step.settings.get("value", "")) for step in steps],
        "from_stages": [int(MOVES.get(stage, NOWHERE)[0]) for stage in stages],
        "to_stages": [int(MOVES.get(stage, NOWHERE)[1]) for stage in stages],
    }
