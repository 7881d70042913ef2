"""The page of a person: who it is, their leads, what happened, what other rooms say of them."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from leadfarm.access.middleware import InsideRequest
from leadfarm.leads.models import Contact
from leadfarm.leads.moved import survivor_of
from leadfarm.leads.panels import registry
from leadfarm.leads.queries.listing.rows import rows_of
from leadfarm.leads.queries.people import all_of_person, find_contact, leads_of_contact
from leadfarm.leads.queries.timeline import timeline_of
from leadfarm.leads.views.history import filter_words, read_shown
from leadfarm.rules.profile.codes import Department, Seniority
from leadfarm.ui import words


def contact(request: InsideRequest, contact_id: int, status: int = 200) -> HttpResponse:
    """Show a person; the address of one that was merged leads to who took them over."""
    into = survivor_of(request.workspace.id, Contact, contact_id)
    if into is not None:
        return redirect("leads:contact", workspace=request.workspace.slug, contact_id=into)
    found = find_contact(request.workspace, contact_id)
    home = reverse("leads:list", kwargs={"workspace": request.workspace.slug})
    leads, shown = leads_of_contact(found), read_shown(request)
    ids, addresses = all_of_person(found)
    context = {
        "contact": found,
        "here": reverse("leads:contact", args=[request.workspace.slug, found.id]),
        "crumbs": [{"label": "Leads", "href": home}, {"label": found.name}],
        "facts": _facts(request, found, addresses),
        "rows": rows_of(request.workspace, leads, request.now),
        "timeline": timeline_of(request.workspace, leads, replace(shown, person=tuple(ids))),
        "lead": None,
        **filter_words(request, shown),
        "panels": registry.drawn_for(request, found),
    }
    return render(request, "leads/people/contact.html", context, status=status)


def _facts(request: InsideRequest, found: Contact, addresses: list[str]) -> list[dict[str, str]]:
    company, home = found.account, ""
    if company is not None:
        where = {"workspace": request.workspace.slug, "account_id": company.id}
        home = reverse("leads:account", kwargs=where)
    facts = [
        ("Company", company.name if company else "", home),
        ("Seniority", Seniority(found.seniority).label if found.seniority else "", ""),
        ("Department", Department(found.department).label if found.department else "", ""),
        ("Mail", found.email, f"mailto:{found.email}"),
        *(("Also known as", email, f"mailto:{email}") for email in addresses),
        ("Phone", *found.phone_fact),
        ("Country", words.country(found.country), ""),
    ]
    return [{"term": term, "value": value, "href": href} for term, value, href in facts if value]
