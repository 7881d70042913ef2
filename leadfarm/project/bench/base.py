"""Leads that are there before a bench begins: made by set, once, and kept between runs."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.intake.actions import upload
from leadfarm.intake.codes import ImportKind, ImportState
from leadfarm.intake.importing.files import forget_file
from leadfarm.intake.models import ImportRun
from leadfarm.leads.models import Contact
from leadfarm.project.bench.ground import NOW, PREFIX, superuser
from leadfarm.simulation.bulk import ensure_base


def ensure(base: int) -> Workspace:
    """Return a workspace with so many leads and twenty touches for each."""
    with _past_the_checks() as hand:
        return ensure_base(f"{PREFIX}{base}", base, now=NOW, hand=hand, progress=_say)


def _say(there: int, wanted: int) -> None:
    if wanted > 100_000:
        sys.stderr.write(f"base: {there:,} of {wanted:,} leads are there\n")


@contextmanager
def _past_the_checks() -> Iterator[Any]:
    """Give a hand for the base: no trigger and no foreign key looks at its rows, the doctor may."""
    with superuser() as session:
        # The statements were written for a driver that puts the values into them.
        cursor = psycopg.ClientCursor(session)
        written = False

        @contextmanager
        def hand(_workspace: int) -> Iterator[Any]:
            nonlocal written
            with session.transaction():
                session.execute("SET LOCAL session_replication_role = replica")
                session.execute("SET LOCAL work_mem = '128MB'")
                yield cursor
            written = True

        yield hand
        if written:
            session.execute("VACUUM ANALYZE")


def addresses(workspace: Workspace, many: int) -> list[str]:
    """Return the e-mail addresses of so many contacts that are there."""
    with within(workspace):
        known = Contact.objects.of(workspace).filter(email_key__isnull=False)
        return [str(key) for key in known.order_by("id").values_list("email_key", flat=True)[:many]]


def prepare(workspace: Workspace, blocks: Iterable[bytes]) -> ImportRun:
    """Return an import that is mapped and waits to be run."""
    with within(workspace):
        run = upload(workspace, "bench.csv", blocks, kind=ImportKind.LEADS, by=None, now=NOW)
        run.state = ImportState.MAPPED
        run.save(update_fields=["state"])
    return run


def forget(run: ImportRun) -> None:
    """Take an import out of the list, and its file away."""
    with within(run.workspace_id):
        forget_file(run)
        run.delete()
