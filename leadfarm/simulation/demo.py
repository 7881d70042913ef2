"""The company behind `make demo`: made once, with two years behind it that end now.

The year before came along as a file. The last one is lived through the product's own actions: a
part of it before the first look, the rest while somebody looks.
"""

import os
import sys
from datetime import UTC, datetime

import django

from leadfarm.engine import lifeline

SLUG = "demo"
LEADS = int(os.environ.get("LEADFARM_DEMO_LEADS", "250"))
# How much of it is lived before the first look; the rest grows meanwhile.
LEADS_AT_ONCE = 50
MONTHS = 12
SEED = 1


def main() -> int:
    """Prepare the demo as the worker does."""
    lifeline.watch()
    os.environ["LEADFARM_ROLE"] = "worker"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadfarm.project.settings")
    django.setup()
    return prepare(datetime.now(UTC))


def prepare(now: datetime) -> int:
    """Make the demo company unless it is there, and leave a mark; return an exit code."""
    from leadfarm.access.models import Workspace
    from leadfarm.access.walls import within
    from leadfarm.engine.home import home
    from leadfarm.qualification.actions.grading import grade
    from leadfarm.simulation.finishing import finish, is_finished
    from leadfarm.simulation.growing import LEADS_A_PART, grow, plan, planned, story_of
    from leadfarm.simulation.history import Story, open_story
    from leadfarm.simulation.lately import come_in
    from leadfarm.simulation.legacy import bring_along

    there = Workspace.objects.filter(slug=SLUG, is_demo=True).first()
    growth = planned(there) if there else None
    growth = growth or plan(Story(SLUG, LEADS, MONTHS, SEED, now, is_demo=True))
    story = story_of(growth)
    if not is_finished(growth.workspace):
        norrvik = open_story(story)
        list(grow(growth, lambda: datetime.now(UTC), most=LEADS_AT_ONCE // LEADS_A_PART))
        bring_along(norrvik, seed=SEED, live_since=story.start, now=story.now)
        come_in(norrvik, story.now)
        finish(norrvik, story.now)
        with within(norrvik.workspace):
            grade(norrvik.workspace, now=now)
    (home() / "demo.ready").touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
