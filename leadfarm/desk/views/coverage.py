"""The Coverage page: every open lead by side, person, next step and age (S1-7, S2-5)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.desk.queries.coverage import OLD, Cover, Line, coverage_of
from leadfarm.rules.clauses import FieldTest, all_of, canonical
from leadfarm.rules.codes import Side
from leadfarm.rules.stages import Stage

IS_OPEN = FieldTest("stage", "at_most", Stage.QUALIFIED.slug)
LATE = FieldTest("next_step_due", "passed")
OWNER = {Side.MARKETING: "marketing_owner", Side.PD: "pd_owner", Side.SALES: "sales_owner"}


@require_safe
def show(request: InsideRequest) -> HttpResponse:
    """Show who looks after what; behind a firm's wall, of its own leads."""
    coverage = coverage_of(request.workspace, request.now)
    context = {
        "coverage": coverage,
        "covers": [_cover(request, cover) for cover in coverage.covers],
        "unowned": sum(cover.unowned for cover in coverage.covers),
        "open_leads": _list(request, IS_OPEN),
        "late_leads": _list(request, IS_OPEN, LATE),
    }
    return render(request, "desk/coverage.html", context)


def _cover(request: InsideRequest, cover: Cover) -> dict[str, Any]:
    return {
        "side": cover.side,
        "cover": cover,
        "lines": [(line, _links(request, cover.side, line)) for line in cover.lines],
    }


def _links(request: InsideRequest, side: Side, line: Line) -> dict[str, str]:
    """Return the lists of this person's open leads, of those whose move is theirs, and so on."""
    if line.member_id is None:
        owned = FieldTest(OWNER[side], "is_unknown")
    else:
        owned = FieldTest(OWNER[side], "is", str(line.member_id))
    move = FieldTest("whose_move", "is", side.slug)
    return {
        "all": _list(request, IS_OPEN, owned),
        "moves": _list(request, IS_OPEN, owned, move),
        "late": _list(request, IS_OPEN, owned, move, LATE),
        "old": _list(request, IS_OPEN, owned, FieldTest("days_in_stage", "at_least", OLD.days)),
    }


def _list(request: InsideRequest, *tests: FieldTest) -> str:
    page = reverse("leads:list", kwargs={"workspace": request.workspace.slug})
    asked = {"view": "all", "f": canonical(all_of(*tests)), "sort": "next"}
    return f"{page}?{urlencode(asked)}"
