"""What the server is told: its memory, its door, how much it may forget."""

import os
from pathlib import Path

from leadfarm.engine.postgres.place import Place

MEGABYTE = 1024 * 1024
SHARED_BUFFERS_MB = 256
SMALLEST_BUFFERS_MB = 32
ROOMY_SHM = 256 * MEGABYTE

DOOR_RULES = """\
# type  database  user  address       method
local   all       all                 scram-sha-256
host    all       all   127.0.0.1/32  scram-sha-256
"""


def write(place: Place, *, durable: bool) -> None:
    """Write the configuration anew; it lies beside the data, where the server cannot change it."""
    lines = [f"{name} = '{value}'" for name, value in settings(place, durable=durable).items()]
    _replace(place.folder / "postgresql.conf", "\n".join(lines) + "\n")
    _replace(place.folder / "pg_hba.conf", DOOR_RULES)


def settings(place: Place, *, durable: bool) -> dict[str, str | int]:
    """The server's settings; `durable=False` is for tests, whose data nobody misses."""
    kept = "on" if durable else "off"
    return {
        **_memory(),
        "hba_file": _quoted(place.folder / "pg_hba.conf"),
        "listen_addresses": "" if place.socket else "127.0.0.1",
        "unix_socket_directories": _quoted(place.socket) if place.socket else "",
        "port": place.port,
        "max_connections": 100,
        "password_encryption": "scram-sha-256",
        "random_page_cost": "1.1",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "wal_compression": "off",
        "autovacuum_naptime": "10s",  # a new installation's plans need statistics soon
        "jit": "off",  # our statements are short: compiling them costs more than it saves
        "fsync": kept,
        "synchronous_commit": kept,
        "full_page_writes": kept,
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",  # we read them to say what is wrong
        "log_line_prefix": "%m [%p] %q%u ",
    }


def _memory() -> dict[str, str | int]:
    """An eighth of the machine at most: others live on it too."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // MEGABYTE
    buffers = max(SMALLEST_BUFFERS_MB, min(SHARED_BUFFERS_MB, memory // 8))
    return {
        "shared_buffers": f"{buffers}MB",
        "effective_cache_size": f"{max(buffers, memory // 2)}MB",
        "maintenance_work_mem": f"{buffers // 2}MB",
        "work_mem": "16MB",
        "dynamic_shared_memory_type": _shared_memory_kind(),
    }


def _shared_memory_kind() -> str:
    """Containers often get 64 MB of /dev/shm, too little for parallel queries."""
    try:
        status = os.statvfs("/dev/shm")  # noqa: S108 (only asked how large it is)
    except OSError:
        return "mmap"
    return "posix" if status.f_frsize * status.f_blocks >= ROOMY_SHM else "mmap"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text)
    draft.chmod(0o644)
    draft.replace(path)
