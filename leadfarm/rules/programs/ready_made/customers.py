"""The ready-made program "Customer onboarding": from the order on, by who sold it (S2-15)."""

from __future__ import annotations

from leadfarm.rules.programs.ready_made.parts import (
    ReadyMade,
    Tree,
    Wording,
    human,
    is_,
    leave,
    message,
    wait,
)

_WELCOME = Wording("Customer 1: what happens now", "What happens now", "welcome")
_HELP = Wording("Customer 2: who helps with what", "Who helps you with what", "help")
_REVIEW = Wording(
    "Customer 3: three months on", "Three months on: is it what you expected?", "review"
)
_NEXT = Wording("Customer 4: what others do next", "What others do in the second half year", "next")


def _call(key: str, label: str, script: str) -> Tree:
    same = {} if key == "first-weeks" else {"same_person_as": "first-weeks"}
    shown = {"shows_since_last_talk": True, "when_away": "wait"}
    return human(key, label, "sales", "check-in", script, {}, **shown, **same)


CUSTOMERS = ReadyMade(
    slug="customers",
    purpose="Begins on the order: what happens now, who helps with what, and three calls by "
    "whoever sold it, through the first half year.",
    who="Leads won in the last 30 days; they become customers after the first weeks.",
    lasts="6 months",
    tree={
        "name": "Customer onboarding",
        "audience": "customers",
        "entry": {"all": [is_("stage", "is", "won"), is_("days_in_stage", "at_most", 30)]},
        "reentry_days": None,
        "goal": None,
        "begins_at": "first",
        "nodes": [
            message("welcome", "What happens now", _WELCOME),
            wait("two-weeks", 14),
            _call(
                "first-weeks",
                "Call in the first weeks",
                "Ask whether everything promised has begun, who works with it at their place, and "
                "what they still miss. What you promise here, note as a task.",
            ),
            # Not before: what was won by mistake is re-opened within the first days.
            {
                "key": "customer",
                "kind": "update",
                "label": "Becomes a customer",
                "stage": "customer",
            },
            wait("first-month", 16),
            message("help", "Who helps with what", _HELP),
            wait("second-month", 55),
            message("review", "Three months on", _REVIEW),
            wait("let-answer", 7),
            _call(
                "three-months",
                "Call after three months",
                "Ask whether it is what they expected, what they would tell a colleague elsewhere, "
                "and what has turned out to be missing.",
            ),
            wait("second-quarter", 60),
            message("next", "What others do next", _NEXT),
            wait("let-read", 10),
            _call(
                "half-year",
                "Call after half a year",
                "Ask what is planned for next year, and who else in the house has the same "
                "problem. A new need is a new lead: enter it from their page.",
            ),
            leave("onboarded", "Onboarded: half a year with us", "later", days=180),
        ],
    },
    wordings=(_WELCOME, _HELP, _REVIEW, _NEXT),
)
