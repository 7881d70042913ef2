"""How much of the profiles is known, before and after enrichment (S1-10)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.intake.enrichment.rates import fill_rates
from leadfarm.rules.codes import Role


@require_http_methods(["GET", "HEAD"])
@only(Role.MARKETER, Role.MANAGER, Role.ADMIN)
def show(request: InsideRequest) -> HttpResponse:
    """Show the fill rate of each field of companies and people."""
    rates = fill_rates(request.workspace)
    tables = [
        ("Companies", [rate for rate in rates if rate.company]),
        ("People", [rate for rate in rates if not rate.company]),
    ]
    context = {"tables": tables, "today": timezone.localtime(request.now).date()}
    return render(request, "intake/enrichment.html", context)
