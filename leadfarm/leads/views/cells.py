"""How a line of the list is drawn: of each column its class, and what stands in the cell.

In Python, not in a template that asks of each cell which column it is: a page of fifty leads is
five hundred cells, and the asking took three times as long as the drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString

from leadfarm.leads.queries.listing.rows import Row
from leadfarm.ui import words
from leadfarm.ui.templatetags.ui import mark, said_day

Drawn = SafeString | str


@dataclass(frozen=True)
class Sheet:
    """What a cell depends on besides its lead: the workspace's money, and now by its clock."""

    currency: str
    now: datetime


def _face(row: Row, _sheet: Sheet) -> Drawn:
    return mark("face", name=row.owner, mini=True) if row.owner else ""


def _due(row: Row, _sheet: Sheet) -> Drawn:
    return mark("due", label=row.due, state=row.due_state) if row.due else ""


def _stage(row: Row, _sheet: Sheet) -> Drawn:
    return mark("stage", label=row.stage, done=row.done, kind=row.stage_kind, since=row.since)


def _amount(row: Row, sheet: Sheet) -> Drawn:
    return "" if row.amount is None else words.money(row.amount, sheet.currency)


def _entered(row: Row, sheet: Sheet) -> Drawn:
    return said_day(row.entered_at.astimezone(sheet.now.tzinfo).date(), sheet.now.date())


DRAWN_AS: dict[str, tuple[str, Callable[[Row, Sheet], Drawn]]] = {
    "person": ("drop", lambda row, _sheet: row.person),
    "stage": ("", _stage),
    "fit": ("", lambda row, _sheet: mark("fit", letter=row.fit)),
    "heat": ("", lambda row, _sheet: mark("heat", value=row.heat, bars=row.bars)),
    "move": ("drop", lambda row, _sheet: row.move),
    "next": ("last", lambda row, _sheet: row.next),
    "due": ("end", _due),
    "source": ("drop", lambda row, _sheet: row.source),
    "owner": ("drop", _face),
    "entered": ("drop nowrap", _entered),
    "amount": ("n drop", _amount),
}


LINE = (
    '<tr data-row><td class="pick"><label><input type="checkbox" name="lead" value="{number}">'
    '<span class="vh">Select {title}</span></label></td>'
    '<th scope="row"><a class="title" href="{href}">{title}</a><small>{company}</small></th>'
    "{cells}</tr>"
)


def line_of(row: Row, href: str, columns: Iterable[str], sheet: Sheet) -> SafeString:
    """Return one lead as a row of the table, with a box to choose it; what people typed escaped."""
    return format_html(
        LINE,
        number=f"{row.id:d}",
        title=row.title,
        href=href,
        company=row.company,
        cells=cells_of(row, columns, sheet),
    )


def cells_of(row: Row, columns: Iterable[str], sheet: Sheet) -> SafeString:
    """Return the cells of one lead for these columns, in their order; what people typed escaped."""
    drawn = ((kind, draw(row, sheet)) for kind, draw in (DRAWN_AS[name] for name in columns))
    return SafeString("".join(f"{TAGS[kind]}{_escaped(text)}</td>" for kind, text in drawn))


def _escaped(text: Drawn) -> str:
    return text if isinstance(text, SafeString) else escape(text)


TAGS = {kind: f'<td class="{kind}">' if kind else "<td>" for kind, _draw in DRAWN_AS.values()}
