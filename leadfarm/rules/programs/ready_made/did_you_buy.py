"""The ready-made program "Did you buy?": a year after sales first had the lead (S1-2).

A person asks, and notes the answer under Competition: from us, from somebody else, nobody. It also
wakes what was lost, as that is where the question was left open.
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

_QUESTION = Wording("Did you buy? One question", "One question, a year later", "question")

_ASK = human(
    "ask",
    "Ask: did you buy?",
    "pd",
    "check-in",
    "A year ago they were about to decide. Ask: did you buy, and from whom? Note the answer under "
    "Competition, Bought, and the vendor under Lost to. No offer; thank them for the answer.",
    {"help-now": [goal("open-again", "Has not bought, and wants help now")]},
    time_out={"working_days": 10},
)
_WRITE_DOWN = human(
    "write-down",
    "Write down what they answered",
    "pd",
    "research",
    "Their answer to “did you buy?” is on the timeline. Note it under Competition, Bought, and the "
    "vendor under Lost to.",
    {},
    dispositions=[],
)
_KNOWN = {
    "from us": is_("competition_bought", "is", "from-us"),
    "from somebody else": is_("competition_bought", "is", "from-somebody-else"),
    "nobody": is_("competition_bought", "is", "from-nobody"),
}


def _ends(place: str) -> dict[str, list[dict[str, object]]]:
    return {
        "from us": [leave(f"ours-{place}", "Bought from us: put the order on the record")],
        "from somebody else": [later(f"theirs-{place}", "Bought from somebody else", 540)],
        "nobody": [later(f"nobody-{place}", "Has bought from nobody: in nurture again", 7)],
    }


DID_YOU_BUY = ReadyMade(
    slug="did-you-buy",
    purpose="Asks, a year after sales had the lead, who they bought from: us, somebody else, or "
    "nobody yet.",
    who="Leads that were Sales-ready a year ago, now in nurture or lost, without an answer so far.",
    lasts="6 weeks",
    tree={
        "name": "Did you buy?",
        "audience": "open-or-asleep",
        "entry": {
            "all": [
                is_("stage", "one_of", ["nurturing", "lost", "dormant"]),
                is_("sales_ready_age", "at_least", 365),
                is_("competition_bought", "is_unknown"),
            ]
        },
        "reentry_days": None,
        "goal": None,
        "begins_at": "first",
        "nodes": [
            _ASK,
            branch("bought", "Who did they buy from?", _KNOWN, _ends("told")),
            message("question", "The question by mail", _QUESTION),
            wait_for("answer", "Do they answer?", "reply", 21, [_WRITE_DOWN], []),
            branch("bought-now", "Who did they buy from?", _KNOWN, _ends("written")),
            later("unknown", "Not known: nobody answered", 180),
        ],
    },
    wordings=(_QUESTION,),
)
