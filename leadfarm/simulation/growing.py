"""A history lived in parts: each is one transaction that says itself that it is done.

What is interrupted leaves nothing of its part, and the next start goes on with that part. The
workspace may be in use, and a worker may run: a part is lived on a snapshot of the data in which
nothing of anybody else's is due, so its clock moves its own leads only; and until it is at the
present with them, nobody else sees them.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from django.db import Error, connection, transaction
from django.db.models import Max, Min, Sum

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.engine.errors import LeadfarmError
from leadfarm.simulation.cast import Prospect
from leadfarm.simulation.finishing import read_what_is_old
from leadfarm.simulation.history import Story, live_through, open_story
from leadfarm.simulation.machine import can_send, is_due, tick
from leadfarm.simulation.models import Growth, LivedPart
from leadfarm.simulation.norrvik import Norrvik

LEADS_A_PART = 10
TRIES = 60
PAUSE_SECONDS = 2.0
RESTS_AFTER = timedelta(minutes=3)
Clock = Callable[[], datetime]


class InUse(LeadfarmError):
    """Something else in the workspace is due and has to be done first."""


@dataclass(frozen=True)
class Progress:
    """How far a history is lived; `left` is the time it will take, where that can be said."""

    lived: int
    leads: int
    left: timedelta | None = None


def plan(story: Story, leads_a_part: int = LEADS_A_PART) -> Growth:
    """Open the story, note that it is to be lived, and return the note; there already, it stays."""
    with transaction.atomic():
        norrvik = open_story(story)
        with within(norrvik.workspace):
            growth, _ = Growth.objects.get_or_create(
                workspace=norrvik.workspace,
                defaults={
                    "seed": story.seed,
                    "months": story.months,
                    "leads": story.leads,
                    "parts": max(1, round(story.leads / leads_a_part)),
                    "until": story.now,
                },
            )
    return growth


def planned(workspace: Workspace) -> Growth | None:
    """Return the history this workspace is to have, or None."""
    with within(workspace):
        return Growth.objects.of(workspace).select_related("workspace").first()


def story_of(growth: Growth) -> Story:
    """Return the story as it was planned, whatever the clock says today."""
    workspace = growth.workspace
    shape = (workspace.slug, growth.leads, growth.months, growth.seed, growth.until)
    return Story(*shape, is_demo=workspace.is_demo)


def parts_left(growth: Growth) -> list[int]:
    """Return the parts that are not lived yet, in order."""
    with within(growth.workspace_id):
        lived = LivedPart.objects.of(growth.workspace_id).values_list("number", flat=True)
        return sorted(set(range(growth.parts)) - set(lived))


def grow(growth: Growth, clock: Clock, *, most: int | None = None) -> Iterator[Progress]:
    """Live the parts that are left (`most` of them, all in one), and yield how far it is."""
    left = parts_left(growth)
    steps = [[number] for number in left]
    if most is not None:
        steps = (
            [left[: most - (growth.parts - len(left))]] if growth.parts - len(left) < most else []
        )
    if not any(steps):
        return
    story = story_of(growth)
    norrvik = open_story(story)
    for numbers in steps:
        _live_in_peace(growth, story, norrvik, numbers, clock)
        yield progress(growth, clock())


def _live_in_peace(
    growth: Growth, story: Story, norrvik: Norrvik, numbers: list[int], clock: Clock
) -> None:
    """Live these parts as soon as nothing else is due; what is due now is done first."""
    for _ in range(TRIES):
        try:
            live_parts(growth, story, norrvik, numbers, clock())
        except InUse:
            with within(norrvik.workspace):
                tick(norrvik.workspace, clock(), sends=can_send(norrvik.workspace))
        except Error:
            # Somebody wrote what this part was about to write: it is lived anew, or is lived.
            if not set(numbers) & set(parts_left(growth)):
                return
        else:
            return
        time.sleep(PAUSE_SECONDS)
    raise LeadfarmError(
        f"Part {numbers[0] + 1} of the history could not be lived beside what else goes on.",
        "What is lived stays; the next start goes on.",
    )


def live_parts(
    growth: Growth, story: Story, norrvik: Norrvik, numbers: list[int], now: datetime
) -> int:
    """Live these parts in one transaction and return how many leads came.

    Raises InUse when somebody else's lead is due at an instant at which the part is lived.
    """
    mine = [one for one in story.cast() if part_of(one, growth.parts) in numbers]
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with within(norrvik.workspace):
            if is_due(norrvik.workspace, story.now, sends=can_send(norrvik.workspace)):
                raise InUse("Something is due in the workspace.")
            _mark(growth, mine, numbers, now)
            entered = live_through(story, norrvik, mine).entered
            read_what_is_old(norrvik.workspace, story.now)
            return entered


def part_of(prospect: Prospect, parts: int) -> int:
    """Return the part in which all of a company's people live."""
    return crc32(prospect.company.domain.encode()) % parts


def _mark(growth: Growth, mine: list[Prospect], numbers: list[int], now: datetime) -> None:
    sizes = dict.fromkeys(numbers, 0)
    for one in mine:
        sizes[part_of(one, growth.parts)] += 1
    LivedPart.objects.bulk_create(
        LivedPart(workspace_id=growth.workspace_id, number=number, leads=many, lived_at=now)
        for number, many in sizes.items()
    )


def progress(growth: Growth, now: datetime) -> Progress:
    """Return how many leads of the history are lived, and how long the others will take.

    The pace is that of the last minutes: a pause between two starts of the demo is no work.
    """
    with within(growth.workspace_id):
        parts = LivedPart.objects.of(growth.workspace_id)
        lived = parts.aggregate(leads=Sum("leads"))["leads"] or 0
        recent = parts.filter(lived_at__gt=now - RESTS_AFTER)
        told = recent.aggregate(first=Min("lived_at"), last=Max("lived_at"))
        if lived >= growth.leads or told["first"] is None:
            return Progress(lived, growth.leads)
        since = recent.filter(lived_at__gt=told["first"]).aggregate(leads=Sum("leads"))["leads"]
    if not since:
        return Progress(lived, growth.leads)
    return Progress(
        lived, growth.leads, (growth.leads - lived) * (told["last"] - told["first"]) / since
    )
