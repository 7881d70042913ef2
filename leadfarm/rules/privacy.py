"""The code lists of privacy rights, and the terms within which each is answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from leadfarm.rules.coded import Code

ANSWER_WITHIN = timedelta(days=30)
EXPORT_LASTS = timedelta(days=7)


class RequestKind(Code):
    """What somebody may ask of us, and what we do then."""

    ACCESS = 1, "Access", "Everything we know about them, as a file"
    RECTIFICATION = 2, "Rectification", "What is wrong about them is put right"
    PROFILING = 3, "Objection to profiling", "No scores; people alone judge"
    MARKETING = 4, "Objection to marketing", "No mail and no calls that want to sell"
    ERASURE = 5, "Erasure", "Everything that names them goes"

    meaning: str


class RequestState(Code):
    """How far a request has come. Waiting: an erasure within the workspace's time to think."""

    OPEN = 1, "Open"
    WAITING = 2, "Waiting"
    RUNNING = 3, "Running"
    DONE = 11, "Done"
    REFUSED = 12, "Refused"
    TAKEN_BACK = 13, "Taken back"

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done."""
        return self >= RequestState.DONE


class ErasedBecause(Code):
    """Why a person was erased."""

    ASKED = 1, "They asked for it"
    CLOCK = 2, "Nothing happened for as long as the workspace keeps people"
    UNLAWFUL = 3, "It should never have been kept"


def due_at(asked_at: datetime) -> datetime:
    """Return until when a request is to be answered."""
    return asked_at + ANSWER_WITHIN
