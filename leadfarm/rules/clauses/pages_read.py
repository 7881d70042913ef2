"""Which pages of the company's website the people of a lead read: the words of their visits.

Both shapes of query reach them through the lead's own visits, by its index; only then are words
searched, so that the conditions keep their index behind the walls.
"""

from __future__ import annotations

from dataclasses import dataclass

from leadfarm.rules.clauses.binds import Binds
from leadfarm.rules.clauses.catalogue import Field
from leadfarm.rules.clauses.meaning import window_start
from leadfarm.rules.clauses.moment import Moment
from leadfarm.rules.clauses.operators import Kind
from leadfarm.rules.clauses.reach import Plan
from leadfarm.rules.codes import TouchKind

SECTION = "Website"
WORDS = "string_agg(read.body, E'\\n' ORDER BY touch.happened_at, touch.id)"
SPANS = (7, 30, 90)


@dataclass(frozen=True, slots=True)
class PagesRead:
    """Titles and addresses of what humans read in so many days, one a line."""

    days: int

    def value(self, plan: Plan) -> str | None:
        """The words, null where nobody read anything."""
        return plan.pages(self.days)


def page_fields() -> tuple[Field, ...]:
    """The pages read in the last week, month and quarter."""
    return tuple(
        Field(
            f"pages_{days}",
            f"pages read in {days} days",
            Kind.TEXT,
            PagesRead(days),
            section=SECTION,
        )
        for days in SPANS
    )


def _visits(workspace: str, moment: Moment, binds: Binds) -> str:
    """FROM and WHERE over the human visits known by then, with their words."""
    at = binds.bind(moment.at)
    kind = binds.bind(int(TouchKind.PAGE_VISIT))
    return (
        "FROM leads_personaltext read JOIN leads_touch touch"
        f" ON touch.workspace_id = {workspace} AND touch.id = read.touch_id"
        f" WHERE read.workspace_id = {workspace} AND read.kind = 'visit' AND touch.kind = {kind}"
        f" AND NOT touch.by_machine AND touch.known_at <= {at} AND touch.happened_at <= {at}"
    )


def _since(days: int, moment: Moment, binds: Binds) -> str:
    return f"touch.happened_at >= {binds.bind(window_start(days, moment))}"


class PagesBeside:
    """The words by a correlated subquery."""

    moment: Moment
    binds: Binds
    workspace_id: int

    def pages(self, days: int) -> str:
        """What was read in so many days."""
        visits = _visits(self.binds.bind(self.workspace_id), self.moment, self.binds)
        since = _since(days, self.moment, self.binds)
        return f"(SELECT {WORDS} {visits} AND read.lead_id = lead.id AND {since})"


class PagesGathered:
    """The words of all leads by one aggregate, whatever the number of spans."""

    moment: Moment
    binds: Binds
    workspace_id: int
    spans: set[int]

    def pages(self, days: int) -> str:
        """What was read in so many days."""
        self.spans.add(days)
        return f"pages.days_{days}"

    def pages_joined(self) -> list[str]:
        """The join to what was read; none where nobody asks."""
        if not self.spans:
            return []
        columns = ", ".join(
            f"{WORDS} FILTER (WHERE {_since(days, self.moment, self.binds)}) AS days_{days}"
            for days in sorted(self.spans)
        )
        visits = _visits(self.binds.bind(self.workspace_id), self.moment, self.binds)
        since = _since(max(self.spans), self.moment, self.binds)
        return [
            f"LEFT JOIN (SELECT read.lead_id, {columns} {visits} AND {since}"
            " GROUP BY read.lead_id) pages ON pages.lead_id = lead.id"
        ]
