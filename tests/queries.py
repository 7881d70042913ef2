"""How many statements a page takes: the same for one row as for many."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, address: str) -> list[str]:
    """Return the statements that reading the page takes."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, f"{address} answered {answer.status_code}"
    return [query["sql"] for query in captured.captured_queries]


def assert_constant_queries(client: Client, address: str, grow: Callable[[], object]) -> None:
    """Fail when the page takes more statements after `grow` has made more of what it lists."""
    queries_of(client, address)  # what is cached for good is cached now
    before = queries_of(client, address)
    grow()
    after = queries_of(client, address)
    more = [statement for statement in after if statement not in before]
    assert len(after) <= len(before), (
        f"{address} took {len(before)} statements, then {len(after)}. New ones:\n"
        + "\n".join(statement[:200] for statement in more)
    )
