"""leadfarm worker: everything that happens by itself."""

import argparse
import asyncio
import signal
import sys
import threading
import time
from types import FrameType

from leadfarm.project.cli.command import Command, count

LONGEST_PAUSE = 30.0
STOPS = (signal.SIGINT, signal.SIGTERM)


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many jobs, and of which queues."""
    parser.add_argument("--jobs", type=count, default=4, metavar="N", help="jobs at once (4)")
    parser.add_argument(
        "--queue",
        action="append",
        metavar="NAME",
        help="only this queue: programs, mail or imports; may be given again (all)",
    )
    parser.add_argument(
        "--once", action="store_true", help="stop when there is nothing left to do now"
    )


def run(options: argparse.Namespace) -> int:
    """Work until asked to stop; a database that goes away is waited for."""
    from leadfarm.project.cli.ground import keep_database, refuse_older_tables, start_django

    start_django("worker")
    refuse_older_tables()
    keep_database()
    asked, pause = threading.Event(), 1.0
    while not asked.is_set():
        began = time.monotonic()
        if _worked(options, asked):
            break
        pause = 1.0 if time.monotonic() - began > LONGEST_PAUSE else pause
        asked.wait(pause)
        pause = min(LONGEST_PAUSE, pause * 2)
    return 0


def _worked(options: argparse.Namespace, asked: threading.Event) -> bool:
    """Work; False when the database went away meanwhile."""
    import psycopg
    from django.db import OperationalError
    from procrastinate.exceptions import ConnectorException

    _listen(asked)
    try:
        asyncio.run(_work(options, asked))
    except (ConnectorException, OperationalError, psycopg.OperationalError) as error:
        if options.once:
            raise
        print(f"worker: the database went away ({type(error).__name__})", file=sys.stderr)
        return False
    except asyncio.CancelledError:
        return True
    return True


def _listen(asked: threading.Event) -> None:
    """Notice when we are asked to stop, also while nothing runs; asyncio forgets it each time."""

    def stop(number: int, frame: FrameType | None) -> None:
        asked.set()

    for kind in STOPS:
        signal.signal(kind, stop)


async def _work(options: argparse.Namespace, asked: threading.Event) -> None:
    from procrastinate.contrib.django import app

    _heed(asked)
    if asked.is_set():  # between one loop and the next
        return
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as working:
        async with working.open_async():
            await working.run_worker_async(
                queues=options.queue,
                concurrency=options.jobs,
                wait=not options.once,
                delete_jobs="successful",
                # After this a job is cut off: it is repeatable, and its rows are the truth.
                shutdown_graceful_timeout=10,
                install_signal_handlers=False,
            )


def _heed(asked: threading.Event) -> None:
    """Cancel the running task when we are asked to stop: it ends its jobs and takes no more."""
    me = asyncio.current_task()
    assert me is not None

    def stop() -> None:
        asked.set()
        me.cancel()

    for kind in STOPS:
        asyncio.get_running_loop().add_signal_handler(kind, stop)


COMMAND = Command(
    summary="run what happens by itself",
    description="Advance programs, send mail, run imports, watch promises. Any number of workers"
    " may run\nat once; each piece of work is done by one of them. Starts the embedded database"
    " when\nDATABASE_URL is not set.",
    examples=("leadfarm worker", "leadfarm worker --jobs 8", "leadfarm worker --once"),
    run=run,
    arguments=arguments,
    environment=(("LEADFARM_URL", "the public address, for links in mails"),),
    runs_until_stopped=True,
)
