"""The ready-made program "Event follow-up": who came, and who did not, within two weeks (S2-2)."""

from __future__ import annotations

from leadfarm.rules.programs.ready_made.parts import (
    ReadyMade,
    Tree,
    Wording,
    branch,
    did,
    goal,
    human,
    later,
    leave,
    message,
    wait,
    wait_for,
)

_THANKS = Wording("Event 1: thank you for coming", "Thank you for coming", "thanks")
_NOTES = Wording("Event 2: what was asked", "What others asked afterwards", "notes")
_MISSED = Wording("Event 1: we missed you", "What you would have heard", "missed")
_SHORT = Wording("Event 2: the short version", "The short version, in three points", "short")

_CAME = {"any": [did(one, 14) for one in ("event-attended", "webinar-attended", "event")]}
_STAYED_AWAY = {"any": [did(one, 14) for one in ("event-no-show", "webinar-no-show")]}


def _call() -> Tree:
    script = (
        "You met them at the event, or they answered what we sent afterwards. Ask what brought "
        "them there and what they took home, then: can we help now?"
    )
    ways = {
        "help-now": [goal("wants-help", "Wants help after the event")],
        "meeting-booked": [goal("meeting", "Meeting booked after the event")],
        "not-interested": [leave("not-interested", "Not interested after the event: for review")],
        "otherwise": [],
    }
    return human("call", "Call after the event", "sales", "greet", script, ways, due_hours=8)


def _came() -> list[Tree]:
    answered = wait_for(
        "listen", "Do they answer or click?", "reply-or-click", 6, [],
        [message("notes", "What others asked", _NOTES, again=True), wait("let-read", 3)],
    )  # fmt: skip
    return [message("thanks", "Thank you for coming", _THANKS, again=True), answered]


def _stayed_away() -> list[Tree]:
    silent = [
        message("short", "The short version", _SHORT, again=True),
        wait_for(
            "listen-again", "Do they answer now?", "reply-or-click", 7, [],
            [later("no-interest-shown", "Did not come and did not answer", 30)],
        ),
    ]  # fmt: skip
    listen = wait_for("listen-away", "Do they answer or click?", "reply-or-click", 6, [], silent)
    return [message("missed", "We missed you", _MISSED, again=True), listen]


EVENT_FOLLOW_UP = ReadyMade(
    slug="event-follow-up",
    purpose="Thanks who came and calls them within two weeks; sends who did not come what they "
    "missed, and calls those who answer.",
    who="Leads that came to an event or webinar in the last week, or registered and did not come.",
    lasts="2 weeks",
    tree={
        "name": "Event follow-up",
        "entry": {
            "any": [
                did(one, 7)
                for one in (
                    "event-attended",
                    "webinar-attended",
                    "event",
                    "event-no-show",
                    "webinar-no-show",
                )
            ]
        },
        "reentry_days": 30,
        "goal": None,
        "begins_at": "first",
        "nodes": [
            wait("next-day", 1),
            branch(
                "came",
                "Were they there?",
                {"came": _CAME, "did not come": _STAYED_AWAY},
                {"came": _came(), "did not come": _stayed_away()},
            ),
            _call(),
            later("followed-up", "Followed up: the other programs go on", 21),
        ],
    },
    wordings=(_THANKS, _NOTES, _MISSED, _SHORT),
    priority=50,
)
