"""The ready-made program "Dormant wake-up": what sleeps is asked again on its day (law 3)."""

from __future__ import annotations

from leadfarm.rules.programs.ready_made.parts import (
    ReadyMade,
    Tree,
    Wording,
    goal,
    human,
    is_,
    later,
    leave,
    message,
    wait_for,
)

_STILL = Wording("Dormant 1: is it still a topic?", "Is it still a topic?", "still")
_RIGHT = Wording("Dormant 2: are you still the right person?", "Are you the right person?", "right")


def _call() -> Tree:
    script = (
        "They answered after a long silence. Ask what has changed, who is part of it now, and when "
        "it becomes a topic. Note the month under Timeline."
    )
    ways = {
        "help-now": [goal("awake", "Woken: wants help now")],
        "meeting-booked": [goal("met", "Woken: meeting booked")],
        "not-interested": [leave("declined", "Woken, not interested: for review")],
        "otherwise": [later("in-nurture", "Woken: goes on in nurture", 30)],
    }
    return human("call", "Call who answered", "pd", "check-in", script, ways, due_hours=8)


def _look_again() -> list[Tree]:
    script = (
        "Nobody answered two mails. Look whether the person is still there, and who has the job "
        "now; put the successor into the buying group."
    )
    who = human(
        "who", "Who has the job now?", "pd", "research", script, {}, dispositions=[],
        due_hours=40, time_out={"working_days": 15},
    )  # fmt: skip
    return [who, leave("silent", "Nobody answered: let it rest until a new date, or disqualify")]


DORMANT = ReadyMade(
    slug="dormant",
    purpose="Wakes leads on the day set for them: two short questions by mail, a call to who "
    "answers, and a look at who has the job now where nobody does.",
    who="Dormant leads whose day to look again has come.",
    lasts="5 weeks",
    tree={
        "name": "Dormant wake-up",
        "audience": "asleep",
        "entry": {
            "all": [
                is_("stage", "is", "dormant"),
                is_("look_again", "within_past", {"months": 60}),
            ]
        },
        "reentry_days": 90,
        "goal": None,
        "begins_at": "first",
        "nodes": [
            message("still", "Is it still a topic?", _STILL, again=True),
            wait_for(
                "listen",
                "Does anything come from them?",
                "anything",
                14,
                [],
                [
                    message("right", "Are you the right person?", _RIGHT, again=True),
                    wait_for("listen-again", "And now?", "anything", 18, [], _look_again()),
                ],
            ),
            _call(),
            later("unreached", "Answered by mail, not reached: goes on in nurture", 14),
        ],
    },
    wordings=(_STILL, _RIGHT),
)
