"""The web application of `bench capture`: the product, and beside it a bare INSERT as the floor.

Never served by the product: only the bench starts a server on this module.
"""

import os
import sys
from collections.abc import Iterable
from typing import Any

from leadfarm.project.wsgi import application as product

FLOOR = "/bench-floor"
WORKSPACE = int(os.environ.get("LEADFARM_BENCH_WORKSPACE", "0"))
LEAD = int(os.environ.get("LEADFARM_BENCH_LEAD", "0"))
ADD = """
INSERT INTO leads_touch (workspace_id, kind, by_machine, lead_id, happened_at, known_at,
                         recorded_at)
VALUES (%s, 1, false, %s, now(), now(), now())
"""


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer a POST to the floor's path by one INSERT, everything else as the product does."""
    if environ["PATH_INFO"] != FLOOR:
        return product(environ, start_response)
    # Only after the product's own module has made Django ready.
    from django.db import connection

    from leadfarm.access.walls import within

    environ["wsgi.input"].read()
    with within(WORKSPACE), connection.cursor() as cursor:
        cursor.execute(ADD, [WORKSPACE, LEAD])
    start_response("204 No Content", [])
    return [b""]


def serve(port: int) -> None:
    """Serve on this port until asked to stop, or until the bench is gone."""
    from granian import Granian
    from granian.constants import Interfaces

    from leadfarm.engine import lifeline

    lifeline.watch()
    Granian(
        f"{__package__}.door:application",
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=8,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
