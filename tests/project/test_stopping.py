"""Whatever stops a command, nothing of it stays behind, and the next start goes on from there."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leadfarm.engine.postgres import Cluster
from leadfarm.engine.postgres.users import Share
from tests.project.test_command_line import PATIENCE, environment, free_port

LEADFARM = [sys.executable, "-m", "leadfarm"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("stopping")
    folder.chmod(0o700)
    try:
        yield folder / "home"
    finally:
        Cluster(folder / "home").remove()


def start(home: Path, *words: str) -> "subprocess.Popen[str]":
    given = {"PORT": str(free_port()), "LEADFARM_DEMO_LEADS": "2"}
    return subprocess.Popen(
        [*LEADFARM, *words],
        env=environment(home, **given),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def left_of(home: Path) -> list[str]:
    """The command lines of all processes that work for this data folder, the server included."""
    place, found = Cluster(home).place(), []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            ours = f"LEADFARM_HOME={home}\0".encode() in (entry / "environ").read_bytes()
        except OSError:
            continue
        if command and (ours or str(place.data) in command):
            found.append(command)
    return found


def wait_for(what: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while not what() and time.monotonic() < until:
        time.sleep(0.02)
    return what()


def test_a_command_stops_the_server_it_started(home: Path) -> None:
    done = start(home, "migrate")
    assert done.wait(300) == 0, done.communicate()
    assert left_of(home) == []


def test_the_last_one_to_leave_stops_the_server(home: Path) -> None:
    first, second = Share(home), Share(home)
    Cluster(home).start()
    first.give_back()
    assert Cluster(home).is_running()
    second.give_back()
    second.give_back()
    assert left_of(home) == []


def test_a_demo_stopped_while_it_is_set_up_leaves_nothing(home: Path) -> None:
    """Ctrl-C and being told to stop at each stage; the next start goes on from there."""
    Cluster(home).remove()
    place = Cluster(home).place()  # decided here, so that all starts have it
    stages = ((place.data, signal.SIGINT), (place.prepared, signal.SIGTERM))
    for sign, how in (*stages, (home / "demo.ready", signal.SIGINT)):
        running = start(home, "demo")
        assert wait_for(sign.exists)
        running.send_signal(how)
        _, said = running.communicate(timeout=PATIENCE)
        assert (running.returncode, said) == (0, "")
        assert left_of(home) == []
        assert not list((place.socket or home).glob(".s.PGSQL*"))


def test_a_demo_killed_while_it_is_set_up_takes_its_children_along(home: Path) -> None:
    (home / "demo.ready").unlink(missing_ok=True)
    running = start(home, "demo")
    assert wait_for(lambda: any("migrate" in one for one in left_of(home)))
    running.kill()
    running.communicate()
    assert wait_for(lambda: not any("-m leadfarm" in one for one in left_of(home)))
