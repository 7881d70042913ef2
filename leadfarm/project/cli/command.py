"""What a command of the command line consists of."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

USUAL_CODES = {
    0: "done",
    1: "it could not be done; what is wrong and what to do is said on standard error",
    2: "the command line was not understood",
}


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """For commands that take none."""


@dataclass(frozen=True)
class Command:
    """One command: its help, its options, and the function that runs it.

    `run` gets the parsed options and returns the exit code. Django and everything heavy is imported
    inside it, so that help is instant.
    """

    summary: str
    description: str
    examples: tuple[str, ...]
    run: Callable[[argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None] = no_arguments
    exit_codes: tuple[tuple[int, str], ...] = ()

    def epilog(self) -> str:
        """Examples and exit codes, as they stand at the end of --help."""
        codes = USUAL_CODES | dict(self.exit_codes)
        lines = ["examples:", *(f"  {example}" for example in self.examples), "", "exit codes:"]
        return "\n".join(lines + [f"  {code}  {meaning}" for code, meaning in codes.items()])
