"""Where Leadfarm keeps what it must not lose: the data folder, `LEADFARM_HOME`."""

import os
from pathlib import Path

# Who was erased, by numbers and keyed hashes: beside the database, never replaced by a restore.
ERASURES = "erasures.jsonl"
CHECKOUT = Path(__file__).resolve().parents[2]


def home() -> Path:
    """The data folder, absolute; it may not exist yet.

    `LEADFARM_HOME` if set; else `.leadfarm/` of the checkout the program runs from; else the
    user's own data folder.
    """
    named = os.environ.get("LEADFARM_HOME", "")
    if named:
        return Path(named).expanduser().absolute()
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / ".leadfarm"
    shared = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(shared).expanduser().absolute() / "leadfarm"


def make_folder(folder: Path, mode: int = 0o700) -> Path:
    """The folder, made with its parents where they are missing; an existing one keeps its mode."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir()
    except FileExistsError:
        return folder
    folder.chmod(mode)  # mkdir's own mode is cut by the umask
    return folder
