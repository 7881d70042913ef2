"""Companies: the list, one company with everybody and everything on it, and its profile by hand."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from leadfarm.access.actors import Actor
from leadfarm.access.forms import countries
from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions.describing import describe_account
from leadfarm.leads.actions.grouping import Part
from leadfarm.leads.actions.grouping import set_part as put_in_group
from leadfarm.leads.group_forms import PartForm
from leadfarm.leads.models import Account, Lead
from leadfarm.leads.moved import survivor_of
from leadfarm.leads.panels import registry
from leadfarm.leads.queries.account.group import engagement_of, people_of, roles_of
from leadfarm.leads.queries.account.listing import SORTS, accounts_page
from leadfarm.leads.queries.account.profile import profile_of
from leadfarm.leads.queries.listing.rows import rows_of
from leadfarm.leads.queries.people import find_account, leads_of_account
from leadfarm.leads.queries.timeline import timeline_of
from leadfarm.leads.views.acts import filled, on_lead
from leadfarm.leads.views.history import filter_words, read_shown
from leadfarm.rules.profile.sectors import Sector
from leadfarm.ui.returned import form_of, refused
from leadfarm.ui.toasts import toast


class ProfileForm(forms.Form):
    """What is known of a company."""

    name = forms.CharField(max_length=200)
    industry = forms.CharField(max_length=80, required=False)
    sector = forms.TypedChoiceField(
        label="Industry group",
        choices=[("", "Not known"), *Sector.choices()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    employees = forms.IntegerField(label="People", min_value=1, max_value=5_000_000, required=False)
    country = forms.ChoiceField(choices=lambda: [("", "Not known"), *countries()],
                                required=False)  # fmt: skip


def listed(request: InsideRequest) -> HttpResponse:
    """List the companies this member sees, by name or newest first, 50 at a time."""
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "name"
    after = request.GET.get("after", "")
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    place = int(after) if after.isascii() and after.isdecimal() and len(after) < 19 else None
    rows, following = accounts_page(request.workspace, asked, sort, place)
    context = {"rows": rows, "asked": asked, "sort": sort, "next": following, "after": after}
    return render(request, "leads/accounts/list.html", context)


def show(request: InsideRequest, account_id: int, status: int = 200) -> HttpResponse:
    """Show a company: profile, buying group, leads, engagement and every touch.

    The address of one that was merged leads to the one that took it over.
    """
    into = survivor_of(request.workspace.id, Account, account_id)
    if into is not None:
        return redirect("leads:account", workspace=request.workspace.slug, account_id=into)
    account = find_account(request.workspace, account_id)
    leads = leads_of_account(account)
    shown = read_shown(request)
    people = people_of(account, request.now)
    context = {
        "account": account,
        "here": reverse("leads:account", args=[request.workspace.slug, account.id]),
        "crumbs": _crumbs(request, account),
        "profile": profile_of(account),
        "profile_form": form_of(request, "profile", lambda: ProfileForm(initial=_told(account))),
        "people": people,
        "roles": roles_of(people),
        "rows": rows_of(request.workspace, leads, request.now),
        "chart": engagement_of(account, request.workspace, request.now),
        "timeline": timeline_of(request.workspace, leads, shown),
        "lead": None,
        "panels": registry.drawn_on(request, account),
        **filter_words(request, shown),
    }
    return render(request, "leads/accounts/page.html", context, status=status)


def _told(account: Account) -> dict[str, Any]:
    names = ("name", "industry", "sector", "employees", "country")
    return {name: getattr(account, name) for name in names}


def _crumbs(request: InsideRequest, account: Account) -> list[dict[str, str]]:
    home = reverse("leads:accounts", kwargs={"workspace": request.workspace.slug})
    return [{"label": "Companies", "href": home}, {"label": account.name}]


@require_POST
def describe(request: InsideRequest, account_id: int) -> HttpResponse:
    """Change the profile of a company; who said so and when is kept with each value."""
    account = find_account(request.workspace, account_id)
    try:
        told = filled(request, "profile", ProfileForm(request.POST))
        by = Actor.of(request.member)
        changed = describe_account(account, told, by=by, now=request.now)
        said = ", ".join(field.label.lower() for field in changed)
        toast(request, f"Kept: {said}" if said else "Nothing was different")
    except LeadfarmError as refusal:
        refused(request, str(refusal))
        return show(request, account_id, status=400)
    return redirect("leads:account", workspace=request.workspace.slug, account_id=account.id)


@on_lead
def set_part(request: InsideRequest, lead: Lead) -> str:
    """Say which part somebody plays in the decision."""
    form = PartForm(lead, request.POST, prefix="part")
    data = filled(request, "part", form)
    contact = form.person(request.now)
    part = Part(data["role"], data["stance"], data["influence"])
    put_in_group(lead, contact, part, by=Actor.of(request.member), now=request.now)
    return f"{contact.name}: kept in the buying group"
