"""One home per verb: what a contact allows, what bars them, taking their window."""

from leadfarm.consent.actions.permission import Proof, agree, change_preferences
from leadfarm.consent.actions.signing_up import ask_for_mail, confirm, forget_sign_ups, sign_up
from leadfarm.consent.actions.suppression import (
    bar_known_addresses,
    bar_or_refuse,
    complain,
    lift,
    suppress,
    unsubscribe,
)
from leadfarm.consent.actions.window import may_touch, note_touched, take
from leadfarm.consent.actions.withdrawing import undo_withdrawal, undoable, withdraw

__all__ = [
    "Proof",
    "agree",
    "ask_for_mail",
    "bar_known_addresses",
    "bar_or_refuse",
    "change_preferences",
    "complain",
    "confirm",
    "forget_sign_ups",
    "lift",
    "may_touch",
    "note_touched",
    "sign_up",
    "suppress",
    "take",
    "undo_withdrawal",
    "undoable",
    "unsubscribe",
    "withdraw",
]
