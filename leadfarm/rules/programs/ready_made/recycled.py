"""The ready-made program "Recycled: budget frozen until a date" (S0-5).

The date is timing information, not a loss. Who recycles a lead, or hears "not now" with a date,
makes the check-in of that day; this program keeps the contact alive until then and steps back when
the day comes. The task stays with its person the whole time.
"""

from __future__ import annotations

from leadfarm.rules.programs.ready_made.parts import (
    ReadyMade,
    Wording,
    branch,
    did,
    go_to,
    is_,
    later,
    leave,
    message,
    wait,
)
from leadfarm.rules.programs.ready_made.stories import STORIES, STREAM

_NOTED = Wording("Recycled 1: we have noted the date", "We have noted your date", "noted")
_NEAR = {"any": [is_("agreed_task", "passed"), is_("agreed_task", "within_next", {"days": 4})]}
_GONE = is_("agreed_task", "is_unknown")
_WHEN = {"the day has come": _NEAR, "nothing is agreed": _GONE}


def _ways(place: str) -> dict[str, list[dict[str, object]]]:
    come = later(f"come-{place}", "The day has come: the check-in agreed on is due", 7)
    gone = leave(f"gone-{place}", "No day is agreed on any more: for review")
    return {"the day has come": [come], "nothing is agreed": [gone]}


RECYCLED = ReadyMade(
    slug="recycled",
    purpose="Keeps the contact alive with a story every six weeks until the date they named, when "
    "the agreed check-in is due.",
    who="Leads recycled, a frozen budget first of all, or “not now” with a date agreed on.",
    lasts="Until the date",
    tree={
        "name": "Recycled: budget frozen until a date",
        "entry": {
            "all": [
                is_("stage", "is", "nurturing"),
                {"any": [is_("recycled_because", "is_known"), did("disposition-not-now", 14)]},
                is_("agreed_task", "is_known"),
                {"none": [_NEAR]},
            ]
        },
        "reentry_days": 30,
        "goal": None,
        "begins_at": "first",
        "nodes": [
            wait("let-it-rest", 3),
            message("noted", "We have noted the date", _NOTED),
            wait("quiet", 28),
            {
                "key": "stories",
                "kind": "stream",
                "label": "A story every six weeks",
                "stream": STREAM,
                "every": {"days": 42},
                "when": _WHEN,
                "order": list(_WHEN),
                "ways": {**_ways("stories"), "exhausted": []},
            },
            branch("day", "Has the day come?", _WHEN, _ways("wait")),
            wait("week", 7),
            go_to("again", "Look again", "day"),
        ],
    },
    wordings=(_NOTED,),
    stream=STREAM,
    pieces=STORIES,
    priority=90,
)
