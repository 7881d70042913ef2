"""Processes that work as the worker, for tests that kill them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def started(*command: str) -> Iterator[subprocess.Popen[str]]:
    """Start a process that works as the worker; it ends with the block."""
    settings = {"LEADFARM_ROLE": "worker", "DJANGO_SETTINGS_MODULE": "leadfarm.project.settings"}
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **settings},
        cwd=Path(__file__).resolve().parents[2],
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
