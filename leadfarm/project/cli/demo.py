"""leadfarm demo: a company to look at, one command after cloning."""

import argparse
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType

from leadfarm.engine import lifeline
from leadfarm.engine.errors import LeadfarmError
from leadfarm.project.cli.command import Command
from leadfarm.project.cli.ports import check_port, default_port, port_number

HOST = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 15
DEMO = "demo"


class Asked(Exception):
    """Somebody pressed Ctrl-C or asked us to stop."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument(
        "--port",
        type=port_number,
        default=default_port(),
        metavar="N",
        help="TCP port, 1 to 65535 (PORT, or 8000)",
    )


def run(options: argparse.Namespace) -> int:
    """Prepare the demo, run web and worker, stop them on Ctrl-C."""
    from leadfarm.project.cli.ground import start_database

    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, _ask_to_stop)
    check_port(HOST, options.port)
    try:
        start_database()
        _prepare()
        _run_children(options.port)
    except Asked:
        return 0
    finally:
        for kind in (signal.SIGINT, signal.SIGTERM):
            signal.signal(kind, signal.SIG_IGN)
    return 0


def _prepare() -> None:
    """In a process of its own: migrating needs the owner's rights, which nobody keeps."""
    from leadfarm.engine.home import home

    _call("-m", "leadfarm", "migrate")
    # The company is made once. Its mark lies beside the database it was made in.
    if os.environ.get("DATABASE_URL") or not (home() / "demo.ready").exists():
        _call("-m", "leadfarm.simulation.demo")


def _call(*words: str) -> None:
    child, line = lifeline.spawn([sys.executable, *words], {}, quiet=True)
    try:
        code = child.wait()
    except Asked:
        _stop([child])
        raise
    finally:
        os.close(line)
    if code:
        raise LeadfarmError("The demo could not be prepared.", "What is wrong stands above.")


def _run_children(port: int) -> None:
    me = [sys.executable, "-m", "leadfarm"]
    said = {"LEADFARM_QUIET": "1", "LEADFARM_CHECKED": "1"}
    kinds = {
        "web server": [*me, "serve", "--port", str(port)],
        "worker": [*me, "worker"],
    }
    children, lines = {}, []
    grower: subprocess.Popen[bytes] | None = None
    try:
        for name, command in kinds.items():
            children[name], line = lifeline.spawn(command, said)
            lines.append(line)
        _wait_until_ready(children, port)
        print(f"Leadfarm is ready at http://{HOST}:{port}", flush=True)
        grower, line = lifeline.spawn([*me, "simulate", "--workspace", DEMO, "--resume"], said)
        while True:
            _check(children)
            time.sleep(0.5)
    finally:
        _stop([*children.values(), *([grower] if grower else [])])


def _wait_until_ready(children: dict[str, "subprocess.Popen[bytes]"], port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        _check(children)
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise LeadfarmError(
        f"The web server did not answer within {START_SECONDS} s.", "Is the machine very busy?"
    )


def _check(children: dict[str, "subprocess.Popen[bytes]"]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise LeadfarmError(
                f"The {name} has stopped (exit code {child.returncode}).",
                "What it said stands above. The demo stops too; start it again.",
            )


def _stop(children: list["subprocess.Popen[bytes]"]) -> None:
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, signal.SIG_IGN)
    for child in children:
        child.terminate()
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _ask_to_stop(number: int, frame: FrameType | None) -> None:
    raise Asked


COMMAND = Command(
    summary="a believable company to look at",
    description="Start the embedded database, make a demo company unless there is one, run web"
    " server and\nworker, and print the address. Runs until Ctrl-C. The data stays in"
    " LEADFARM_HOME\n(.leadfarm/ of the checkout unless set), so the next start is quick.",
    examples=(
        "leadfarm demo",
        "PORT=8080 LEADFARM_HOME=/tmp/demo leadfarm demo",
    ),
    run=run,
    arguments=arguments,
    environment=(
        ("PORT", "the port, where --port is not given (8000)"),
        ("LEADFARM_DEMO_LEADS", "leads whose year is lived, some before the first look (250)"),
    ),
    runs_until_stopped=True,
)
