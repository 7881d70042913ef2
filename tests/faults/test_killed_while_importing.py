"""SIGKILL of an import at any instant (UX 8, issue 3): it goes on, and nothing comes in twice."""

import contextlib
import os
import random
import signal
import subprocess
import time
from collections import Counter

import pytest

from leadfarm.intake.actions import run_import
from leadfarm.intake.codes import ImportState
from leadfarm.intake.models import ImportedRow, ImportFault
from leadfarm.leads.models import Account, Contact, Lead, SearchWord, StageChange, Standing, Touch
from tests.intake.files import counts, put
from tests.support.processes import started
from tests.world import World, make_world

SEED = 20260302
TABLES = (
    Account,
    Contact,
    Lead,
    Touch,
    StageChange,
    Standing,
    SearchWord,
    ImportedRow,
    ImportFault,
)


def file_of(rows: int) -> str:
    """Return a file in which people come again, colleagues share companies, and some rows err."""
    chance = random.Random(SEED)
    lines = ["email,name,company,created date,job"]
    for number in range(rows):
        who = chance.randint(0, rows * 4 // 5)
        day = f"2025-0{1 + number % 9}-1{number % 9}" if number % 17 else "2025-02-30"
        lines.append(f"p{who}@c{who % 97}.example,Person {who},Company {who % 97},{day},Job {who}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("rows", "kills"), [(450, 10), pytest.param(20_000, 60, marks=pytest.mark.soak)]
)
def test_an_import_killed_at_any_instant_ends_as_one_that_was_not(
    world: World, rows: int, kills: int
) -> None:
    calm, chance = make_world(), random.Random(SEED)
    untouched = put(calm, file_of(rows))
    with calm.as_worker():
        untouched = run_import(untouched, now=calm.now, chunk=45)
    run = put(world, file_of(rows))
    command = ("tests.support.forked_importer", str(world.workspace.id), str(run.id))
    survived = 0
    with started(*command, world.now.isoformat(), "45") as nursery:
        for _ in range(kills):
            survived += not killed(nursery, chance.uniform(0.01, 0.35))
        assert end(nursery) == "done"
    assert survived < kills, "no child was killed at work"
    with world.as_worker():
        run.refresh_from_db()
        assert run.state == ImportState.DONE
        assert counts(run) == counts(untouched)
        assert picture(world) == picture(calm)
        again = put(world, file_of(rows), name="again.csv")
        assert counts(run_import(again, now=world.now)) == {
            "unchanged": rows - run.rejected, "rejected": run.rejected,
        }  # fmt: skip


def killed(nursery: subprocess.Popen[str], after: float) -> bool:
    """Let a child import so many seconds, then kill it; False when it was done before."""
    child = bring_forth(nursery)
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):  # it was done before, and is gone
        os.kill(child, signal.SIGKILL)
    assert nursery.stdout
    return nursery.stdout.readline().strip() != "done"


def end(nursery: subprocess.Popen[str]) -> str:
    """Let a child import to the end; return how it ended."""
    bring_forth(nursery)
    assert nursery.stdout
    return nursery.stdout.readline().strip()


def bring_forth(nursery: subprocess.Popen[str]) -> int:
    """Return the process id of a new child that imports."""
    assert nursery.stdin
    assert nursery.stdout
    nursery.stdin.write("go\n")
    nursery.stdin.flush()
    return int(nursery.stdout.readline())


def picture(world: World) -> dict[str, object]:
    """Return what the import left: how many rows of each kind, and each person's leads."""
    found: dict[str, object] = {
        table.__name__: table.objects.of(world.workspace).count()  # type: ignore[attr-defined]
        for table in TABLES
    }
    leads = Lead.objects.of(world.workspace).values_list("contact__email", "account__name")
    found["leads"] = sorted(Counter(leads).items())
    touches = Touch.objects.of(world.workspace).values_list("contact__email", "kind", "happened_at")
    found["touches"] = sorted(Counter(touches).items())
    rows = ImportedRow.objects.of(world.workspace).values_list("row", "fate")
    found["rows"] = sorted(rows)
    return found
