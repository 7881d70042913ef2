"""The command line explains itself, and says plainly what is wrong."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.postgres import Cluster, process
from leadfarm.project.cli import main
from leadfarm.project.cli.ports import check_port, port_number
from leadfarm.project.cli.registry import COMMANDS

LEADFARM = [sys.executable, "-m", "leadfarm"]
PATIENCE = 120  # seconds: one waits long only where something is wrong


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("closed")
    folder.chmod(0o700)
    try:
        yield folder / "home"
    finally:
        Cluster(folder / "home").remove()


def environment(home: Path, **more: str) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("LEADFARM_")}
    inherited.pop("DATABASE_URL", None)
    return {**inherited, "LEADFARM_HOME": str(home), **more}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def demo(home: Path) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """A running demo and its port."""
    port = free_port()
    running = subprocess.Popen(
        [*LEADFARM, "demo"],
        env=environment(home, PORT=str(port), LEADFARM_DEMO_LEADS="2"),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    try:
        assert running.stdout.readline() == f"Leadfarm is ready at http://127.0.0.1:{port}\n"
        yield running, port
    finally:
        running.terminate()
        running.wait(PATIENCE)


def answers(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def test_the_demo_runs_until_it_is_asked_to_stop(
    demo: tuple["subprocess.Popen[str]", int], home: Path
) -> None:
    running, port = demo
    assert answers(port)
    running.send_signal(signal.SIGINT)
    assert running.wait(PATIENCE) == 0
    assert not answers(port)
    # A child that was just being born when we asked stops by itself, and the server with it.
    wait_for_stop(home)


def wait_for_stop(home: Path) -> None:
    until = time.monotonic() + PATIENCE
    while Cluster(home).is_running() and time.monotonic() < until:
        time.sleep(0.1)
    assert not Cluster(home).is_running()


def test_a_killed_demo_leaves_no_children_and_a_killed_database_comes_back(
    demo: tuple["subprocess.Popen[str]", int], home: Path
) -> None:
    running, port = demo
    database = process.postmaster(Cluster(home).place())
    assert database is not None
    os.kill(database, signal.SIGKILL)
    # A second until somebody looks, five for those at work in it to leave; the rest is the machine.
    until = time.monotonic() + PATIENCE
    while not Cluster(home).is_running() and time.monotonic() < until:
        time.sleep(0.1)
    assert Cluster(home).is_running()
    running.kill()
    wait_for_stop(home)  # the last of its children stops it
    until = time.monotonic() + PATIENCE
    while answers(port) and time.monotonic() < until:
        time.sleep(0.1)
    assert not answers(port)


def test_a_backup_is_restored_into_a_fresh_folder_only(home: Path, tmp_path: Path) -> None:
    """S0-1: what is in the file is what was there, secrets included."""
    archive, fresh = tmp_path / "backup.tar", tmp_path / "fresh"

    def leadfarm(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
        command = [*LEADFARM, *words]
        return subprocess.run(command, env=environment(folder), capture_output=True, text=True)

    assert leadfarm(home, "migrate").returncode == 0
    assert leadfarm(home, "backup", str(archive)).returncode == 0
    assert archive.stat().st_mode & 0o077 == 0
    again = leadfarm(home, "backup", str(archive))
    assert again.returncode == 1
    assert "exists already" in again.stderr
    try:
        restored = leadfarm(fresh, "restore", str(archive))
        assert restored.returncode == 0, restored.stderr
        assert (fresh / "secrets.json").read_text() == (home / "secrets.json").read_text()
        told = leadfarm(fresh, "doctor")
        broken = [line for line in told.stdout.splitlines() if not line.startswith("ok ")]
        assert (told.returncode, broken) == (0, [])
        refused = leadfarm(fresh, "restore", str(archive))
        assert refused.returncode == 1
        assert "holds an installation already" in refused.stderr
    finally:
        Cluster(fresh).remove()


def test_a_file_that_is_no_backup_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Vera")
    command = [*LEADFARM, "restore", str(tmp_path / "letter.txt")]
    env = environment(tmp_path / "fresh")
    refused = subprocess.run(command, env=env, capture_output=True, text=True)
    assert refused.returncode == 1
    assert "cannot be read as a backup" in refused.stderr
    assert not (tmp_path / "fresh" / "secrets.json").exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert f"leadfarm {name}" in said.split("examples:")[1]
    assert "exit codes:" in said


def test_a_taken_port_is_said_plainly() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(
            LeadfarmError, match=rf"Port {port} is taken by .* \(pid {os.getpid()}\)"
        ):
            check_port("127.0.0.1", port)


@pytest.mark.parametrize("text", ["", "web", "0", "65536", "-1", "²", "9" * 5000])
def test_what_is_no_port_is_said_plainly(text: str) -> None:
    with pytest.raises(LeadfarmError, match="is not a port"):
        port_number(text)


def test_an_unwritable_data_folder_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    command = [*LEADFARM, "doctor"]
    env = environment(tmp_path / "file" / "home")
    refused = subprocess.run(command, env=env, capture_output=True, text=True)
    assert refused.returncode == 1
    assert refused.stderr.startswith("leadfarm: The data folder")
    assert "Traceback" not in refused.stderr
