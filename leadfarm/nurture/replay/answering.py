"""How people answer the tasks of a draft: as they answered the same step; else as is assumed."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush

from leadfarm.nurture.replay.asking import NOBODY, USUAL, Question
from leadfarm.nurture.replay.shadows import Shadows
from leadfarm.nurture.statements import run, text
from leadfarm.rules.codes import Disposition, TaskKind


@dataclass(frozen=True)
class Answer:
    """What came of a task on record: how long it took, and the disposition it was closed with."""

    after: timedelta
    disposition: int | None


def usual_answer(known: list[Answer | None]) -> Disposition | None:
    """Return the disposition most tasks were closed with; None where nobody ever talked."""
    said = Counter(each.disposition for each in known if each and each.disposition)
    return Disposition(min(said, key=lambda one: (-said[one], one))) if said else None


class Answers:
    """Answers that are to come, in order; each task of the draft is looked at once."""

    def __init__(self, question: Question, shadows: Shadows) -> None:
        """Read how the tasks of the program were answered."""
        self._workspace_id, self._seen = question.workspace.id, shadows.first - 1
        self._coming: list[tuple[datetime, int, int | None]] = []
        self._known: dict[tuple[int, str], list[Answer | None]] = defaultdict(list)
        self._made: Counter[tuple[int, str]] = Counter()
        statement = text("replay_answers").replace("{real}", shadows.schema)
        values = {"program": question.program.id, "until": question.until}
        for lead_id, key, after, disposition, done in run(self._workspace_id, statement, values):
            self._known[lead_id, key].append(Answer(after, disposition) if done else None)
        self._assumed = self._assume(question.assumed)

    @property
    def next_at(self) -> datetime | None:
        """Return when the next answer comes."""
        return self._coming[0][0] if self._coming else None

    def look(self, at: datetime) -> None:
        """Decide when and how the tasks made since the last look are answered."""
        told = {"seen": self._seen, "now": at}
        for id_, lead_id, key, kind, due_at in run(self._workspace_id, text("replay_asked"), told):
            self._seen = max(self._seen, id_)
            self._decide(id_, (lead_id, key), TaskKind(kind), at, due_at)

    def give(self, at: datetime) -> bool:
        """Give the answers that have come by now; say whether there were any."""
        there = bool(self._coming) and self._coming[0][0] <= at
        while self._coming and self._coming[0][0] <= at:
            then, task_id, disposition = heappop(self._coming)
            told = {"id": task_id, "now": then, "disposition": disposition}
            run(self._workspace_id, text("replay_answer"), told)
        return there

    def _decide(
        self, id_: int, step: tuple[int, str], kind: TaskKind, at: datetime, due_at: datetime
    ) -> None:
        place, known = self._made[step], self._known.get(step, [])
        self._made[step] += 1
        if place < len(known):
            answer = known[place]
            if answer is not None:
                heappush(self._coming, (at + answer.after, id_, answer.disposition))
        elif self._assumed is not None:
            said = int(self._assumed) if kind.needs_disposition else None
            heappush(self._coming, (due_at, id_, said))

    def _assume(self, assumed: str) -> Disposition | None:
        if assumed == NOBODY:
            return None
        if assumed == USUAL:
            return usual_answer([each for known in self._known.values() for each in known])
        return Disposition.read(assumed)
