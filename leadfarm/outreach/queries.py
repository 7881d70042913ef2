"""What the page of sending asks: what waits and why, what is used up, which domains are full."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count

from leadfarm.access.models import Workspace
from leadfarm.outreach.codes import WAITING, MessageState
from leadfarm.outreach.delivery.throttling import MAILBOX
from leadfarm.outreach.models import Message, Outflow, SendingRule
from leadfarm.rules.consent import HeldBecause
from leadfarm.rules.sending_pace import WARM_UP_DAYS, Book

# More waiting messages than this are not counted one by one: "20,000 or more".
COUNTED = 20_000
MOST_DOMAINS = 10
SPANS = ("this minute", "this hour", "today")
WAITING_NOW = f"""
SELECT because, deferred, count(*), min(not_before), max(not_before)
  FROM (SELECT CASE WHEN not_before > %(now)s THEN held_because END AS because,
               deferred_since IS NOT NULL AND not_before > %(now)s AS deferred,
               greatest(not_before, %(now)s) AS not_before
          FROM outreach_message
         WHERE workspace_id = %(workspace)s
           AND state IN ({", ".join(str(int(state)) for state in WAITING)})
         ORDER BY not_before LIMIT {COUNTED}) waiting
 GROUP BY because, deferred, (because IS NULL AND NOT deferred AND not_before > %(now)s)
 ORDER BY min(not_before), count(*) DESC
"""  # noqa: S608 (codes and a number of ours)


@dataclass(frozen=True)
class Waiting:
    """Messages that wait for the same reason: how many, when the first and the last of them go."""

    why: str
    count: int
    first_at: datetime
    last_at: datetime
    is_due: bool


@dataclass(frozen=True)
class Gauge:
    """How much of one limit is used."""

    span: str
    used: int
    limit: int


@dataclass(frozen=True)
class FullDomain:
    """A domain whose limit makes messages wait, and when the last of them goes."""

    domain: str
    last_at: datetime


def waiting(workspace: Workspace, now: datetime) -> list[Waiting]:
    """Return what waits, by reason, the soonest first."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING_NOW, {"workspace": workspace.id, "now": now})
        return [
            Waiting(_why(because, deferred, first > now), count, first, last, first <= now)
            for because, deferred, count, first, last in cursor.fetchall()
        ]


def _why(because: int | None, deferred: bool, is_later: bool) -> str:
    if because:
        return HeldBecause(because).label
    if deferred:
        return "Their server asks for a later try"
    return "Planned for later" if is_later else "Due now"


def gauges(workspace: Workspace, rule: SendingRule, now: datetime) -> list[Gauge]:
    """Return how much of each limit of the mailbox is used."""
    pace = rule.of_mailbox(ZoneInfo(workspace.time_zone))
    known = Outflow.objects.of(workspace).filter(domain=MAILBOX).first()
    book = Book(known.used_at, *known.used) if known else Book(now)
    used = book.turned(now, pace)
    limited = (rule.minute, rule.hour, rule.day)
    found = zip(SPANS, used[1:], pace.at(now), limited, strict=True)
    return [Gauge(span, had, may) for span, had, may, is_set in found if is_set is not None]


def full_domains(workspace: Workspace, now: datetime) -> list[FullDomain]:
    """Return the domains to which messages wait for our limit, the longest first."""
    found = Outflow.objects.of(workspace).exclude(domain=MAILBOX).filter(promised_at__gt=now)
    listed = found.order_by("-promised_at").values_list("domain", "promised_at")[:MOST_DOMAINS]
    return [FullDomain(domain, last_at) for domain, last_at in listed]


def warm_up_plan(workspace: Workspace, rule: SendingRule, now: datetime) -> dict[str, object]:
    """Return the weeks of the warm-up and today's place in it; empty without one."""
    plan = rule.warm_up
    if plan is None:
        return {}
    place = plan.place(now.astimezone(ZoneInfo(workspace.time_zone)).date())
    week = (place + 6) // 7
    return {
        "place": place,
        "days": WARM_UP_DAYS,
        "is_over": place > WARM_UP_DAYS,
        "cap": plan.cap(place),
        "weeks": [(number, first, last, number == week) for number, first, last in plan.weeks()],
    }


def troubled(workspace: Workspace) -> dict[str, int]:
    """Return how many messages somebody must decide about, by state."""
    states = (MessageState.IN_DOUBT, MessageState.FAILED)
    found = Message.objects.of(workspace).filter(state__in=states).values("state")
    counts = {row["state"]: row["n"] for row in found.annotate(n=Count("id")).order_by()}
    return {state.slug.replace("-", "_"): counts.get(int(state), 0) for state in states}
