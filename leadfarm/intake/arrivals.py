"""Questions about what arrived: the list by door and state, one receipt, a lead's receipts."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from leadfarm.access.models import Workspace
from leadfarm.intake.codes import Door, ReceiptState
from leadfarm.intake.models import Receipt
from leadfarm.leads.models import Lead
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.matching import MatchBy
from leadfarm.rules.opening import Opening

if TYPE_CHECKING:
    from leadfarm.access.middleware import InsideRequest

A_PAGE = 50
SHOWN_OF_A_LEAD = 6


@dataclass(frozen=True)
class Shown:
    """Which arrivals the page was asked for; `state` "waiting": what somebody has to mend.

    What looks like junk is judged in quarantine, and only there.
    """

    door: Door | None = None
    state: str = "waiting"
    before: int | None = None


@dataclass(frozen=True)
class Line:
    """One receipt as pages show it."""

    receipt: Receipt
    door: str
    state: str
    came_by: str
    opening: str = ""
    matched: str = ""

    @property
    def may_be_replayed(self) -> bool:
        """Return whether a person can still let it in."""
        is_waiting = self.receipt.state != ReceiptState.CAPTURED
        return is_waiting and self.receipt.payload_id is not None


def arrivals(workspace: Workspace, shown: Shown) -> tuple[list[Line], int | None]:
    """Return a page of arrivals, the latest first, and the id the next page starts below."""
    found = _of_state(Receipt.objects.of(workspace), shown.state)
    if shown.door is not None:
        found = found.filter(door=shown.door)
    if shown.before is not None:
        found = found.filter(id__lt=shown.before)
    joined = found.select_related("form", "endpoint", "mailbox", "contact", "lead")
    rows = list(joined.order_by("-id")[: A_PAGE + 1])
    return [line(row) for row in rows[:A_PAGE]], rows[A_PAGE - 1].id if len(rows) > A_PAGE else None


def _of_state(found: QuerySet[Receipt], state: str) -> QuerySet[Receipt]:
    one = ReceiptState.read(state)
    if state == "dismissed":
        return found.exclude(dismissed_at=None)
    if one is not None:
        return found.filter(state=one)
    if state == "all":
        return found
    return found.filter(state=ReceiptState.REFUSED, dismissed_at=None)


def to_judge(workspace: Workspace) -> dict[int, int]:
    """Return how many arrivals wait for somebody, by state: to be mended, to be judged."""
    states = [ReceiptState.REFUSED, ReceiptState.QUARANTINED]
    found = Receipt.objects.of(workspace).filter(state__in=states, dismissed_at=None)
    return dict(found.values_list("state").annotate(n=Count("id")))


def waiting_by_door(workspace: Workspace) -> dict[int, int]:
    """Return how many arrivals of each door somebody has to mend."""
    found = _of_state(Receipt.objects.of(workspace), "waiting")
    return dict(found.values_list("door").annotate(n=Count("id")))


def line(receipt: Receipt) -> Line:
    """Return the receipt as pages show it."""
    came_by = receipt.form or receipt.endpoint or receipt.mailbox
    state = ReceiptState(receipt.state).label
    return Line(
        receipt,
        Door(receipt.door).label,
        "Dismissed" if receipt.dismissed_at else state,
        str(came_by) if came_by else "",
        Opening(receipt.opening).label if receipt.opening else "",
        MatchBy(receipt.matched_by).label if receipt.matched_by else "Nobody was there",
    )


def payload_shown(receipt: Receipt) -> str:
    """Return the raw payload as people read it: JSON in lines; "" where its time is over."""
    if receipt.payload is None:
        return ""
    body = str(receipt.payload.body)
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return body


def understood(receipt: Receipt) -> list[tuple[str, str]]:
    """Return what was made of an arrival, as pairs of what and how it stands on the record."""
    if receipt.state != ReceiptState.CAPTURED:
        return []
    contact, lead, touch = receipt.contact, receipt.lead, receipt.touch
    told = [
        ("Contact", contact.name if contact else "erased"),
        ("E-mail", contact.email if contact else ""),
        ("Phone", contact.phone if contact else ""),
        ("Company", contact.account.name if contact and contact.account else ""),
        ("Lead", lead.title if lead else ""),
        ("Need", lead.need if lead else ""),
        ("Touch", TouchKind(touch.kind).label if touch else ""),
        ("Consent", receipt.consent_wording),
    ]
    return [(name, value) for name, value in told if value]


def match_order(receipt: Receipt) -> list[tuple[str, bool]]:
    """Return the keys in the order in which they are tried, and which of them found the contact."""
    return [(by.label, by == receipt.matched_by) for by in MatchBy]


def evidence(request: "InsideRequest", lead: Lead) -> dict[str, Any] | None:
    """Return how the lead came in, for its page: its latest receipts; one query."""
    rows = Receipt.objects.of(lead.workspace_id).filter(lead_id=lead.id)
    joined = rows.select_related("form", "endpoint", "mailbox").order_by("-id")
    found = [line(row) for row in joined[:SHOWN_OF_A_LEAD]]
    return {"receipts": found, "may_open": request.member.firm_id is None} if found else None
