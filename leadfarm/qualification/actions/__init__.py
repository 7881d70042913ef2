"""One home per verb of the agreement, of delivery, and of every verdict."""

from leadfarm.qualification.actions.agreeing import (
    NotYours,
    SignedAlready,
    draft,
    edit_draft,
    propose,
    sign,
    withdraw,
)
from leadfarm.qualification.actions.answering import AnsweredAlready, Rejection, accept, reject
from leadfarm.qualification.actions.closing import lose, reopen, win
from leadfarm.qualification.actions.delivering import NothingInForce, NotReady, deliver
from leadfarm.qualification.actions.judging import Recheck, disqualify, qualify, recycle

__all__ = [
    "AnsweredAlready",
    "NotReady",
    "NotYours",
    "NothingInForce",
    "Recheck",
    "Rejection",
    "SignedAlready",
    "accept",
    "deliver",
    "disqualify",
    "draft",
    "edit_draft",
    "lose",
    "propose",
    "qualify",
    "recycle",
    "reject",
    "reopen",
    "sign",
    "win",
    "withdraw",
]
