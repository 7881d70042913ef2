"""Both records held at once, without standing in each other's way."""

import time

from django.db import OperationalError, transaction

from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.merging.following import Record

TRIES = 60
PAUSE = 0.05  # seconds


def held(kind: type[Record], workspace_id: int, ids: list[int]) -> dict[int, Record]:
    """Return the records by number, locked until the end of the transaction.

    A capture holds the address it came to and then asks for the survivor, in any order of numbers.
    So nothing is waited for here while something is held: either both are free, or none is taken.
    LeadfarmError when they are busy for three seconds.
    """
    rows = kind.objects.of(workspace_id).filter(id__in=ids).order_by("id")
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                # Not FOR UPDATE: rows that point here are written meanwhile.
                return {row.pk: row for row in rows.select_for_update(nowait=True, no_key=True)}
        except OperationalError:
            time.sleep(PAUSE)
    raise LeadfarmError("Somebody is writing to one of the two.", "Try again in a moment.")
