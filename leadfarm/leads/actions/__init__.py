"""One home per verb: everything that changes the record goes through a function of this room."""

from leadfarm.leads.actions.closing import put_to_sleep, wake, win
from leadfarm.leads.actions.entering import Entry, Owners, enter_lead
from leadfarm.leads.actions.learning import (
    Fact,
    comment,
    learn,
    name_need,
    note,
    pin,
    quote,
    say_again,
    take_back,
)
from leadfarm.leads.actions.moving import StageHasMoved, change_owner, move
from leadfarm.leads.actions.overriding import keep_reason
from leadfarm.leads.actions.stepping import NextStep, plan_review, point_to, set_next
from leadfarm.leads.actions.tasks import (
    Outcome,
    TaskIsClosed,
    cancel_tasks,
    complete_task,
    make_task,
    reassign,
    reschedule,
    snooze,
)
from leadfarm.leads.actions.touching import record_touch
from leadfarm.leads.actions.words import index_companies, index_words

__all__ = [
    "Entry",
    "Fact",
    "NextStep",
    "Outcome",
    "Owners",
    "StageHasMoved",
    "TaskIsClosed",
    "cancel_tasks",
    "change_owner",
    "comment",
    "complete_task",
    "enter_lead",
    "index_companies",
    "index_words",
    "keep_reason",
    "learn",
    "make_task",
    "move",
    "name_need",
    "note",
    "pin",
    "plan_review",
    "point_to",
    "put_to_sleep",
    "quote",
    "reassign",
    "record_touch",
    "reschedule",
    "say_again",
    "set_next",
    "snooze",
    "take_back",
    "wake",
    "win",
]
