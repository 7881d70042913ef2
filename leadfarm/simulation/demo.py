"""The company behind `make demo`: made once, with two years behind it that end now.

The last one was lived through the product's own actions, perhaps by several processes abreast, each
with its own companies; the one before came along as a file.
"""

import os
import sys
from datetime import UTC, datetime

import django

from leadfarm.engine import lifeline

SLUG = "demo"
# How many leads are lived through; each costs about a second at the first start.
LEADS = int(os.environ.get("LEADFARM_DEMO_LEADS", "32"))
MONTHS = 12
SEED = 1
PARTS = 1


def main(words: list[str]) -> int:
    """Prepare the demo as the worker does; with words, live one part of it."""
    lifeline.watch()
    os.environ["LEADFARM_ROLE"] = "worker"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadfarm.project.settings")
    django.setup()
    if words:
        live_one(int(words[0]), datetime.fromisoformat(words[1]))
        return 0
    return prepare(datetime.now(UTC))


def prepare(now: datetime) -> int:
    """Make the demo company unless it is there, and leave a mark; return an exit code."""
    from leadfarm.access.models import Workspace
    from leadfarm.access.walls import within
    from leadfarm.engine.home import home
    from leadfarm.qualification.actions.grading import grade
    from leadfarm.simulation.finishing import finish, is_finished
    from leadfarm.simulation.history import Story, open_story
    from leadfarm.simulation.legacy import bring_along

    there = Workspace.objects.filter(slug=SLUG, is_demo=True).first()
    if there is not None and is_finished(there):
        return 0
    norrvik = open_story(Story(SLUG, LEADS, MONTHS, SEED, now, is_demo=True))
    if any(_abreast(now)):
        return 1
    bring_along(norrvik, seed=SEED, live_since=norrvik.workspace.went_live_at, now=now)
    finish(norrvik, now)
    with within(norrvik.workspace):
        grade(norrvik.workspace, now=now)
    (home() / "demo.ready").touch()
    return 0


def _abreast(now: datetime) -> list[int]:
    """Let the parts be lived side by side; return their exit codes."""
    command = [sys.executable, "-m", "leadfarm.simulation.demo"]
    parts = [lifeline.spawn([*command, str(part), now.isoformat()], {}) for part in range(PARTS)]
    return [part.wait() for part, _ in parts]


def live_one(part: int, now: datetime) -> None:
    """Live one part of the story."""
    from leadfarm.simulation.history import Story, live_part, open_story

    story = Story(SLUG, LEADS, MONTHS, SEED, now, is_demo=True)
    live_part(story, open_story(story), part, PARTS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
