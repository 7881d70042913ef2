"""leadfarm serve: the web server."""

import argparse
import os

from leadfarm.project.cli.command import Command, count
from leadfarm.project.cli.ports import check_port, default_port, port_number


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and with how many hands."""
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="address to listen on (127.0.0.1)"
    )
    parser.add_argument(
        "--port",
        type=port_number,
        default=default_port(),
        metavar="N",
        help="TCP port, 1 to 65535 (PORT, or 8000)",
    )
    parser.add_argument(
        "--processes",
        type=count,
        default=1,
        metavar="N",
        help="web processes, about one per core (1)",
    )
    parser.add_argument(
        "--threads", type=count, default=8, metavar="N", help="requests at once per process (8)"
    )


def run(options: argparse.Namespace) -> int:
    """Serve until asked to stop."""
    check_port(options.host, options.port)
    _stand_on_ground()
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "leadfarm.project.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.processes,
        blocking_threads=options.threads,
        respawn_failed_workers=True,
        log_enabled=os.environ.get("LEADFARM_QUIET") != "1",
    ).serve()
    return 0


def _stand_on_ground() -> None:
    from leadfarm.project.cli import ground

    if os.environ.get("LEADFARM_CHECKED") == "1":  # by the demo, a moment ago
        ground.start_database()
        os.environ["LEADFARM_ROLE"] = "web"
    else:
        ground.start_django("web")
        ground.refuse_older_tables()
    ground.keep_database()


COMMAND = Command(
    summary="run the web server",
    description="Serve Leadfarm's pages, its API and its forms. Any number of these may run at"
    " once.\nStarts the embedded database when DATABASE_URL is not set.",
    examples=(
        "leadfarm serve",
        "leadfarm serve --host 0.0.0.0 --port 80 --processes 4",
        "DATABASE_URL=postgresql://owner:secret@db/leadfarm leadfarm serve",
    ),
    run=run,
    arguments=arguments,
    environment=(
        ("PORT", "the port, where --port is not given (8000)"),
        ("LEADFARM_URL", "the public address, with https behind a proxy"),
        ("LEADFARM_HOSTS", "host names it answers to, separated by commas (this machine's own)"),
        ("LEADFARM_SESSION_DAYS", "days after which everybody signs in anew (14)"),
        ("LEADFARM_IMPORT_LIMIT_MB", "the largest file an import takes, in MB (100)"),
        (
            "LEADFARM_SMTP_HOST, _PORT, _USER, _PASSWORD, _TLS, LEADFARM_MAIL_FROM",
            "the server for invitations and passwords (none: links to copy)",
        ),
    ),
    runs_until_stopped=True,
)
