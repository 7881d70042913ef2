"""Long lists as PostgreSQL arrays: the driver takes long over each item of a list."""

import re
from collections.abc import Iterable

# What would end an item, or begin an escape.
special = re.compile(r'["\\]').search
ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\"})


def numbers(items: Iterable[int | None]) -> str:
    """Return numbers as one array, to be cast to bigint[] where its place tells no type."""
    return "{" + ",".join(map(str, items)).replace("None", "NULL") + "}"


def texts(items: Iterable[str]) -> str:
    """Return texts as one array, to be cast to text[] where its place tells no type."""
    words = list(items)
    if special("".join(words)):
        words = [one.translate(ESCAPES) for one in words]
    return '{"' + '","'.join(words) + '"}' if words else "{}"
