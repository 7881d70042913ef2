"""What the ready-made programs are written with: each helper returns one node of a tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Tree = dict[str, Any]

TALK = ["help-now", "not-now", "not-interested", "callback", "meeting-booked"]
MISSED = ["left-voicemail", "no-answer", "gatekeeper", "wrong-number", "do-not-call"]


@dataclass(frozen=True)
class Wording:
    """A message as it is delivered: the template's name, its subject, and its file of HTML."""

    name: str
    subject: str
    file: str


@dataclass(frozen=True)
class ReadyMade:
    """A ready-made program.

    What it is for and for whom, one sentence each; how long it lasts, in words; its tree; the
    messages of its steps, and the stream it takes pieces from, with the pieces it brings.
    `priority` says who goes first where two programs want to write: the lower number.
    """

    slug: str
    purpose: str
    who: str
    lasts: str
    tree: Tree
    wordings: tuple[Wording, ...] = ()
    stream: str = ""
    pieces: tuple[Wording, ...] = field(default=())
    priority: int = 100

    @property
    def name(self) -> str:
        """The name the program is installed under."""
        return str(self.tree["name"])


def message(key: str, label: str, wording: Wording, *, again: bool = False) -> Tree:
    """A message; `again` sends it also to who has had it, for what is said of each event anew."""
    node = {"key": key, "kind": "message", "label": label, "template": wording.name}
    return node | {"again": True} if again else node


def wait(key: str, days: int) -> Tree:
    """A wait of so many days."""
    label = "Wait 1 day" if days == 1 else f"Wait {days} days"
    return {"key": key, "kind": "wait", "label": label, "days": days}


def wait_for(
    key: str, label: str, event: str, days: int, happened: list[Tree], timed_out: list[Tree]
) -> Tree:
    """A wait until they do something, or for so many days."""
    ways = {"happened": happened, "timed-out": timed_out}
    time_out = {"days": days}
    node = {"key": key, "kind": "wait_for", "label": label, "event": event, "time_out": time_out}
    return node | {"ways": ways}


def human(
    key: str,
    label: str,
    side: str,
    task: str,
    script: str,
    ways: Mapping[str, list[Tree]],
    **more: Any,
) -> Tree:
    """A human step; answers without a way of their own go on as silence does."""
    talks = {"dispositions": [*TALK, *MISSED]}
    node = {"key": key, "kind": "human", "label": label, "side": side, "task": task}
    terms = {"due_hours": 16, "time_out": {"working_days": 5}, "when_away": "colleague"}
    all_ways = {**ways, "otherwise": ways.get("otherwise", []), "timed-out": []}
    return {**node, "script": script, **talks, **terms, **more, "ways": all_ways}


def branch(key: str, label: str, when: Mapping[str, Any], ways: Mapping[str, list[Tree]]) -> Tree:
    """A branch; who meets none of the conditions takes `otherwise`, empty where it is not given."""
    node = {"key": key, "kind": "branch", "label": label, "when": dict(when), "order": list(when)}
    return node | {"ways": {"otherwise": [], **ways}}


def go_to(key: str, label: str, to: str) -> Tree:
    """A way on to another step."""
    return {"key": key, "kind": "go_to", "label": label, "to": to}


def goal(key: str, reason: str, then: str = "qualify", **more: Any) -> Tree:
    """A goal; `then` is the kind of task that follows."""
    node = {"key": key, "kind": "goal", "label": reason, "reason": reason, "then": then}
    return node | more


def leave(key: str, reason: str, then: str = "review", **more: Any) -> Tree:
    """An exit; `then` is the kind of task that follows, or `later` for a day to look again."""
    node = {"key": key, "kind": "exit", "label": reason, "reason": reason, "then": then}
    return node | more


def later(key: str, reason: str, days: int) -> Tree:
    """An exit after which the lead comes up again in so many days, or for a task agreed on."""
    return leave(key, reason, "later", days=days)


def is_(field_: str, operator: str, value: Any = None) -> Tree:
    """A test of a field."""
    test = {"field": field_, "operator": operator}
    return test if value is None else test | {"value": value}


def did(event: str, within_days: int) -> Tree:
    """A test whether something happened in so many days."""
    return {"event": event, "within_days": within_days}
