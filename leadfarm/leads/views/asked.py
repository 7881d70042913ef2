"""What the address of the list asks for: view, filter, words, order, page, columns, layout.

Whatever cannot be read falls back to what is usual; only a filter that cannot be used is said,
because without it the list would show something else than was asked for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from leadfarm.access.middleware import InsideRequest
from leadfarm.leads.queries.catalogue import fields_of, moment_of
from leadfarm.leads.queries.listing import sorts
from leadfarm.leads.queries.listing.page import Which
from leadfarm.leads.queries.listing.views import (
    COLUMNS,
    View,
    owned_by,
    saved_views,
    usual_views,
)
from leadfarm.leads.queries.listing.words import Words, read_words
from leadfarm.rules.clauses import (
    EVERYONE,
    Catalogue,
    Clause,
    FaultyClause,
    FieldTest,
    Group,
    all_of,
    canonical,
    parse,
    sentence,
)
from leadfarm.ui.navigation import address

LONGEST_FILTER = 8_000
QUICK = ("stage", "owner", "source")


@dataclass(frozen=True)
class Asked:
    """One question to the list. `filter` is the address's own clause, in place of the view's."""

    request: InsideRequest
    catalogue: Catalogue
    views: list[View]
    view: View
    filter: Clause | None
    quick: dict[str, str]
    words: Words
    order: sorts.Order
    columns: tuple[str, ...]
    layout: str
    fault: str = ""

    @property
    def base(self) -> Clause:
        """Return the clause without the quick filters: the address's, else the view's."""
        return self.filter or self.view.clause

    @property
    def clause(self) -> Clause:
        """Return the whole clause."""
        quick = [_quick_test(name, value) for name, value in self.quick.items()]
        if not quick:
            return self.base
        base = self.base.members if self.base.how == "all" else (self.base,)
        return all_of(*base, *quick)

    @property
    def said(self) -> str:
        """Return the whole clause as an English sentence; empty for every lead."""
        if not self.clause.members:
            return ""
        said = sentence(self.clause, self.catalogue)
        return f"{said[:1].upper()}{said[1:]}."

    @property
    def which(self) -> Which:
        """Return the leads asked for."""
        workspace = self.request.workspace
        moment = moment_of(workspace, self.request.now)
        return Which(workspace.id, self.clause, self.catalogue, moment, self.words)

    @property
    def key(self) -> sorts.KeyOf | None:
        """Return the key behind which the page starts."""
        return sorts.unpack(self.request.GET.get("after", ""), self.order)

    def params(self, **changes: str) -> dict[str, str]:
        """Return what stands in the address, changed; an empty value leaves it out."""
        now = {
            "view": self.view.key,
            "f": canonical(self.filter) if self.filter else "",
            **self.quick,
            "q": self.words.text,
            "sort": self.order.name if self.order.name != self.view.sort else "",
            "columns": " ".join(self.columns) if self.columns != self.view.columns else "",
            "layout": self.layout if self.layout != self.view.layout else "",
        }
        return {name: value for name, value in {**now, **changes}.items() if value}

    def address(self, url_name: str = "leads:list", **changes: str) -> str:
        """Return the address of this question, changed; without a page key."""
        page = address(url_name, self.request.workspace.slug)
        return f"{page}?{urlencode(self.params(**changes))}"


def read_asked(request: InsideRequest) -> Asked:
    """Return what the address asks for; two queries."""
    catalogue = fields_of(request.workspace, request.member)
    words = read_words(request.GET.get("q", ""))
    views = [*usual_views(request.member), *saved_views(request.member, catalogue)]
    wanted = request.GET.get("view", "")
    everything = View("all", "All leads", EVERYONE, "-heat" if words else "-entered")
    usual = everything if words or wanted == "all" else views[0]
    view = next((one for one in views if one.key == wanted), usual)
    clause, fault = _filter(request.GET.get("f", ""), catalogue)
    layout = request.GET.get("layout", view.layout)
    return Asked(
        request=request,
        catalogue=catalogue,
        views=views,
        view=view,
        filter=clause,
        quick=_quick(request, catalogue),
        words=words,
        order=replace(
            sorts.read_order(request.GET.get("sort", view.sort), view.sort), exact_first=bool(words)
        ),
        columns=_columns(request) or view.columns,
        layout="board" if layout == "board" else "list",
        fault=fault or (view.fault if clause is None else ""),
    )


def _columns(request: InsideRequest) -> tuple[str, ...]:
    named = " ".join(request.GET.getlist("columns")).split()
    return tuple(name for name in COLUMNS if name in named)


def _filter(text: str, catalogue: Catalogue) -> tuple[Clause | None, str]:
    if not text:
        return None, ""
    if len(text) > LONGEST_FILTER:
        return None, f"it is longer than {LONGEST_FILTER} signs"
    try:
        return parse(json.loads(text), catalogue), ""
    except FaultyClause as faulty:
        return None, str(faulty)
    except (ValueError, RecursionError):
        return None, "it is no JSON"


def _quick(request: InsideRequest, catalogue: Catalogue) -> dict[str, str]:
    fields = {"stage": "stage", "owner": "pd_owner", "source": "source"}
    asked = {name: request.GET.get(name, "") for name in QUICK}
    return {
        name: value
        for name, value in asked.items()
        if value and catalogue.fields[fields[name]].choice(value)
    }


def _quick_test(name: str, value: str) -> Group | FieldTest:
    return owned_by(int(value)) if name == "owner" else FieldTest(name, "is", value)
