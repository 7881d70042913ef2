"""bench advance: enrolments by one message step, against bare statements (nurture's own bench)."""

from collections.abc import Iterator

from leadfarm.nurture.bench import advance
from leadfarm.project.bench.figure import Figure


def run(leads: int, base: int) -> Iterator[Figure]:
    """Move `leads` enrolments; they are their own base."""
    told = advance(leads)
    yield Figure(**{**told, "base": leads})
