"""leadfarm replay: a program over recorded history, written nowhere."""

import argparse
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from leadfarm.engine.errors import LeadfarmError
from leadfarm.project.cli.command import Command, count, day

if TYPE_CHECKING:
    from leadfarm.access.models import Workspace
    from leadfarm.nurture.models import Program
    from leadfarm.nurture.replay import Outcome
    from leadfarm.nurture.replay.telling import Load

DAYS = 90


def arguments(parser: argparse.ArgumentParser) -> None:
    """Program, workspace, period, version, for how many."""
    parser.add_argument("program", metavar="PROGRAM", help="the program's name")
    parser.add_argument(
        "--workspace", required=True, metavar="SLUG", help="the workspace, as in /w/SLUG/"
    )
    parser.add_argument(
        "--from", dest="first", type=day, metavar="DAY",
        help=f"the first day, as 2026-03-02 ({DAYS} days before the last)",
    )  # fmt: skip
    parser.add_argument("--to", dest="last", type=day, metavar="DAY", help="the last day (today)")
    parser.add_argument(
        "--draft", action="store_true", help="the draft instead of the versions that ran"
    )
    parser.add_argument(
        "--leads", type=count, default=2_000, metavar="N",
        help="at most so many leads, the last to enter (2000)",
    )  # fmt: skip
    parser.add_argument(
        "--assume", default="usual", metavar="ANSWER",
        help="the answer to a task of the draft nobody ever had: usual (what most said), nobody"
        " (it is left to time out), or a disposition as not-now (usual)",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Replay and print; 0 also where lines differ."""
    from leadfarm.project.cli.ground import refuse_older_tables, start_django

    start_django("worker")
    refuse_older_tables()
    from leadfarm.access.queries import find_workspace
    from leadfarm.nurture.replay import Question, replay

    workspace = find_workspace(options.workspace)
    begin, until = _period(options, workspace)
    program = _program(options.program, workspace)
    found = replay(
        Question(program, workspace, begin, until, options.draft, _answer(options), options.leads)
    )
    print("\n".join(_lines(found)))
    return 0


def _answer(options: argparse.Namespace) -> str:
    from leadfarm.nurture.replay import NOBODY, USUAL
    from leadfarm.rules.codes import Disposition

    known = [USUAL, NOBODY, *Disposition.slugs()]
    if options.assume not in known:
        raise LeadfarmError(f"{options.assume!r} is no answer.", f"There are: {', '.join(known)}.")
    return str(options.assume)


def _program(name: str, workspace: "Workspace") -> "Program":
    from leadfarm.access.walls import within
    from leadfarm.nurture.models import Program

    with within(workspace):
        mine = {each.name: each for each in Program.objects.of(workspace).order_by("name")}
    if name not in mine:
        there = f"There are: {', '.join(mine)}." if mine else "Make one first."
        raise LeadfarmError(f"There is no program {name!r}.", there)
    return mine[name]


def _period(options: argparse.Namespace, workspace: "Workspace") -> tuple[datetime, datetime]:
    """Return from when until when: whole days of the workspace, never beyond now."""
    zone, now = ZoneInfo(workspace.time_zone), datetime.now(UTC)
    last = datetime.fromisoformat(options.last).date() if options.last else now.date()
    first = (
        datetime.fromisoformat(options.first).date()
        if options.first
        else last - timedelta(days=DAYS)
    )
    if first > last:
        raise LeadfarmError("The period ends before it begins.", "Give --from a day before --to.")
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    return datetime.combine(first, time(), zone), min(end, now)


def _lines(found: "Outcome") -> list[str]:
    from leadfarm.access.walls import within
    from leadfarm.nurture.replay import telling

    with within(found.question.workspace):
        load = telling.load_of(found)
    lines = [telling.in_words(found)]
    if not found.question.of_draft:
        lines += [telling.compared_in_words(found)]
        for how, line, then in telling.differences(found):
            other = f" (replayed {then:%Y-%m-%d %H:%M:%S})" if then else ""
            lines.append(
                f"  {how}: lead {line.lead_id}, {line.at:%Y-%m-%d %H:%M:%S}, {line.step}{other}"
            )
    return [*lines, *_tables(found, load), "", telling.LIMITS]


def _tables(found: "Outcome", load: "Load") -> list[str]:
    from leadfarm.nurture.replay.telling import held_of

    lines = ["", "Step: replayed, really"]
    lines += [f"  {name} ({kind}): {again}, {real}" for kind, name, again, real in found.by_step()]
    lines += ["", "Tasks due by week"]
    for who, counts in load.people:
        weeks = zip(load.weeks, counts, strict=True)
        lines.append(f"  {who}: " + ", ".join(f"{week:%G-W%V} {many}" for week, many in weeks))
    lines += ["", "Held back"]
    for why, by, times, leads in held_of(found):
        lines.append(f"  {why}{f', after {by}' if by else ''}: {times} times, {leads} leads")
    lines += ["", "Streams"]
    for dry in found.streams:
        when = f"dry from {dry.first_at:%Y-%m-%d}" if dry.first_at else "not dry"
        lines.append(f"  {dry.name}: {when}, {dry.leads} leads; {dry.here} in it at the end")
    return lines


COMMAND = Command(
    summary="run a program over recorded history",
    description="Replay a program over a recorded period on a virtual clock and print what would"
    " have come\nof it. Nothing is written: the database refuses it. The versions that really ran"
    " are\ncompared with what really happened, line by line.",
    examples=(
        'leadfarm replay "No hand-off" --workspace demo',
        'leadfarm replay "No hand-off" --workspace demo --from 2026-01-01 --to 2026-03-31 --draft',
    ),
    run=run,
    arguments=arguments,
)
