"""The company behind `make demo`: made once, with a year behind it that ends now."""

import os
from datetime import UTC, datetime

import django

SLUG = "demo"
LEADS = 60
MONTHS = 12
SEED = 1


def prepare(now: datetime) -> bool:
    """Make the demo company unless it is there; return whether it was made now."""
    from leadfarm.access.models import Workspace
    from leadfarm.simulation.history import simulate

    if Workspace.objects.filter(slug=SLUG, is_demo=True).exists():
        return False
    simulate(SLUG, leads=LEADS, months=MONTHS, seed=SEED, now=now, is_demo=True)
    return True


def main() -> None:
    """Prepare it as the worker does, in a process of its own, on a database that runs."""
    os.environ["LEADFARM_ROLE"] = "worker"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadfarm.project.settings")
    django.setup()
    prepare(datetime.now(UTC))


if __name__ == "__main__":
    main()
