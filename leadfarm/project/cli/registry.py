"""The commands, in the order a person meets them. A new one is one line here and one file."""

import importlib

from leadfarm.project.cli.command import Command

COMMANDS = {
    "init": "leadfarm.project.cli.init",
    "demo": "leadfarm.project.cli.demo",
    "serve": "leadfarm.project.cli.serve",
    "worker": "leadfarm.project.cli.worker",
    "tick": "leadfarm.project.cli.tick",
    "migrate": "leadfarm.project.cli.migrate",
    "report": "leadfarm.project.cli.report",
    "replay": "leadfarm.project.cli.replay",
    "enrich": "leadfarm.project.cli.enrich",
    "simulate": "leadfarm.project.cli.simulate",
    "doctor": "leadfarm.project.cli.doctor",
    "import": "leadfarm.project.cli.import_",
    "mail-in": "leadfarm.project.cli.mail_in",
    "bench": "leadfarm.project.cli.bench",
    "backup": "leadfarm.project.cli.backup",
    "restore": "leadfarm.project.cli.restore",
}


def load(name: str) -> Command:
    """The command of this name."""
    command = importlib.import_module(COMMANDS[name]).COMMAND
    assert isinstance(command, Command)
    return command
