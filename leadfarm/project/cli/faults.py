"""Faults of the machine, in plain words: a full disk, a missing file, a lost database."""

import errno
import sys

from leadfarm.engine.errors import LeadfarmError

FULL = LeadfarmError("The disk is full.", "Make room and try again; nothing is half-done.")


def explain(error: Exception) -> LeadfarmError | None:
    """Return what to say about it; None for what is a fault of the program."""
    if isinstance(error, OSError):
        return _of_the_system(error)
    driver = sys.modules.get("psycopg")
    cause = error.__cause__ if driver and not isinstance(error, driver.Error) else error
    if driver is None or not isinstance(cause, driver.OperationalError):
        return None
    words = (str(cause).strip().splitlines() or ["it said nothing"])[0]
    if "No space left" in words:
        return FULL
    return LeadfarmError(f"The database went away: {words}.", "Is it running? Try again.")


def _of_the_system(error: OSError) -> LeadfarmError | None:
    if error.errno == errno.ENOSPC:
        return FULL
    if error.strerror is None or error.filename is None:
        return None
    return LeadfarmError(f"{error.filename}: {error.strerror.lower()}.")
