"""A history of months for a workspace: opened, lived day by day, and its truth kept aside."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from leadfarm.access.walls import within
from leadfarm.engine.home import home, make_folder
from leadfarm.simulation.cast import prospects
from leadfarm.simulation.months import Life, live
from leadfarm.simulation.norrvik import Norrvik, open_norrvik
from leadfarm.simulation.opening import agree, begin_program, set_up

DAYS_A_MONTH = 30.44


@transaction.atomic
def simulate(
    slug: str, *, leads: int, months: int, seed: int, now: datetime, is_demo: bool = False
) -> Life:
    """Let `leads` leads live through the `months` before `now`; return what was lived.

    All of it is one transaction: a history is there as a whole or not at all, and where it is
    there already nothing happens.
    """
    start = (now - timedelta(days=months * DAYS_A_MONTH)).replace(hour=7, minute=0, second=0)
    norrvik = open_norrvik(slug, opened_at=start, is_demo=is_demo)
    set_up(norrvik, start, now)
    cast = prospects(seed, leads, start, now)
    life = Life(norrvik, cast, seed, now)
    for day in live(life, start, now):
        _milestones(norrvik, day, start)
    _keep_truth(slug, seed, life)
    return life


def _milestones(norrvik: Norrvik, day: datetime, start: datetime) -> None:
    """Let the company learn: the program after three weeks, the agreement after six."""
    age = (day - start).days
    with within(norrvik.workspace):
        if age == 20:
            begin_program(norrvik, day.replace(hour=7))
        if age == 40:
            agree(norrvik, day.replace(hour=8))


def _keep_truth(slug: str, seed: int, life: Life) -> Path:
    """Write what is true about each lead where no report can read it."""
    folder = make_folder(home() / "simulation")
    path = folder / f"{slug}-{seed}.json"
    path.write_text(json.dumps([one.as_json() for one in life.prospects], default=str, indent=1))
    return path
