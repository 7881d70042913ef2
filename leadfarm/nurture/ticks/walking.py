"""Steps without people: waits, waits for an event, branches, updates."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from leadfarm.nurture.clauses import asked
from leadfarm.nurture.statements import fill, run, text
from leadfarm.nurture.ticks.plans import Round, Step
from leadfarm.rules.codes import FindingSection, Side
from leadfarm.rules.programs import OTHERWISE, NodeKind, wait_ends


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


def _begin(plan: Round, steps: list[Step], statement: str) -> int:
    values = plan.values(steps, waiting=False)
    found = run(plan.workspace.id, text("zones_due"), values)
    if not found:
        return 0
    by_id = {step.id: step for step in steps}
    ends = [_end(plan, by_id[node_id], zone) for node_id, zone in found]
    nodes, zones = [row[0] for row in found], [row[1] for row in found]
    values |= {"of_nodes": nodes, "zones": zones, "ends_at": ends}
    return int(run(plan.workspace.id, text(statement), values)[0][0])


def _end(plan: Round, step: Step, zone: str) -> object:
    """When a wait begun now ends for a contact of this zone; the workspace's for none."""
    hours = replace(plan.hours, zone=ZoneInfo(zone)) if zone else plan.hours
    settings = step.settings
    if step.kind is NodeKind.WAIT_FOR:
        settings = settings["time_out"]
    return wait_ends(settings, plan.now, hours)


def branches(plan: Round) -> int:
    """Send each enrolment at a branch down the first way whose clauses its lead meets."""
    return sum(_branch(plan, step) for step in plan.of_kind(NodeKind.BRANCH))


def _branch(plan: Round, step: Step) -> int:
    values = plan.values([step], waiting=False)
    cases = []
    for place, (way, _to, clause) in enumerate(step.ways):
        if clause is None:
            continue
        condition, params = asked(clause, plan.workspace, plan.now, prefix=f"way{place}")
        values |= {**params, f"name{place}": way}
        cases.append(f"WHEN {condition} THEN %(name{place})s")
    values["otherwise"] = OTHERWISE
    chosen = f"CASE {' '.join(cases)} ELSE %(otherwise)s END" if cases else "%(otherwise)s"
    return int(run(plan.workspace.id, fill(text("branch"), way=chosen), values)[0][0])


def updates(plan: Round) -> int:
    """Set what update steps say: an owner, a finding, the stage Nurturing."""
    steps = plan.of_kind(NodeKind.UPDATE)
    if not steps:
        return 0
    values = plan.values(steps, waiting=False) | _update_arrays(steps)
    return int(run(plan.workspace.id, text("update"), values)[0][0])


def _update_arrays(steps: list[Step]) -> dict[str, object]:
    sides = [Side.read(str(step.settings.get("owner_side", ""))) for step in steps]
    sections = [FindingSection.read(str(step.settings.get("finding", ""))) for step in steps]
    return {
        "of_nodes": [step.id for step in steps],
        "whys": [step.label[:200] for step in steps],
        "owner_sides": [int(side) if side else None for side in sides],
        "owners": [step.settings.get("owner") for step in steps],
        "sections": [int(section) if section else None for section in sections],
        "fields": [str(step.settings.get("field", "")) for step in steps],
        "values": [str(step.settings.get("value", "")) for step in steps],
        "nurture": [step.settings.get("stage") == "nurturing" for step in steps],
    }
