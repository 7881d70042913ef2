"""`python -m leadfarm.project.cli.manual` prints docs/commands.md, from the parsers themselves."""

import argparse
import sys

from leadfarm.project.cli.command import Command, Parser
from leadfarm.project.cli.registry import COMMANDS, load

HEAD = """# Commands

`leadfarm COMMAND` is `.venv/bin/python -m leadfarm COMMAND` in a checkout. Written by
`python -m leadfarm.project.cli.manual > docs/commands.md`; a test compares it with the parsers.
What is wrong is said on standard error: what, and what to do. Results go to standard output.
"""


def text() -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *(_section(name, load(name)) for name in COMMANDS)])


def _section(name: str, command: Command) -> str:
    parser = Parser(prog=f"leadfarm {name}", add_help=False)
    command.arguments(parser)
    described = " ".join(command.description.split())
    lines = [f"## {name}", "", described, "", "```", *command.examples, "```", ""]
    if parser._actions:
        rows = [f"| `{_spelled(one)}` | {_meaning(one)} |" for one in parser._actions]
        lines += ["| argument | meaning (default) |", "| --- | --- |", *rows, ""]
    codes = [f"{code} {meaning}" for code, meaning in command.all_codes().items()]
    variables = [f"`{name}` {meaning}" for name, meaning in command.all_environment().items()]
    lines += [
        "Exit codes: " + "; ".join(codes) + ".",
        "",
        "Reads: " + "; ".join(variables) + ".",
        "",
    ]
    return "\n".join(lines)


def _spelled(one: argparse.Action) -> str:
    if not one.option_strings:
        name = str(one.metavar or one.dest)
        return f"[{name}]" if one.nargs == "?" else name
    if one.nargs == 0:
        return one.option_strings[-1]
    values = "{" + ",".join(map(str, one.choices)) + "}" if one.choices else ""
    return f"{one.option_strings[-1]} {one.metavar or values or one.dest.upper()}"


def _meaning(one: argparse.Action) -> str:
    return (one.help or "") + (" (required)" if one.required and one.option_strings else "")


if __name__ == "__main__":
    sys.stdout.write(text())
