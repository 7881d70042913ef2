"""A restore of an older backup erases again whoever was erased since (decision 0060)."""

import json
import os
import subprocess
import sys
import tarfile
import time
from datetime import timedelta
from pathlib import Path

import pytest

from leadfarm.engine.postgres import Cluster
from leadfarm.engine.postgres.archive import DUMP, SECRETS, prune

LEADFARM = [sys.executable, "-m", "leadfarm"]
WHO = """
from datetime import datetime, UTC
from leadfarm.project.cli.ground import start_django
start_django("worker")
from leadfarm.access.actors import SCHEDULE
from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.consent.addresses import erased_among
from leadfarm.consent.erasing import erase
from leadfarm.consent.erasing.running import Order
from leadfarm.leads.models import Contact
from leadfarm.rules.privacy import ErasedBecause
w, now = Workspace.objects.get(), datetime.now(UTC)
def enter(name):
    mail = f"{name}@brackpump.de"
    return Contact.objects.create(workspace=w, given_name=name, family_name="Q", email=mail,
                                  email_key=mail, recorded_at=now)
def tell():
    with within(w):
        print(sorted(Contact.objects.of(w).values_list("given_name", flat=True)),
              erased_among(w.id, ["zyxwanda@brackpump.de", "otto@brackpump.de"]))
"""
ENTER = """
with within(w):
    enter("zyxwanda"), enter("otto")
"""
ERASE = """
with within(w):
    her = Contact.objects.of(w).get(given_name="zyxwanda")
erase(her, Order(SCHEDULE, ErasedBecause.ASKED), now=now)
tell()
"""


def run(home: Path, *words: str) -> str:
    """Run a command, or a script, in a data folder of its own; return what it said."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("LEADFARM", "DATABASE"))}
    env |= {"LEADFARM_HOME": str(home), "LEADFARM_ADMIN_PASSWORD": "a long password of hers"}
    command = [*LEADFARM, *words] if len(words[0]) < 30 else [sys.executable, "-c", *words]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_restore_erases_again(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "old.tar"
    try:
        run(home, "init", "--workspace", "acme", "--email", "ada@acme.example")
        run(home, WHO + ENTER)
        run(home, "backup", str(file))
        assert run(home, WHO + ERASE).strip() == "['', 'otto'] {'zyxwanda@brackpump.de'}"
        (line,) = (home / "erasures.jsonl").read_text().splitlines()
        assert "brackpump" not in line
        assert json.loads(line)["workspace"] == "acme"
        said = run(home, "restore", str(file), "--replace")
        assert "1 people who were erased after this backup are erased again" in said
        assert run(home, WHO + "tell()").strip() == "['', 'otto'] {'zyxwanda@brackpump.de'}"
    finally:
        Cluster(home).remove()


def test_old_backups_go_and_nothing_else(tmp_path: Path) -> None:
    for name, days, members in (
        ("old.tar", 40, (SECRETS, DUMP)), ("new.tar", 3, (SECRETS, DUMP)), ("mine.tar", 40, ("a",)),
    ):  # fmt: skip
        with tarfile.open(tmp_path / name, "w") as archive:
            for member in members:
                archive.addfile(tarfile.TarInfo(member))
        os.utime(tmp_path / name, (time.time() - days * 86400,) * 2)
    (tmp_path / "letter.tar").write_text("no backup")
    os.utime(tmp_path / "letter.tar", (0, 0))
    assert [path.name for path in prune(tmp_path, older_than=timedelta(days=30))] == ["old.tar"]
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["letter.tar", "mine.tar", "new.tar"]


@pytest.mark.parametrize("text", ["", "{", '{"workspace": "acme"}', "[]"])
def test_a_line_cut_off_by_a_crash_is_left_out(tmp_path: Path, text: str) -> None:
    from leadfarm.consent.erasing.ledger import LEDGER, lines

    whole = {
        "workspace": "a",
        "contacts": [1],
        "hashes": ["h"],
        "at": "2026-03-02T10:00:00",
        "key": "k",
    }
    (tmp_path / LEDGER).write_text(json.dumps(whole) + "\n" + text)
    assert [line.contacts for line in lines(tmp_path)] == [(1,)]
    assert SECRETS != LEDGER
