"""Every command says all an engineer needs, in --help and in docs/commands.md (issue: S0-1)."""

import argparse
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from leadfarm.engine.errors import LeadfarmError
from leadfarm.project import cli
from leadfarm.project.cli import main, manual
from leadfarm.project.cli.command import Parser
from leadfarm.project.cli.registry import COMMANDS, load

DOCS = Path(__file__).parents[2] / "docs"
EVERY = (
    "init demo serve worker import simulate tick mail-in replay enrich report doctor bench backup"
    " restore migrate"
)


def test_the_manual_is_what_the_parsers_say() -> None:
    again = "Run: .venv/bin/python -m leadfarm.project.cli.manual > docs/commands.md"
    assert (DOCS / "commands.md").read_text() == manual.text(), again


def test_all_commands_are_there() -> None:
    assert set(COMMANDS) == set(EVERY.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_each_argument_is_explained_with_its_default(name: str) -> None:
    command = load(name)
    parser = Parser(add_help=False)
    command.arguments(parser)
    for one in parser._actions:
        assert one.help, one.dest
        takes_a_value = one.option_strings and one.nargs != 0
        has_default = one.default not in (None, [], "") and takes_a_value
        assert not has_default or "(" in one.help, f"{one.dest}: say the default in brackets"
    assert {0, 1, 2} - command.never <= set(command.all_codes())
    assert "LEADFARM_HOME" in command.epilog()


@pytest.mark.parametrize(
    "words",
    [
        "",
        "nothing",
        "--nothing",
        "serve --threads 0",
        "serve --processes many",
        "worker --jobs -1",
        "worker extra",
        "report",
        "report sources --workspace x --from 2026-02-30",
        "report sources --workspace x --until 9999-99-99",
        "report sources --work x",
        "simulate --workspace x --leads -5",
        "simulate --workspace x --until tomorrow",
        "simulate --workspace x --seed one",
        "tick --now yesterday",
        "bench nothing",
        "bench import --leads 99999999999999999999",
        "import file.csv",
        "import file.csv --workspace x --kind spend",
        "import --workspace x --undo first",
        "backup",
        "restore one two",
    ],
)
def test_a_wrong_line_is_one_clear_line_and_code_2(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(words.split())
    said = capsys.readouterr()
    assert left.value.code == 2
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("leadfarm")
    assert "--help" in said.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("serve --port 0", "'0' is not a port."),
        ("demo --port 99999", "'99999' is not a port."),
        ("simulate --workspace x --months 99", "99 months are too many."),
        ("init --workspace lonely", "--workspace and --email go together."),
        ("import --workspace x", "Name a file to import."),
    ],
)
def test_what_cannot_be_is_said_with_what_to_do_and_code_1(
    words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words.split()) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0] == f"leadfarm: {said}"
    assert len(told) == 2


@pytest.mark.parametrize(
    "fault",
    [
        OSError(28, "No space left on device"),
        FileNotFoundError(2, "No such file or directory", "/no/such/place"),
        PermissionError(13, "Permission denied", "/root/errors.csv"),
    ],
)
def test_a_fault_of_the_machine_is_no_trace(
    fault: OSError, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(options: argparse.Namespace) -> int:
        raise fault

    monkeypatch.setattr(cli, "load", lambda name: replace(load(name), run=fails))
    assert main(["doctor"]) == 1
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "url",
    ["mysql://a@b/c", "postgresql://host", "postgresql://u:p@host:port/db", "leadfarm", "http://["],
)
def test_an_address_that_is_no_database_is_said_plainly(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leadfarm.engine.database import databases

    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(LeadfarmError, match="DATABASE_URL is no address"):
        databases()


def test_help_is_instant_because_nothing_heavy_is_loaded() -> None:
    """The whole list of commands without Django, without a database."""
    ask = "import sys; from leadfarm.project.cli import parser; parser([]); "
    ask += "sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", ask], check=False).returncode == 0


def test_mail_in_names_the_codes_a_mail_server_gets_and_no_other() -> None:
    assert set(load("mail-in").all_codes()) == {0, 2, 65, 67, 75, 130, 143}
    assert load("enrich").all_codes()[1].startswith("it could not be done")
