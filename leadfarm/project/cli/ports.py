"""Ports: read from words, tried before anything starts, and who sits on one that is taken."""

import errno
import os
import socket
from pathlib import Path

from leadfarm.engine.errors import LeadfarmError

HIGHEST = 65_535
LISTENS = "0A"  # in /proc/net/tcp


def default_port() -> str:
    """PORT from the environment, else 8000; read as the option is, once it is needed."""
    return os.environ.get("PORT") or "8000"


def port_number(text: str) -> int:
    """The port; says what is wrong with anything else."""
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(HIGHEST))
    if not digits or not 0 < int(text) <= HIGHEST:
        raise LeadfarmError(f"{text!r} is not a port.", "A port is a number from 1 to 65535.")
    return int(text)


def check_port(host: str, port: int) -> None:
    """Raise with plain words when the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise _plain(error, host, port) from None


def sitter(port: int) -> str:
    """The program that listens on the port, as "python3 (pid 42)"; "" where we may not know."""
    sockets = {f"socket:[{inode}]" for inode in _listeners(port)}
    for entry in Path("/proc").glob("[0-9]*") if sockets else ():
        try:
            if any(os.readlink(held) in sockets for held in (entry / "fd").iterdir()):
                return f"{(entry / 'comm').read_text().strip()} (pid {entry.name})"
        except OSError:
            continue
    return ""


def _listeners(port: int) -> list[str]:
    """The inodes of the sockets that listen there."""
    found = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for words in map(str.split, lines):
            if words[3] == LISTENS and int(words[1].rpartition(":")[2], 16) == port:
                found.append(words[9])
    return found


def _plain(error: OSError, host: str, port: int) -> LeadfarmError:
    if error.errno == errno.EADDRINUSE:
        who = sitter(port) or "another program"
        return LeadfarmError(
            f"Port {port} is taken by {who}.",
            f"Stop it, or choose another port: PORT={port + 1 if port < HIGHEST else 8000}",
        )
    if error.errno == errno.EACCES:
        return LeadfarmError(f"Port {port} is for root only.", "Choose one above 1023.")
    return LeadfarmError(f"Cannot listen on {host} port {port}: {error.strerror}.")
