"""leadfarm mail-in: one message from standard input, as mail servers pipe it."""

import argparse
import logging
import os
import sys
from datetime import UTC, datetime

from leadfarm.project.cli.command import Command

LARGEST = 25_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which workspace."""
    parser.add_argument(
        "--workspace", required=True, metavar="SLUG", help="into which workspace, as in /w/SLUG/"
    )


def run(options: argparse.Namespace) -> int:
    """Take the message in and return a code of sysexits, by which the mail server decides."""
    raw = sys.stdin.buffer.read(LARGEST)
    if not raw.strip():
        print("There is no message on standard input.", file=sys.stderr)
        return os.EX_DATAERR
    try:
        return _take(options.workspace, raw)
    except Exception as wrong:  # whatever it is: the mail server keeps the message and tries again
        logging.getLogger(__name__).debug("mail-in failed", exc_info=True)
        print(f"Not taken in now: {str(wrong)[:200]}", file=sys.stderr)
        return os.EX_TEMPFAIL


def _take(slug: str, raw: bytes) -> int:
    from leadfarm.project.cli.ground import refuse_older_tables, start_django

    start_django("worker")
    refuse_older_tables()
    from leadfarm.access.models import Workspace
    from leadfarm.intake.codes import ReceiptState
    from leadfarm.intake.mail.receiving import receive_mail

    workspace = Workspace.objects.filter(slug=slug).first()
    if workspace is None:
        print(f"There is no workspace {slug!r}.", file=sys.stderr)
        return os.EX_NOUSER
    received = receive_mail(workspace, raw, now=datetime.now(UTC))
    state = "known already" if received.is_repeat else ReceiptState(received.receipt.state).slug
    print(f"receipt {received.receipt.pk}: {state}")
    return os.EX_OK


COMMAND = Command(
    summary="take in one mail from standard input",
    description="Read one message (RFC 5322) from standard input and take it in: it becomes a touch"
    " on the\nlead that it answers or whose contact wrote it, or a new inquiry. The same message"
    " again leaves\nnothing. Exit codes are those of sysexits, by which a mail server decides.",
    examples=(
        "leadfarm mail-in --workspace demo < message.eml",
        'in /etc/aliases: leads: "|leadfarm mail-in --workspace demo"',
    ),
    run=run,
    arguments=arguments,
    exit_codes=(
        (os.EX_OK, "taken in, or known already"),
        (os.EX_DATAERR, "there is no message on standard input"),
        (os.EX_NOUSER, "there is no such workspace"),
        (os.EX_TEMPFAIL, "not now: the mail server keeps the message and tries again"),
    ),
    never=frozenset({1}),
)
