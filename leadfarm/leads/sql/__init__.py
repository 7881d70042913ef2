"""The statements of this room, each in a file of its own name."""

from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def statement(name: str) -> str:
    """Return the statement of this name; its parameters are named (%(workspace)s)."""
    return (HERE / f"{name}.sql").read_text()
