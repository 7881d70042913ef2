"""Every verb of a lead page that this room has: who may do it, at which stage, and what follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.leads.models import Lead
from leadfarm.qualification import actions, forms
from leadfarm.qualification.actions import Recheck, Rejection
from leadfarm.rules.codes import DisqualifyReason, LossReason, RecycleReason, RejectReason, Role
from leadfarm.rules.stages import OPEN, Stage, Verb

Act = Callable[[InsideRequest, Lead, dict[str, Any]], str]
BEFORE = frozenset({Role.MARKETER, Role.PD, Role.MANAGER, Role.ADMIN})
SALES = frozenset({Role.SALES_REP, Role.MANAGER, Role.ADMIN})
UNDELIVERED = frozenset({Stage.RAW, Stage.INQUIRY, Stage.NURTURING, Stage.DORMANT})


@dataclass(frozen=True)
class LeadVerb:
    """One verb: the noun of its address, its words, its stages, its form and what it does."""

    noun: str
    label: str
    title: str
    then: str
    stages: frozenset[Stage]
    form: type[forms.VerdictForm]
    act: Act
    thens: Mapping[str, str]

    def is_open_to(self, role: Role, stage: Stage) -> bool:
        """Whether this role may do it to a lead at this stage."""
        if stage not in self.stages:
            return False
        if self.noun in ("disqualification", "recycling"):
            return role in (BEFORE if stage in UNDELIVERED else SALES)
        return role in (BEFORE if self.noun == "delivery" else SALES)


def _deliver(request: InsideRequest, lead: Lead, _data: dict[str, Any]) -> str:
    delivery = actions.deliver(lead, by=Actor.of(request.member), now=request.now)
    to = delivery.delivered_to
    return f"Delivered to {to.name}" if to else "Delivered to sales"


def _accept(request: InsideRequest, lead: Lead, data: dict[str, Any]) -> str:
    actions.accept(lead, by=request.member, now=request.now, text=data["text"])
    return "Accepted; the first conversation is planned"


def _reject(request: InsideRequest, lead: Lead, data: dict[str, Any]) -> str:
    why = Rejection(data["reason"], data["text"], data["criterion"], data["to"])
    actions.reject(lead, why, by=request.member, now=request.now)
    return f"Rejected: {why.reason.label.lower()}"


def _disqualify(request: InsideRequest, lead: Lead, data: dict[str, Any]) -> str:
    recheck = Recheck(data["rule"], data["on"], data["months"])
    by, text = Actor.of(request.member), data["text"]
    actions.disqualify(lead, data["reason"], recheck, by=by, now=request.now, text=text)
    return f"Disqualified: {data['reason'].label.lower()}"


def _recycle(request: InsideRequest, lead: Lead, data: dict[str, Any]) -> str:
    by, wake = Actor.of(request.member), data["wake_on"]
    actions.recycle(lead, data["reason"], wake, by=by, now=request.now, text=data["text"])
    return f"Recycled; it wakes on {wake:%-d %B %Y}"


def _qualify(request: InsideRequest, lead: Lead, data: dict[str, Any]) -> str:
    actions.qualify(lead, by=Actor.of(request.member), now=request.now, **data)
    return "Qualified: an opportunity now"


def _win(request: InsideRequest, lead: Lead, data: dict[str, Any]) -> str:
    actions.win(lead, by=Actor.of(request.member), now=request.now, **data)
    return "Won"


def _lose(request: InsideRequest, lead: Lead, data: dict[str, Any]) -> str:
    recheck = Recheck(data["rule"], data["on"], data["months"])
    words = {"vendor": data["vendor"], "text": data["text"]}
    by = Actor.of(request.member)
    actions.lose(lead, data["reason"], recheck, by=by, now=request.now, **words)
    return "Lost; it is looked at again as you said"


def _reopen(request: InsideRequest, lead: Lead, data: dict[str, Any]) -> str:
    actions.reopen(lead, by=Actor.of(request.member), now=request.now, **data)
    return "Open again, at Qualified"


REJECTED = {
    RejectReason.MISROUTED.slug: "Goes to the colleague you name, who has the full time to answer.",
    RejectReason.FAULTY_RECORD.slug: "Prospect development reviews and corrects the record.",
    RejectReason.CRITERION_NOT_MET.slug: "Goes back to nurture; the criterion you name is counted.",
}
RECYCLED = {
    reason.slug: "Nurture goes on; a check-in falls due on the wake date."
    for reason in RecycleReason
}
DISQUALIFIED = {
    reason.slug: "Closed for good; nothing is sent any more."
    if reason.allows_never
    else "Closed with a recheck; an event may open it again."
    for reason in DisqualifyReason
}
LOST = {
    reason.slug: "Name the vendor below." if reason.needs_vendor else "Closed with a recheck."
    for reason in LossReason
}


def _verb(
    noun: str,
    words: tuple[str, str, str],
    stages: object,
    form: type[forms.VerdictForm],
    act: Act,
    thens: Mapping[str, str] | None = None,
) -> LeadVerb:
    label, title, then = words
    at = frozenset(stages)  # type: ignore[call-overload]
    return LeadVerb(noun, label, title, then, at, form, act, thens or {})


VERBS = (
    _verb(
        "delivery",
        ("Deliver", "Deliver to sales", "Sales accepts or rejects it within the promised hours."),
        Verb.DELIVER.sources,
        forms.DeliverForm,
        _deliver,
    ),
    _verb(
        "acceptance",
        ("Accept", "Accept the lead", "You confirm the criteria; a first conversation is planned."),
        Verb.ACCEPT.sources,
        forms.AcceptForm,
        _accept,
    ),
    _verb(
        "rejection",
        ("Reject", "Give the lead back before contact", "After a talk, disqualify or recycle it."),
        Verb.REJECT.sources,
        forms.RejectForm,
        _reject,
        REJECTED,
    ),
    _verb(
        "qualification",
        ("Qualify", "Make it an opportunity", "Need and timing are confirmed in a conversation."),
        Verb.QUALIFY.sources,
        forms.OpportunityForm,
        _qualify,
    ),
    _verb(
        "win",
        ("Won", "The order has come", "The opportunity closes as won, today."),
        Verb.WIN.sources,
        forms.WinForm,
        _win,
    ),
    _verb(
        "loss",
        ("Lost", "The opportunity is lost", "It sleeps with a reason and is looked at again."),
        Verb.LOSE.sources,
        forms.LossForm,
        _lose,
        LOST,
    ),
    _verb(
        "recycling",
        ("Recycle", "It fits, but not now", "It goes back to nurture until its wake date."),
        Verb.RECYCLE.sources,
        forms.RecycleForm,
        _recycle,
        RECYCLED,
    ),
    _verb(
        "disqualification",
        ("Disqualify", "It does not fit", "It closes with a reason; no lead is closed for ever."),
        (OPEN | {Stage.DORMANT}) - {Stage.SALES_READY},
        forms.DisqualifyForm,
        _disqualify,
        DISQUALIFIED,
    ),
    _verb(
        "reopening",
        ("Re-open", "Open it again", "It goes back to Qualified, with a call as next step."),
        Verb.REOPEN.sources,
        forms.ReopenForm,
        _reopen,
    ),
)
BY_NOUN = {verb.noun: verb for verb in VERBS}


def open_verbs(role: Role, stage: Stage) -> list[LeadVerb]:
    """Return what this role may do to a lead at this stage, the usual one first."""
    return [verb for verb in VERBS if verb.is_open_to(role, stage)]
