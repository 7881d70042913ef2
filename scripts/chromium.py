"""The browser of the tests: find an installed Chromium, or get one; one line says if neither.

As root from Debian's packages; else Playwright's own, within 30 seconds, kept in .venv/browsers,
and never in CI, where a missing browser is a fault of the machine.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = Path(__file__).resolve().parent.parent / ".venv" / "browsers"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-liberation")
SECONDS = 30
MISSING = (
    "No Chromium here: browser tests are skipped. Install one (apt install chromium) to run them."
)


def find() -> str:
    """The path of a Chromium; "" when there is none."""
    named = os.environ.get("CHROMIUM", "")
    for name in (named, *NAMES):
        if name and shutil.which(name):
            return str(shutil.which(name))
    own = sorted(BROWSERS.glob("chromium-*/chrome-linux*/chrome"))
    own += sorted(BROWSERS.glob("chromium-*/chrome-mac*/*.app/Contents/MacOS/*"))
    return str(own[-1]) if own else ""


def get() -> None:
    """Try to install one; silent about how it went, `find` tells."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium for the browser tests ...", flush=True)
        _run(["apt-get", "-q", "update"], 120)
        _run(["apt-get", "-q", "install", "-y", "--no-install-recommends", *PACKAGES], 300)
    elif not os.environ.get("CI"):
        print("Fetching Chromium for the browser tests ...", flush=True)
        _run([sys.executable, "-m", "playwright", "install", "chromium"], SECONDS)


def _run(command: list[str], seconds: int) -> None:
    environment = {
        **os.environ,
        "DEBIAN_FRONTEND": "noninteractive",
        "PLAYWRIGHT_BROWSERS_PATH": str(BROWSERS),
    }
    try:
        subprocess.run(  # noqa: S603 (our own commands)
            command,
            env=environment,
            timeout=seconds,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return


if __name__ == "__main__":
    if not find():
        get()
    if not find():
        print(MISSING)
