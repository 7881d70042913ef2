"""The list of leads: tabs of views, filters, a table or a board, and a page by key (UX 6)."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString

from leadfarm.access.middleware import InsideRequest
from leadfarm.leads.clause_builder import Builder, read
from leadfarm.leads.clause_builder import show as show_clause
from leadfarm.leads.panels import registry
from leadfarm.leads.queries.listing import sorts
from leadfarm.leads.queries.listing.board import CARDS, Column, board_of
from leadfarm.leads.queries.listing.layouts import LAYOUTS
from leadfarm.leads.queries.listing.page import COUNTED, ENOUGH, PAGE, Page, find_page
from leadfarm.leads.queries.listing.rows import Row, rows_of
from leadfarm.leads.queries.listing.views import COLUMNS
from leadfarm.leads.views.asked import QUICK, Asked, read_asked
from leadfarm.leads.views.cells import Sheet, line_of
from leadfarm.rules.clauses import canonical
from leadfarm.ui import words
from leadfarm.ui.navigation import address

SORTED_BY = {
    "heat": "heat",
    "stage": "stage",
    "due": "next",
    "entered": "entered",
    "amount": "amount",
}


def show(request: InsideRequest) -> HttpResponse:
    """Show the leads asked for; a filled-in builder becomes an address that can be passed on."""
    asked = read_asked(request)
    builder = _builder(request, asked)
    if builder and _is_filled(request) and builder.clause is not None and not builder.pressed:
        clause = canonical(builder.clause) if builder.clause.members else '{"all":[]}'
        return redirect(asked.address(f=clause))
    if builder and request.headers.get("HX-Request"):
        drawn = {"hidden": _hidden(asked), "builder": builder}
        return render(request, "leads/list/conditions.html", drawn)
    context = _frame(asked, builder)
    if asked.fault:
        return render(request, "leads/list/page.html", context, status=400)
    context |= _board(asked) if asked.layout == "board" else _table(asked)
    return render(request, "leads/list/page.html", context)


def _is_filled(request: InsideRequest) -> bool:
    return "joined" in request.GET or "kept" in request.GET


def _builder(request: InsideRequest, asked: Asked) -> Builder | None:
    """Return the builder where it is asked for: to draw it takes as long as twenty leads."""
    if _is_filled(request):
        return read(request.GET, asked.catalogue)
    return show_clause(asked.base, asked.catalogue) if "conditions" in request.GET else None


def _in_layout(address: str, layout: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}as={layout}"


def _frame(asked: Asked, builder: Builder | None) -> dict[str, Any]:
    """Return what stands around the rows."""
    return {
        "asked": asked,
        "builder": builder,
        "conditions": asked.address(conditions="open"),
        "tabs": _tabs(asked),
        "quick": _quick_filters(asked),
        "hidden": _hidden(asked),
        "columns": [(name, label, name in asked.columns) for name, label in COLUMNS.items()],
        "without_words": asked.address(q=""),
        "export": asked.address("leads:export"),
        "layouts": [
            (layout.label, _in_layout(asked.address("leads:export"), name))
            for name, layout in LAYOUTS.items()
        ],
        "acts": _acts(asked),
        "other": asked.address(layout="list" if asked.layout == "board" else "board"),
        "changed": bool(asked.filter or asked.quick or asked.params().keys() - {"view", "q"}),
    }


def _acts(asked: Asked) -> list[dict[str, str]]:
    """Return what other rooms do with these leads; a firm works on leads one by one."""
    if asked.request.member.firm_id is not None:
        return []
    slug = asked.request.workspace.slug
    return [
        {
            "label": act.label,
            "icon": act.icon,
            "chosen": address(act.url_name, slug),
            "all": asked.address(act.url_name),
        }
        for act in registry.list_acts.values()
    ]


def _hidden(asked: Asked) -> dict[str, dict[str, str]]:
    """Return what each form of the page has to carry along."""
    params = asked.params()

    def without(*names: str) -> dict[str, str]:
        return {name: value for name, value in params.items() if name not in names}

    return {"quick": without(*QUICK), "clause": without("f"), "columns": without("columns")}


def _tabs(asked: Asked) -> list[dict[str, Any]]:
    page = address("leads:list", asked.request.workspace.slug)
    return [
        {"label": view.label, "href": f"{page}?view={view.key}", "current": view is asked.view}
        for view in asked.views
    ]


def _quick_filters(asked: Asked) -> list[dict[str, Any]]:
    fields = (
        ("stage", "Stage", "stage"),
        ("owner", "Owner", "pd_owner"),
        ("source", "Source", "source"),
    )
    return [
        {
            "name": name,
            "label": label,
            "value": asked.quick.get(name, ""),
            "choices": [(each.key, each.label) for each in asked.catalogue.fields[field].choices],
        }
        for name, label, field in fields
    ]


def _table(asked: Asked) -> dict[str, Any]:
    request, page = asked.request, find_page(asked.which, asked.order, asked.key, PAGE)
    rows = rows_of(request.workspace, page.ids, request.now)
    return {
        "rows": rows,
        "lines": _lines(asked, rows),
        "heads": [_head(asked, name) for name in ("lead", *asked.columns)],
        "count": _count(page),
        "first_matches": page.first_matches,
        "next_page": asked.address(after=page.next_key) if page.next_key else "",
        "first_page": asked.address() if asked.key else "",
    }


def _lines(asked: Asked, rows: list[Row]) -> SafeString:
    """Return the rows drawn; a lead's page lies below the list's."""
    workspace, now = asked.request.workspace, asked.request.now
    sheet = Sheet(workspace.currency, now.astimezone(ZoneInfo(workspace.time_zone)))
    page = address("leads:list", workspace.slug)
    return SafeString(
        "".join(line_of(row, f"{page}{row.id}/", asked.columns, sheet) for row in rows)
    )


def _count(page: Page) -> str:
    return words.count(min(page.count, ENOUGH), ENOUGH if page.count > ENOUGH else 0)


def _head(asked: Asked, column: str) -> dict[str, Any]:
    """Return a head; one that sorts turns round when it is the order already."""
    label = "Lead" if column == "lead" else COLUMNS[column]
    sort = sorts.SORTS.get("account" if column == "lead" else SORTED_BY.get(column, ""))
    head: dict[str, Any] = {"label": label, "number": column == "amount"}
    if sort is None:
        return head
    current = asked.order.sort is sort
    descends = not asked.order.descending if current else sort.usual == "descending"
    said = "descending" if asked.order.descending else "ascending"
    wanted = sorts.Order(sort, descends).name
    return {**head, "href": asked.address(sort=wanted), "sorted": said if current else ""}


def _board(asked: Asked) -> dict[str, Any]:
    request, columns = asked.request, board_of(asked.which)
    ids = [one for column in columns for one in column.ids]
    rows = {row.id: row for row in rows_of(request.workspace, ids, request.now)}
    return {"board": [_lane(asked, column, rows) for column in columns]}


def _lane(asked: Asked, column: Column, rows: dict[int, Row]) -> dict[str, Any]:
    capped = column.count > COUNTED
    money = words.money(column.amount, asked.request.workspace.currency) if column.amount else ""
    rest = asked.address(layout="list", stage=column.stage.slug)
    return {
        "title": column.stage.label,
        "count": min(column.count, COUNTED),
        "cap": COUNTED if capped else None,
        "value": f"{money} or more" if capped and money else money,
        "cards": [_card(asked, rows[one]) for one in column.ids if one in rows],
        "more": rest if column.count > CARDS else "",
    }


def _card(asked: Asked, row: Row) -> dict[str, Any]:
    place = {"workspace": asked.request.workspace.slug, "lead_id": row.id}
    currency = asked.request.workspace.currency
    return {
        "href": reverse("leads:record", kwargs=place),
        "title": row.title,
        "sub": ", ".join(each for each in (row.person, row.company) if each),
        "fit": row.fit,
        "heat": row.heat,
        "bars": row.bars,
        "due": row.due,
        "due_state": row.due_state,
        "next": row.next,
        "owner": row.owner,
        "value": words.money(row.amount, currency) if row.amount else "",
    }
