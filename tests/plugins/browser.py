"""A real Chromium on a real web server: fixtures `site` and `browser`, mark `browser`."""

import importlib.util
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# One waits long only where something is wrong: the machine may have much else to do.
PATIENCE = 120
PATIENCE_MS = PATIENCE * 1000
CHECKOUT = Path(__file__).resolve().parents[2]
# Playwright's synchronous interface runs an event loop in the test's thread; Django would take our
# plain queries there for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def _chromium() -> Any:
    """The script that `make test` finds the browser with."""
    spec = importlib.util.spec_from_file_location("chromium", CHECKOUT / "scripts" / "chromium.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHROMIUM = _chromium()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip browser tests where there is no browser; in CI that is a failure."""
    if item.get_closest_marker("browser") and not CHROMIUM.find():
        if os.environ.get("CI"):
            pytest.fail("CI has no Chromium", pytrace=False)
        pytest.skip(CHROMIUM.MISSING)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say once why browser tests were skipped."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(CHROMIUM.MISSING in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(CHROMIUM.MISSING)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One Chromium for all tests of this process; each test opens a context of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM.find(),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        running.on("context", lambda context: context.set_default_timeout(PATIENCE_MS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def site(database: str) -> Iterator[str]:
    """The address of a web server on this process's database, run as `leadfarm serve` does."""
    from leadfarm.engine import lifeline

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "leadfarm", "serve", "--port", str(port)]
    server, line = lifeline.spawn(command, {"LEADFARM_QUIET": "1", "LEADFARM_GALLERY": "1"})
    try:
        _wait_for(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)
        os.close(line)


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=30):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError(f"{address} does not answer")
