"""leadfarm worker: everything that happens by itself."""

import argparse
import asyncio
import sys
import time

from leadfarm.project.cli.command import Command

LONGEST_PAUSE = 30.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many jobs, and of which queues."""
    parser.add_argument("--jobs", type=int, default=4, help="jobs at once (4)")
    parser.add_argument(
        "--queue", action="append", metavar="NAME", help="only this queue; may be given again (all)"
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
    import psycopg
    from django.db import OperationalError
    from procrastinate.exceptions import ConnectorException

    pause = 1.0
    while True:
        began = time.monotonic()
        try:
            asyncio.run(_work(options))
        except (ConnectorException, OperationalError, psycopg.OperationalError) as error:
            if options.once:
                raise
            print(f"worker: the database went away ({type(error).__name__})", file=sys.stderr)
            pause = 1.0 if time.monotonic() - began > LONGEST_PAUSE else pause
            time.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)
        else:
            return 0


async def _work(options: argparse.Namespace) -> None:
    from procrastinate.contrib.django import app

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
            )


COMMAND = Command(
    summary="run what happens by itself",
    description="Advance programs, send mail, run imports, watch promises. Any number of workers"
    " may run\nat once; each piece of work is done by one of them. Starts the embedded database"
    " when\nDATABASE_URL is not set.",
    examples=("leadfarm worker", "leadfarm worker --jobs 8", "leadfarm worker --once"),
    run=run,
    arguments=arguments,
)
