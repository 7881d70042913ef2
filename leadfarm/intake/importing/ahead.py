"""The chunks of a file: while one is written, another hand reads and decides the next."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import IntegrityError, OperationalError

from leadfarm.engine.database import another_hand
from leadfarm.intake.importing.deciding import Decided, decide
from leadfarm.intake.importing.flight import GROUND, Flight
from leadfarm.intake.importing.job import Job
from leadfarm.intake.importing.prepared import Prepared, prepare
from leadfarm.intake.importing.preparing import Preparing
from leadfarm.intake.importing.writing import OutdatedError, Writer
from leadfarm.intake.reading import Table
from leadfarm.leads.routing import PlacesTaken

TRIES = 5
# Somebody wrote the same people, or gave leads to the same colleagues, at the same time.
RACES = (IntegrityError, OperationalError, PlacesTaken, OutdatedError)


def bring_in_all(table: Table, job: Job, chunk: int) -> Iterator[Prepared]:
    """Bring in what is left of the file; gives each chunk once it is in."""
    with another_hand() as hand:
        ahead = Ahead(hand, table, job, chunk)
        while (prepared := ahead.reading.result()) is not None:
            ahead.bring_in(prepared)
            yield prepared


class Ahead:
    """Writes one chunk while the next is read and decided on top of what the first leaves.

    Where somebody was faster, the chunk is decided anew, and so is the next, once it is in.
    """

    def __init__(self, hand: ThreadPoolExecutor, table: Table, job: Job, chunk: int) -> None:
        self.hand, self.job, self.chunk = hand, job, chunk
        self.preparing = Preparing(job.mapping, table.titles, job.workspace, job.now)
        self.rows = table.rows(after=job.run.cursor)
        self.writer = Writer(job)
        self._start(job.run.cursor, GROUND)

    def bring_in(self, prepared: Prepared) -> None:
        """Write this chunk, as it was decided or as it is decided now."""
        decided = self._decided()
        self._start(prepared.last_row, decided.flight if decided else GROUND)
        if decided is None or not self._written(decided):
            self._bring_in_anew(prepared)
            self.deciding = self.hand.submit(self._decide, self.reading, GROUND)

    def _start(self, after: int, flight: Flight) -> None:
        self.reading = self.hand.submit(self._read, after)
        self.deciding = self.hand.submit(self._decide, self.reading, flight)

    def _read(self, after: int) -> Prepared | None:
        return prepare(self.preparing, self.rows, self.chunk, after)

    def _decide(self, reading: Future[Prepared | None], flight: Flight) -> Decided | None:
        prepared = reading.result()
        return decide(self.job, prepared, flight) if prepared else None

    def _decided(self) -> Decided | None:
        try:
            return self.deciding.result()
        except RACES:
            return None

    def _written(self, decided: Decided) -> bool:
        try:
            self.writer.write(decided)
        except RACES:
            return False
        return True

    def _bring_in_anew(self, prepared: Prepared) -> None:
        for left in reversed(range(TRIES)):
            try:
                self.writer.write(decide(self.job, prepared), heed=left > 0)
            except RACES:
                if not left:
                    raise
            else:
                return
