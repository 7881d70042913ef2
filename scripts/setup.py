"""Set up .venv from the hashed locks: `bin/setup` for running, `bin/setup --dev` for developing.

Standard library only: it runs before anything is installed. A second run that finds nothing to do
takes a fraction of a second. Writes nothing outside the checkout, unless root lets it install
Debian's python3-venv.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
STAMP = VENV / "leadfarm-setup"
ROOM_MB = 700  # what .venv takes, and a little more
APT_LINE = "apt-get install -y python3-venv python3-pip"


class Trouble(Exception):
    """What is wrong, and what to do, for a person to read."""


def main(words: list[str]) -> int:
    """Return 0 once the environment is what the locks say."""
    locks = ["requirements-dev.lock"] if "--dev" in words else ["requirements.lock"]
    wanted = {lock: fingerprint(lock) for lock in locks}
    if is_done(wanted):
        return 0
    print("Setting up .venv ...", flush=True)
    try:
        if not works(str(PYTHON), "-c", "import sys"):
            make_environment()
        for lock in locks:
            install(lock)
    except Trouble as trouble:
        print(f"setup: {trouble}", file=sys.stderr)
        return 1
    if "--dev" in words:  # the developer's lock holds the other one
        wanted["requirements.lock"] = fingerprint("requirements.lock")
    STAMP.write_text("".join(f"{lock} {print_}\n" for lock, print_ in wanted.items()))
    return 0


def fingerprint(lock: str) -> str:
    """Changes whenever the lock or the Python it is installed for does."""
    content = (CHECKOUT / lock).read_bytes() + (CHECKOUT / "requirements-setup.lock").read_bytes()
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def is_done(wanted: dict[str, str]) -> bool:
    """True when the last set-up installed just this."""
    if not STAMP.exists() or not PYTHON.exists():
        return False
    done = STAMP.read_text().splitlines()
    return all(f"{lock} {print_}" in done for lock, print_ in wanted.items())


def make_environment() -> None:
    """Make .venv with pip in it or without, whatever this Python can do."""
    remove()
    refuse_without_room()
    if works(sys.executable, "-m", "venv", str(VENV)):
        return
    remove()
    if can_do_without_ensurepip():
        return
    remove()
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("This Python lacks venv or pip: installing python3-venv ...", flush=True)
        works("apt-get", "-q", "update")
        works("apt-get", "-q", *APT_LINE.split()[1:])
        if works(sys.executable, "-m", "venv", str(VENV)):
            return
    remove()
    raise Trouble(f"this Python lacks venv or pip. Type this, then try again:\n  sudo {APT_LINE}")


def refuse_without_room() -> None:
    """Tell a full or closed disk from a Python that lacks something."""
    try:
        VENV.mkdir()
    except OSError as error:
        words = (error.strerror or "unknown error").lower()
        raise Trouble(
            f"{VENV} cannot be made: {words}. Clone into a folder you can write."
        ) from None
    free = shutil.disk_usage(VENV).free // 2**20
    if free < ROOM_MB:
        remove()
        raise Trouble(f"the disk is full: {free} MB are free, .venv needs {ROOM_MB}. Make room.")


def can_do_without_ensurepip() -> bool:
    """Debian splits Python: venv may be there without ensurepip, and pip or uv beside it."""
    outside = shutil.which("uv") or works(sys.executable, "-m", "pip", "--version")
    return bool(outside) and works(sys.executable, "-m", "venv", "--without-pip", str(VENV))


def remove() -> None:
    """Clear what a failed attempt left behind; a linked environment stays where it is."""
    if VENV.is_symlink():
        raise Trouble(".venv is a link to an environment that does not work. Remove it.")
    shutil.rmtree(VENV, ignore_errors=True)


def install(lock: str) -> None:
    """Install the lock with uv; where uv cannot be had or fails, with pip."""
    options = ["install", "--require-hashes", "-r"]
    uv = find_uv(options)
    # Where Python may not keep what it compiles, every start would compile all of it anew.
    compiled = ["--compile-bytecode"] if sys.dont_write_bytecode else []
    if uv and works(uv, "pip", *options, lock, "--python", str(PYTHON), "--quiet", *compiled):
        return
    print("uv is not to be had or did not manage: pip does it, which takes longer.", flush=True)
    if not said(*pip(), *options, lock, "--quiet"):
        raise Trouble("the packages could not be installed; what pip said stands above.")


def find_uv(options: list[str]) -> str:
    """Return uv's path: in .venv, put there now, or the machine's own; "" if there is none."""
    if not UV.exists() and not works(*pip(), *options, "requirements-setup.lock", "--quiet"):
        return shutil.which("uv") or ""
    return str(UV)


def pip() -> list[str]:
    """The pip inside .venv, or the one of the Python outside working on it."""
    if works(str(PYTHON), "-m", "pip", "--version"):
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def works(*command: str) -> bool:
    """Run quietly (LEADFARM_SETUP_LOUD shows all); True when it succeeded."""
    loud = bool(os.environ.get("LEADFARM_SETUP_LOUD"))
    return said(*command, quiet=not loud)


def said(*command: str, quiet: bool = False) -> bool:
    """Run, with caches inside the checkout; True when it succeeded."""
    cache = str(VENV / "cache")
    environment = {
        "UV_CACHE_DIR": cache,
        "PIP_CACHE_DIR": cache,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
        "DEBIAN_FRONTEND": "noninteractive",
        **os.environ,
    }
    out = subprocess.DEVNULL if quiet else None
    try:
        done = subprocess.run(  # noqa: S603 (our own commands)
            command, cwd=CHECKOUT, env=environment, stdout=out, stderr=out, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("setup: interrupted. The next try goes on from here.", file=sys.stderr)
        sys.exit(130)
    except OSError as error:
        print(f"setup: {error.strerror}: {error.filename}", file=sys.stderr)
        sys.exit(1)
