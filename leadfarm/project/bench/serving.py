"""A server the bench talks to: started as a process of its own, waited for, stopped at the end."""

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from leadfarm.engine import lifeline
from leadfarm.engine.errors import LeadfarmError

START_SECONDS = 60


@contextmanager
def serving(
    module: str, environment: Mapping[str, str], ask: Callable[[int], object]
) -> Iterator[int]:
    """Run `module` of this folder on a free port; give the port once `ask` of it succeeds."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    command = [sys.executable, "-m", f"{__package__}.{module}", str(port)]
    server, line = lifeline.spawn(command, environment)
    try:
        _wait(lambda: ask(port))
        yield port
    finally:
        server.terminate()
        server.wait(20)
        os.close(line)


def _wait(ask: Callable[[], object]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            ask()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise LeadfarmError(f"A server of the bench did not answer within {START_SECONDS} s.")
