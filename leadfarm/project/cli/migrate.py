"""leadfarm migrate: bring the database and the style sheets up to this version."""

import argparse
import os

from leadfarm.project.cli.command import Command


def run(options: argparse.Namespace) -> int:
    """Migrate and say so."""
    from leadfarm.project.cli.ground import start_django

    start_django("owner")
    bring_up_to_date()
    erase_again()
    print("The database is up to date.")
    return 0


def bring_up_to_date() -> None:
    """Make roles, tables and static files what this version needs; Django is ready."""
    from django.core.management import call_command

    from leadfarm.project.cli.ground import tables_are_older

    make_roles()
    if tables_are_older():
        call_command("migrate", database="owner", verbosity=0, interactive=False)
    _collect_static_files()


def erase_again() -> int:
    """Erase again whoever was erased after the backup that was restored; return how many people."""
    from datetime import UTC, datetime

    from leadfarm.consent.erasing.again import erase_again as again
    from leadfarm.engine.database import acting_as
    from leadfarm.engine.home import home

    with acting_as("worker"):
        return again(home(), now=datetime.now(UTC))


def _collect_static_files() -> None:
    """Skipped when none of them has changed since the last time: it takes a second."""
    import json

    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = (storage.path(path) for f in get_finders() for path, storage in f.list([]))
    now = json.dumps(sorted(f"{path} {os.stat(path).st_mtime_ns}" for path in found))
    stamp = settings.STATIC_ROOT.with_name("static.json")
    if not stamp.exists() or stamp.read_text() != now:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(now)


def make_roles() -> None:
    """Make the roles of web and worker, or give them the passwords that follow from the secrets."""
    from leadfarm.engine.home import home
    from leadfarm.engine.keys import password_of
    from leadfarm.engine.postgres import Cluster
    from leadfarm.engine.postgres.cluster import WEB, WORKER
    from leadfarm.engine.postgres.roles import ensure_roles
    from leadfarm.project.cli.ground import is_embedded

    if is_embedded():
        Cluster(home()).make_roles()
        return
    if os.environ.get("LEADFARM_ONE_ROLE") == "1":
        return
    passwords = {role: password_of(home(), role) for role in (WEB, WORKER)}
    if not ensure_roles(os.environ["DATABASE_URL"], passwords):
        print("The roles leadfarm_web and leadfarm_worker cannot be made: see docs/operations.md.")


COMMAND = Command(
    summary="bring the database up to this version",
    description="Make or change the tables, the roles of web and worker and their rights, and"
    " collect the\nstatic files. Run it once after each upgrade, before serve and worker start;"
    " running it\nagain only renews the passwords of web and worker.",
    examples=("leadfarm migrate", "DATABASE_URL=postgresql://owner@db/leadfarm leadfarm migrate"),
    run=run,
)
