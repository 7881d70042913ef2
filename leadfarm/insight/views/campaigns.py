"""Sources and campaigns: what each brought, and what a qualified opportunity cost."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from leadfarm.access.middleware import InsideRequest
from leadfarm.insight.queries.origins import By, Origin, origins, total
from leadfarm.insight.queries.period import read_period
from leadfarm.intake.views.imports import LEADING
from leadfarm.ui.charts import Whisker

LAST_YEAR = timedelta(days=365)


def show(request: InsideRequest) -> HttpResponse:
    """Show sources, or campaigns with `?by=campaign`, of leads that entered in a period.

    Unless told otherwise it is the last twelve months.
    """
    by: By = "campaign" if request.GET.get("by") == "campaign" else "source"
    last_year = (request.now - LAST_YEAR).date().isoformat()
    first, last = request.GET.get("from", last_year), request.GET.get("until", "")
    period = read_period(first, last, request.now)
    found = origins(request.workspace, period, by)
    top = max(
        (one.qualified_rate.high for one in found if not one.qualified_rate.is_too_few), default=1.0
    )
    context: dict[str, Any] = {
        "by": by,
        "rows": [_row(request, one, by, top) for one in found],
        "may_spend": _may_spend(request),
        "total": total(found),
        "first": first,
        "last": last,
    }
    return render(request, "insight/campaigns.html", context)


def _row(request: InsideRequest, one: Origin, by: By, top: float) -> dict[str, Any]:
    """Return a row to show; a campaign leads to its plan, for whoever may change it."""
    href = ""
    if by == "campaign" and one.id and _may_spend(request):
        where = {"workspace": request.workspace.slug, "campaign_id": one.id}
        href = reverse("intake:campaign", kwargs=where)
    return {"one": one, "name": _name(one, by), "href": href, "whisker": _whisker(one, top)}


def _may_spend(request: InsideRequest) -> bool:
    return request.member.role in LEADING and request.member.firm_id is None


def _name(one: Origin, by: By) -> str:
    return one.name or ("Source not given" if by == "source" else "No campaign")


def _whisker(one: Origin, top: float) -> Whisker | None:
    """Draw the share that reached Qualified on one scale for all rows; None for too few."""
    share = one.qualified_rate
    if share.is_too_few or share.value is None:
        return None
    label = f"{share.value:.1%}, between {share.low:.1%} and {share.high:.1%}"
    return Whisker(value=share.value, low=share.low, high=share.high, ceiling=top, label=label)
