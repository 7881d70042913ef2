"""What a command of the command line consists of, and the words its arguments are read with."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NoReturn

USUAL_CODES = {
    0: "done",
    1: "it could not be done; what is wrong and what to do is said on standard error",
    2: "the command line was not understood; nothing was done",
}
INTERRUPTED, TERMINATED = 130, 143
ENDED = {INTERRUPTED: "interrupted by Ctrl-C", TERMINATED: "asked to stop by SIGTERM"}
USUAL_ENVIRONMENT = {
    "LEADFARM_HOME": "the data folder (.leadfarm/ of the checkout)",
    "DATABASE_URL": "a PostgreSQL of your own, postgresql://owner:secret@host:5432/leadfarm"
    " (the embedded one)",
}
TIME_FORM = "ISO 8601, UTC unless it names a zone: 2026-03-02T10:00 or 2026-03-02T10:00+01:00"


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """For commands that take none."""


@dataclass(frozen=True)
class Command:
    """One command: its help, its options, and the function that runs it.

    `run` gets the parsed options and returns the exit code. Django and everything heavy is imported
    inside it, so that help is instant. `environment` names the variables it reads besides the usual
    ones, `never` the usual exit codes that this one does not return.
    """

    summary: str
    description: str
    examples: tuple[str, ...]
    run: Callable[[argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None] = no_arguments
    exit_codes: tuple[tuple[int, str], ...] = ()
    never: frozenset[int] = frozenset()
    environment: tuple[tuple[str, str], ...] = ()
    runs_until_stopped: bool = False

    def all_codes(self) -> dict[int, str]:
        """Return what each exit code means."""
        ended = {} if self.runs_until_stopped else ENDED
        codes = {**USUAL_CODES, **dict(self.exit_codes), **ended}
        return {code: codes[code] for code in sorted(codes.keys() - self.never)}

    def all_environment(self) -> dict[str, str]:
        """Return the variables it reads."""
        return {**USUAL_ENVIRONMENT, **dict(self.environment)}

    def epilog(self) -> str:
        """Examples, exit codes and variables, as they stand at the end of --help."""
        lines = ["examples:", *(f"  {example}" for example in self.examples), "", "exit codes:"]
        lines += [f"  {code:<3}  {meaning}" for code, meaning in self.all_codes().items()]
        lines += ["", "environment:"]
        lines += [f"  {name}\n      {meaning}" for name, meaning in self.all_environment().items()]
        return "\n".join(lines)


class Parser(argparse.ArgumentParser):
    """Says in one line what it did not understand; abbreviations of options are not options."""

    def error(self, message: str) -> NoReturn:
        """End with code 2."""
        self.exit(2, f"{self.prog}: {message}. See: {self.prog} --help\n")


def count(text: str) -> int:
    """Return a whole number of at least 1."""
    return _number(text, 1)


def count_or_none(text: str) -> int:
    """Return a whole number of at least 0."""
    return _number(text, 0)


def moment(text: str) -> datetime:
    """Return a time, in UTC where it names no zone."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write {TIME_FORM}") from None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def day(text: str) -> str:
    """Return a day as it was written, 2026-03-02, once it is sure that it is one."""
    try:
        told = date.fromisoformat(text)
    except ValueError:
        told = None
    if told is None or not 1900 <= told.year < 3000:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it like 2026-03-02")
    return told.isoformat()


def _number(text: str, least: int) -> int:
    digits = text.replace("_", "").replace(",", "")
    if not (digits.isascii() and digits.isdigit()) or not least <= int(digits) <= 10**9:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} to 10^9")
    return int(digits)
