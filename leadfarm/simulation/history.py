"""A history of months for a workspace: opened, lived day by day, and its truth kept aside."""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from leadfarm.access.walls import within
from leadfarm.engine.home import home, make_folder
from leadfarm.simulation.cast import Prospect, prospects
from leadfarm.simulation.finishing import finish
from leadfarm.simulation.months import Life, live
from leadfarm.simulation.norrvik import Norrvik, open_norrvik
from leadfarm.simulation.opening import agree, begin_program, set_up

DAYS_A_MONTH = 30.44


@dataclass(frozen=True)
class Story:
    """What is to be simulated: the same story is the same history."""

    slug: str
    leads: int
    months: int
    seed: int
    now: datetime
    is_demo: bool = False

    @property
    def start(self) -> datetime:
        """Return the morning on which the history begins."""
        begun = self.now - timedelta(days=self.months * DAYS_A_MONTH)
        return begun.replace(hour=6, minute=0, second=0, microsecond=0)

    def program_begins(self) -> datetime:
        """Return when "No hand-off" replaced lists and good intentions."""
        return self.start + (self.now - self.start) * 0.2

    def cast(self) -> list[Prospect]:
        """Return everybody who comes in, in order."""
        return prospects(self.seed, self.leads, self.start, self.now)


def simulate(story: Story) -> Life:
    """Live through the whole story at once and return what was lived."""
    norrvik = open_story(story)
    with transaction.atomic():
        life = live_through(story, norrvik, story.cast())
    finish(life.norrvik, story.now)
    return life


@transaction.atomic
def open_story(story: Story) -> Norrvik:
    """Return the company with all it works with; what is there already stays."""
    norrvik = open_norrvik(story.slug, opened_at=story.start, is_demo=story.is_demo)
    set_up(norrvik, story.start, story.now)
    with within(norrvik.workspace):
        agree(norrvik, story.start + timedelta(days=14))
        begin_program(norrvik, story.program_begins())
    keep_truth(story)
    return norrvik


def live_through(story: Story, norrvik: Norrvik, cast: list[Prospect]) -> Life:
    """Let these prospects live through the story; return what was lived."""
    life = Life(norrvik, cast, story.seed, story.now, story.program_begins())
    with _without_collector(), within(norrvik.workspace):
        live(life, story.start, story.now)
    return life


@contextmanager
def _without_collector() -> Iterator[None]:
    """Let the garbage collector rest: it takes a tenth of the time and finds next to nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def keep_truth(story: Story) -> Path:
    """Write what is true about each lead where no report can read it."""
    path = make_folder(home() / "simulation") / f"{story.slug}-{story.seed}.json"
    told = [one.as_json() for one in story.cast()]
    path.write_text(json.dumps(told, default=str, indent=1))
    return path
