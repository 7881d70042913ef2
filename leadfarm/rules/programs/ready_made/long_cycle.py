"""The ready-made program "Long cycle": eighteen months of consistent contact (S1-11, S3-17).

Three rounds of four stories and a check-in by the same person. Whoever names a buying date leaves
it towards qualification at once; nobody leaves it without a reason. Between two touches, a message
or a call that is due, never lie more than sixty days.
"""

from __future__ import annotations

from leadfarm.rules.programs.ready_made.parts import (
    ReadyMade,
    Tree,
    branch,
    go_to,
    goal,
    human,
    is_,
    later,
    leave,
    wait,
)
from leadfarm.rules.programs.ready_made.stories import STORIES, STREAM

ROUNDS = 3
PIECES_A_ROUND = len(STORIES) // ROUNDS
DAYS_BETWEEN_STORIES = 40
LONGEST_GAP_DAYS = 60

DECIDES_SOON = is_("timeline_decision", "within_next", {"months": 9})
_SOON = "decides soon"
_SCRIPTS = (
    "Ask how their plans stand since you last spoke, what was useful in what we sent, and who else "
    "has become part of it. When do they expect to decide? Note the month under Timeline.",
    "Half a year later: what has changed at their place, what is on the list for the next budget? "
    "Ask for the month of the decision and note it under Timeline.",
    "Ask what would have to happen for them to go ahead, and whether they want to hear from us "
    "for another year. Note what you learn under Timeline and Event.",
)


def _stories(number: int) -> Tree:
    soon = [goal(f"soon-{number}", "Decides within nine months", side="pd")]
    return {
        "key": f"stories-{number}",
        "kind": "stream",
        "label": "Four stories, one at a time",
        "stream": STREAM,
        "every": {"days": DAYS_BETWEEN_STORIES},
        "most": PIECES_A_ROUND,
        "when": {_SOON: DECIDES_SOON},
        "order": [_SOON],
        # Without a new story the round keeps its pace, so that calls do not come too often.
        "ways": {_SOON: soon, "next": [], "exhausted": [wait(f"quiet-{number}", 50)]},
    }


def _check_in(number: int) -> Tree:
    same = {"same_person_as": "check-in-1"} if number > 1 else {}
    by_mail = go_to(f"by-mail-{number}", "Mail only", "mail-only") if number > 1 else _mail_only()
    ways = {
        "help-now": [goal(f"help-{number}", "Wants help now")],
        "meeting-booked": [goal(f"met-{number}", "Meeting booked at check-in")],
        "not-interested": [leave(f"declined-{number}", "Not interested any more: for review")],
        "do-not-call": [by_mail],
    }
    label, script = f"Check in {number} of {ROUNDS}", _SCRIPTS[number - 1]
    shown = {"shows_since_last_talk": True, "when_away": "wait"}
    return human(f"check-in-{number}", label, "sales", "check-in", script, ways, **shown, **same)


def _mail_only() -> Tree:
    soon = [goal("soon-by-mail", "Decides within nine months", side="pd")]
    end = [later("told-by-mail", "Asked not to be called; had every story", 180)]
    return {
        "key": "mail-only",
        "kind": "stream",
        "label": "The other stories, by mail only",
        "stream": STREAM,
        "every": {"days": DAYS_BETWEEN_STORIES},
        "when": {_SOON: DECIDES_SOON},
        "order": [_SOON],
        "ways": {_SOON: soon, "exhausted": end},
    }


def _after(number: int) -> Tree:
    soon = [goal(f"developed-{number}", "A date is known: prospect development takes over")]
    return branch(f"date-{number}", "Do they decide soon?", {_SOON: DECIDES_SOON}, {_SOON: soon})


def _round(number: int) -> list[Tree]:
    pause = [wait(f"pause-{number}", 10)] if number < ROUNDS else []
    return [_stories(number), _check_in(number), _after(number), *pause]


LONG_CYCLE = ReadyMade(
    slug="long-cycle",
    purpose="Stays in contact until there is a buying date: twelve helpful stories over eighteen "
    "months, and a call by the same person every half year.",
    who="Leads in nurture for two months or longer that name no date within nine months.",
    lasts="18 months",
    tree={
        "name": "Long cycle (18 months)",
        "entry": {
            "all": [
                is_("stage", "is", "nurturing"),
                is_("whose_move", "is", "marketing"),
                is_("entered", "at_least", 60),
                {"any": [is_("timeline_decision", "is_unknown"), {"none": [DECIDES_SOON]}]},
            ]
        },
        "reentry_days": None,
        "goal": None,
        "begins_at": "first",
        "nodes": [
            wait("begin", 14),
            *(step for number in range(1, ROUNDS + 1) for step in _round(number)),
            later("no-date", "Eighteen months without a date: looked at again in half a year", 180),
        ],
    },
    stream=STREAM,
    pieces=STORIES,
)
