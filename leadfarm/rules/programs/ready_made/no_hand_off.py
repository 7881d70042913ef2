"""The ready-made program "No hand-off": greeted on day one, checked in on by the same person.

Sales (or, per source, the telemarketing team) greets; help now goes the fast track; not now brings
three messages over 45 days, then the person who greeted checks in, seeing what was sent and
answered.
"""

from __future__ import annotations

from typing import Any

from leadfarm.rules.programs.ready_made.parts import ReadyMade, Wording

_TALK = ["help-now", "not-now", "not-interested", "callback", "meeting-booked"]
_MISSED = ["left-voicemail", "no-answer", "gatekeeper", "wrong-number", "do-not-call"]


def _leave(key: str, reason: str, then: str, *, goal: bool = False) -> dict[str, Any]:
    """An end: `then` is the kind of task that follows, or `later` for a date to come back on."""
    kind = "goal" if goal else "exit"
    return {"key": key, "kind": kind, "label": reason, "reason": reason, "then": then}


def _message(number: int, label: str, template: str) -> dict[str, Any]:
    return {"key": f"message-{number}", "kind": "message", "label": label, "template": template}


def _wait(number: int, days: int) -> dict[str, Any]:
    return {"key": f"wait-{number}", "kind": "wait", "label": f"Wait {days} days", "days": days}


_GREET: dict[str, Any] = {
    "key": "greet",
    "kind": "human",
    "label": "Greet",
    "task": "greet",
    "side": "sales",
    "side_may_follow_source": True,
    "script": "Thank them for their interest and ask: can I help now?",
    "due_hours": 4,
    "dispositions": [*_TALK, *_MISSED],
    "time_out": {"working_days": 3},
    "when_away": "colleague",
    "ways": {
        "help-now": [_leave("fast-track", "Fast track: wants help now", "qualify", goal=True)],
        "meeting-booked": [
            _leave("meeting", "Meeting booked at the greeting", "qualify", goal=True)
        ],
        "not-interested": [_leave("not-interested", "Not interested: for review", "review")],
        "not-now": [],
        "otherwise": [],
        "timed-out": [],
    },
}

_CHECK_IN: dict[str, Any] = {
    "key": "check-in",
    "kind": "human",
    "label": "Check in",
    "task": "check-in",
    "side": "sales",
    "same_person_as": "greet",
    "shows_since_last_talk": True,
    "script": "Ask what was useful, answer what is still open, and ask how their plans stand.",
    "due_hours": 16,
    "dispositions": [*_TALK, *_MISSED],
    "time_out": {"working_days": 5},
    "when_away": "wait",
    "ways": {
        "help-now": [_leave("helped", "Wants help after check-in", "qualify", goal=True)],
        "meeting-booked": [_leave("met", "Meeting booked at check-in", "qualify", goal=True)],
        "not-interested": [
            _leave("declined", "Not interested after check-in: for review", "review")
        ],
        "otherwise": [],
        "timed-out": [],
    },
}

_AFTER: dict[str, Any] = {
    "key": "after-check-in",
    "kind": "branch",
    "label": "Is there a buying date?",
    "when": {"timeline known": {"field": "timeline", "operator": "is_known"}},
    "ways": {
        "timeline known": [
            _leave("developed", "Timeline known: prospect development takes over", "qualify")
        ],
        "otherwise": [
            {**_leave("long-cycle", "Not now: check in again in 90 days", "later"), "days": 90}
        ],
    },
}

NO_HAND_OFF: dict[str, Any] = {
    "name": "No hand-off",
    "goal": None,
    "nodes": [
        _GREET,
        _wait(1, 3),
        _message(1, "First message: what others did", "No hand-off 1: what others did"),
        _wait(2, 18),
        _message(2, "Second message: a case like theirs", "No hand-off 2: a case like theirs"),
        _wait(3, 24),
        _message(3, "Third message: what it takes", "No hand-off 3: what it takes"),
        _CHECK_IN,
        _AFTER,
    ],
}

NO_HAND_OFF_MADE = ReadyMade(
    slug="no-hand-off",
    purpose="Everybody who inquires is greeted on the first day, informed for 45 days, and called "
    "again by the same person.",
    who="New inquiries, and everybody who says “not now”.",
    lasts="45 days, then every quarter",
    tree=NO_HAND_OFF,
    wordings=(
        Wording("No hand-off 1: what others did", "What others looked at first", "first"),
        Wording("No hand-off 2: a case like theirs", "Nine of forty drives", "second"),
        Wording(
            "No hand-off 3: what it takes", "Four questions every supplier will ask you", "third"
        ),
    ),
)
