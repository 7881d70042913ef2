"""Publishing: every fault at once, then a version that never changes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member
from leadfarm.engine.errors import LeadfarmError
from leadfarm.nurture.actions.drafts import draft_of, forget_edits
from leadfarm.nurture.clauses import clause_fault
from leadfarm.nurture.events import EVENTS, listens
from leadfarm.nurture.models import Node, Program, ProgramState, ProgramVersion, Stream, Way
from leadfarm.nurture.queries.streams import pieces_by_stream
from leadfarm.nurture.queries.wordings import cannot_be_sent
from leadfarm.outreach.models import TemplateVersion
from leadfarm.rules.codes import Side, TaskKind
from leadfarm.rules.programs import (
    Compiled,
    Fault,
    Known,
    NodeKind,
    Step,
    compile_tree,
    faults,
    parse,
)
from leadfarm.rules.programs import Program as Tree


class FaultyProgram(LeadfarmError):
    """A draft with faults; `faults` holds them all."""

    def __init__(self, found: list[Fault]) -> None:
        """Keep every fault; the message says how many and the first."""
        self.faults = found
        what = "1 fault" if len(found) == 1 else f"{len(found)} faults"
        super().__init__(f"{what} to mend before this can be published: {found[0].what}")


@transaction.atomic
def publish(program: Program, *, by: Actor, now: datetime) -> ProgramVersion:
    """Publish the draft as the next version and return it; new leads enter this one.

    Who is in the program stays on the version they entered. Raises FaultyProgram with all faults.
    """
    locked = Program.objects.of(program.workspace_id).select_for_update().get(id=program.id)
    if locked.draft is None:
        raise LeadfarmError("There is no draft to publish.", "Change a step first.")
    version = write_version(locked, by=by, now=now)
    _put_in_force(program, version)
    forget_edits(program)
    return version


def write_version(program: Program, *, by: Actor, now: datetime) -> ProgramVersion:
    """Write what is being edited as the next version, and return it; it is not yet in force.

    Raises FaultyProgram with all faults.
    """
    raw = draft_of(program)
    tree, found = check(program.workspace_id, raw)
    if found:
        raise FaultyProgram(found)
    flat = compile_tree(tree)
    version = ProgramVersion.objects.create(
        workspace_id=program.workspace_id,
        program=program,
        number=1 + ProgramVersion.objects.of(program.workspace_id).filter(program=program).count(),
        tree=raw,
        first_key=flat.first_key or "",
        published_at=now,
        published_by_id=by.member_id,
    )
    _write_rows(version, flat)
    return version


def _put_in_force(program: Program, version: ProgramVersion) -> None:
    state = ProgramState.PAUSED if program.state == ProgramState.PAUSED else ProgramState.ACTIVE
    mine = Program.objects.of(program.workspace_id).filter(id=program.id)
    entry, again = version.tree.get("entry"), version.tree.get("reentry_days")
    mine.update(version_id=version.id, draft=None, state=state, entry=entry, reentry_days=again)
    program.version_id, program.draft, program.state = version.id, None, state
    program.entry, program.reentry_days = entry, again


def check(workspace_id: int, raw: Any) -> tuple[Tree, list[Fault]]:
    """Return the tree of a draft and everything that is wrong with it."""
    tree, unreadable = parse(raw)
    messages = [node for node in tree.walk() if node.kind is NodeKind.MESSAGE]
    used = {str(node.settings.get("template", "")) for node in messages}
    return tree, [*unreadable, *faults(tree, known(workspace_id, used)), *_own_faults(tree)]


def known(workspace_id: int, used: Iterable[str] = ()) -> Known:
    """Return what the fault check has to know of the workspace; `used` names its templates."""
    published = TemplateVersion.objects.of(workspace_id).values_list("template__name", "html")
    members = list(Member.objects.filter(workspace_id=workspace_id, left_at=None))
    return Known(
        templates={name: "unsubscribe" in html for name, html in published.order_by("number")},
        template_faults=cannot_be_sent(workspace_id, used),
        sides={member.side for member in members},
        owners={member.id for member in members},
        streams=pieces_by_stream(workspace_id),
        clause_fault=clause_fault,
    )


def _own_faults(tree: Tree) -> list[Fault]:
    """Return the faults of what only the engine knows: events, and tasks sales may not have."""
    found = []
    for node in tree.walk():
        event = node.settings.get("event")
        if node.kind is NodeKind.WAIT_FOR and event and event not in EVENTS:
            what = f"Step '{node.label}' waits for {event!r}, which nothing tells us."
            found.append(Fault(node.key, what, f"Use one of: {', '.join(EVENTS)}."))
        task = TaskKind.read(str(node.settings.get("task", "")))
        side = Side.read(str(node.settings.get("side", "")))
        if node.kind is NodeKind.HUMAN and task and _is_too_early(task, side):
            what = f"Step '{node.label}' gives sales a {task.label} before Sales-ready."
            found.append(Fault(node.key, what, "Give it to prospect development."))
    return found


def _is_too_early(task: TaskKind, side: Side | None) -> bool:
    return side is Side.SALES and not task.for_sales_before_ready


def _write_rows(version: ProgramVersion, flat: Compiled) -> None:
    wordings = _wordings(version.workspace_id)
    nodes = {step.key: _write_node(version, step, wordings) for step in flat.steps}
    for move in flat.moves:
        assert move.next_key is not None  # the fault check refuses ways to nowhere
        Way.objects.create(
            workspace_id=version.workspace_id,
            node=nodes[move.key],
            way=move.way,
            to=nodes[move.next_key],
            rank=move.rank,
            clause=move.when,
        )


def _write_node(version: ProgramVersion, step: Step, wordings: dict[str, int]) -> Node:
    return Node.objects.create(
        workspace_id=version.workspace_id,
        version=version,
        key=step.key,
        kind=step.kind,
        label=step.label[:160],
        position=step.position,
        settings=dict(step.settings),
        template_version_id=_wording(step, wordings),
        stream_id=_stream(version.workspace_id, step),
        listens=listens(step.settings.get("event")) or None,
    )


def _wordings(workspace_id: int) -> dict[str, int]:
    """Return the newest published wording of each template, by the template's name."""
    versions = TemplateVersion.objects.of(workspace_id).order_by("number")
    return dict(versions.values_list("template__name", "id"))


def _wording(step: Step, wordings: dict[str, int]) -> int | None:
    return wordings[str(step.settings["template"])] if step.kind is NodeKind.MESSAGE else None


def _stream(workspace_id: int, step: Step) -> int | None:
    if step.kind is not NodeKind.STREAM:
        return None
    return Stream.objects.of(workspace_id).get(name=str(step.settings["stream"])).id
