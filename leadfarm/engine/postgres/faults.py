"""What the server's log means, in plain words."""

from pathlib import Path

from leadfarm.engine.errors import LeadfarmError

MEANINGS = (
    ("No space left on device", "The disk is full.", "Make room under {folder} and try again."),
    ("Disk quota exceeded", "The disk quota is used up.", "Make room under {folder}, try again."),
    (
        "Address already in use",
        "The database's port is taken by another program.",
        "Stop that program and try again.",
    ),
    (
        "Read-only file system",
        "The disk can only be read.",
        "Set LEADFARM_HOME to a folder that can be written.",
    ),
    (
        "Permission denied",
        "The database server may not read or write its own folder.",
        "Give {folder} back to the user who runs the server.",
    ),
    (
        "could not map anonymous shared memory",
        "There is too little memory for the database.",
        "Close other programs and try again.",
    ),
    (
        "database files are incompatible with server",
        "The data was written by another version of PostgreSQL.",
        "Restore a backup, or install that version.",
    ),
)


def explain(said: str, *, folder: Path, doing: str, log: Path | None = None) -> LeadfarmError:
    """The error to raise for what the server said while `doing` something in `folder`."""
    for sign, message, what_to_do in MEANINGS:
        if sign in said:
            return LeadfarmError(message, what_to_do.format(folder=folder))
    last = [line.strip() for line in said.splitlines() if line.strip()][-3:]
    words = " / ".join(last) or "it said nothing"
    where = f"Its log is {log}." if log else "Nothing was kept; try again once this is put right."
    return LeadfarmError(f"PostgreSQL could not {doing}: {words}.", where)
