"""The ready-made program "Rejected, repaired": what sales gave back is mended, then goes on (S3-2).

A faulty record comes in once prospect development has looked it over, which the rejection itself
asks of them; a criterion that was not met comes in at once, and its gap is closed here.
"""

from __future__ import annotations

from leadfarm.rules.programs.ready_made.parts import (
    ReadyMade,
    Wording,
    branch,
    goal,
    human,
    is_,
    later,
    leave,
    message,
    wait_for,
)

_QUESTION = Wording("Rejected 1: one question", "One question we should have asked", "question")

_CLOSE_THE_GAP = human(
    "close-the-gap",
    "Close the gap sales named",
    "pd",
    "research",
    "Read what sales wrote with the rejection: it names the criterion. Find out what is missing, "
    "put it into the dossier, or note that it is not there.",
    {},
    dispositions=[],
    due_hours=24,
    time_out={"working_days": 10},
)
_ASK = human(
    "ask",
    "Ask for what was missing",
    "pd",
    "check-in",
    "Say that you want to make sure the right colleague calls. Check person, number and need, ask "
    "for what sales missed, and note it in the dossier.",
    {
        "help-now": [goal("help", "Repaired: wants help now")],
        "meeting-booked": [goal("met", "Repaired: meeting booked")],
        "not-interested": [leave("declined", "Not interested after the repair: for review")],
    },
)

REJECTED = ReadyMade(
    slug="rejected",
    purpose="Mends what sales gave back: the gap is closed, the buyer is asked, and the lead is "
    "qualified again or goes on in nurture.",
    who="Leads that sales rejected as a faulty record or for a criterion that was not met.",
    lasts="5 weeks",
    tree={
        "name": "Rejected, repaired",
        "entry": {
            "all": [
                is_("stage", "is", "nurturing"),
                is_("rejected_because", "one_of", ["faulty-record", "criterion-not-met"]),
            ]
        },
        "reentry_days": 60,
        "goal": None,
        "begins_at": "first",
        "nodes": [
            branch(
                "why",
                "Why did sales give it back?",
                {"criterion not met": is_("rejected_because", "is", "criterion-not-met")},
                {"criterion not met": [_CLOSE_THE_GAP]},
            ),
            _ASK,
            message("question", "One question by mail", _QUESTION),
            wait_for(
                "answer",
                "Do they answer?",
                "reply",
                21,
                [goal("answered", "Answered: qualify it again")],
                [],
            ),
            later("repaired", "Repaired: the other programs go on", 14),
        ],
    },
    wordings=(_QUESTION,),
    priority=60,
)
