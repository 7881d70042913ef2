"""The command line: one file per command, named in the registry."""

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from types import FrameType

from leadfarm.engine import lifeline
from leadfarm.engine.errors import LeadfarmError
from leadfarm.project.cli import faults
from leadfarm.project.cli.command import INTERRUPTED, TERMINATED, Command, Parser
from leadfarm.project.cli.registry import COMMANDS, load


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what is wrong is said without a trace."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    lifeline.watch()
    signal.signal(signal.SIGTERM, _stop)
    try:
        options = parser(words).parse_args(words)
        return int(options.run(options))
    except LeadfarmError as error:
        return _said(error.message, error.what_to_do)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # somebody piped us into `head`
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        plain = faults.explain(error)
        if plain is None:
            raise
        return _said(plain.message, plain.what_to_do)


def parser(words: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The whole command line; only the command asked for is loaded, unless none is."""
    top = Parser(
        prog="leadfarm",
        description="From raw lead to order, on one shared record.",
        epilog="leadfarm COMMAND --help explains a command, with examples.",
        allow_abbrev=False,
    )
    kinds = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    asked = [word for word in words[:1] if word in COMMANDS]
    for name in asked or COMMANDS:
        _add(kinds.add_parser, name, load(name))
    return top


def _add(add_parser: Callable[..., argparse.ArgumentParser], name: str, command: Command) -> None:
    made = add_parser(
        name,
        help=command.summary,
        description=command.description,
        epilog=command.epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.arguments(made)
    made.set_defaults(run=command.run)


def _stop(number: int, frame: FrameType | None) -> None:
    """End in order when asked to: what was begun is undone, the database let go."""
    raise SystemExit(TERMINATED)


def _said(message: str, what_to_do: str) -> int:
    print(f"leadfarm: {message}", file=sys.stderr)
    if what_to_do:
        print(f"  {what_to_do}", file=sys.stderr)
    return 1
