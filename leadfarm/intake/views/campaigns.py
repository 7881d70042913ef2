"""Campaigns as they are planned: audience, offer, budget, goal and dates (S3-11)."""

from decimal import Decimal

from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.intake.actions.spending import plan_campaign
from leadfarm.intake.forms import CampaignForm
from leadfarm.intake.models import Event
from leadfarm.intake.queries import bookings, places
from leadfarm.intake.views.imports import LEADING
from leadfarm.leads.models import Campaign
from leadfarm.ui.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def new(request: InsideRequest) -> HttpResponse:
    """Plan a new campaign."""
    return _page(request, Campaign(workspace=request.workspace))


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def plan(request: InsideRequest, campaign_id: int) -> HttpResponse:
    """Show the plan of a campaign beside what was booked for it; a POST changes the plan."""
    return _page(request, get_object_or_404(Campaign.objects.of(request.workspace), id=campaign_id))


def _page(request: InsideRequest, campaign: Campaign) -> HttpResponse:
    given, name = request.POST if request.method == "POST" else None, campaign.name
    there = places(request.workspace)
    form = CampaignForm(request.workspace, there, given, instance=campaign)
    if given is not None and form.is_valid():
        plan_campaign(form.save(commit=False), by=request.member, now=request.now)
        toast(request, f"{campaign.name} is planned.")
        slug = request.workspace.slug
        return redirect("intake:campaign", workspace=slug, campaign_id=campaign.id)
    spent = Decimal(0)
    if campaign.id:
        own = bookings(request.workspace, f"campaign-{campaign.id}")
        spent = own.aggregate(sum=Sum("amount"))["sum"] or spent
    context = {"form": form, "campaign": campaign, "name": name, "spent": spent}
    if campaign.id:
        context["event"] = Event.objects.of(request.workspace).filter(campaign=campaign).first()
    return render(request, "intake/campaign.html", context)
