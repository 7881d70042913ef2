"""How long what is kept, what each purpose asks for, and who is barred."""

import io
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from leadfarm.access.actions import audit
from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.consent.actions.listing import bar_listed
from leadfarm.consent.addresses import Hashes
from leadfarm.consent.clocks import registry, upcoming
from leadfarm.consent.forms import AddressForm, PrivacyRuleForm, SuppressionListForm
from leadfarm.consent.models import Cleaning, PrivacyRule, PurposeRule, Suppression
from leadfarm.consent.rule_of import demands
from leadfarm.consent.views.contact import OFFICERS
from leadfarm.rules.consent import Purpose, SuppressionReason
from leadfarm.ui.toasts import alarm, toast


@require_http_methods(["GET", "HEAD", "POST"])
@only(*OFFICERS)
def clocks(request: InsideRequest) -> HttpResponse:
    """Set how long what is kept; show what goes within a week, and what went."""
    rule = PrivacyRule.objects.of(request.workspace).first()
    form = PrivacyRuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        kept: PrivacyRule = form.save(commit=False)
        kept.workspace = request.workspace
        kept.save()
        by = Actor.of(request.member)
        told = {name: getattr(kept, name) for name in form.Meta.fields}
        audit(request.workspace.id, "retention changed", by=by, now=request.now, **told)
        toast(request, "Saved. The clocks run every night.")
        return redirect("consent:clocks", workspace=request.workspace.slug)
    went = Cleaning.objects.of(request.workspace).order_by("-cleaned_at")[:20]
    context = {
        "form": form,
        "upcoming": upcoming(request.workspace, rule or PrivacyRule(), request.now),
        "went": [(one, _words(one.counts)) for one in went],
    }
    return render(request, "consent/privacy/clocks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*OFFICERS)
def purposes(request: InsideRequest) -> HttpResponse:
    """Say which purposes need consent, and whether an inquiry or a purchase counts as one."""
    if request.method == "POST":
        told: dict[str, Any] = {}
        for purpose in Purpose:
            if purpose.can_be_refused:
                rule = {
                    "needs_consent": f"needs-{purpose.value}" in request.POST,
                    "implied_counts": f"implied-{purpose.value}" in request.POST,
                }
                PurposeRule.objects.update_or_create(
                    workspace_id=request.workspace.id, purpose=purpose, defaults=rule
                )
                told[purpose.slug] = list(rule.values())
        by = Actor.of(request.member)
        audit(request.workspace.id, "purposes changed", by=by, now=request.now, rules=told)
        toast(request, "Saved. It holds for the next message.")
        return redirect("consent:purposes", workspace=request.workspace.slug)
    asked = [(p, d) for p, d in demands(request.workspace).items() if p.can_be_refused]
    return render(request, "consent/privacy/purposes.html", {"asked": asked})


@require_http_methods(["GET", "HEAD", "POST"])
@only(*OFFICERS)
def barred(request: InsideRequest) -> HttpResponse:
    """Look one address up; it stands in no address bar and no log."""
    country = request.workspace.country
    form = AddressForm(request.POST or None, country=country)
    context: dict[str, Any] = {"form": form, "list_form": SuppressionListForm(), "asked": False}
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["address"]
        bars = Suppression.objects.of(request.workspace).filter(
            lifted_at=None, address_hash__in=Hashes(request.workspace.id).every(key)
        )
        found = [(SuppressionReason(bar.reason).label, bar.made_at) for bar in bars]
        context |= {"asked": True, "found": found, "form": AddressForm(country=country)}
    bars = Suppression.objects.of(request.workspace).filter(lifted_at=None)
    context["hashes"] = bars.exclude(address_hash="").count()
    return render(request, "consent/privacy/barred.html", context)


@require_POST
@only(*OFFICERS)
def upload(request: InsideRequest) -> HttpResponse:
    """Read a list; of its addresses only keyed hashes are kept."""
    form = SuppressionListForm(request.POST, request.FILES)
    if not form.is_valid():
        alarm(request, "Choose a file with one address, number or hash a line.")
        return redirect("consent:barred", workspace=request.workspace.slug)
    text = io.TextIOWrapper(form.cleaned_data["file"], encoding="utf-8-sig", errors="replace")
    country = request.workspace.country
    listed = bar_listed(text, country=country, by=request.member, now=request.now)
    kinds = (
        (listed.addresses, "address", "addresses"),
        (listed.numbers, "number", "numbers"),
        (listed.hashes, "hash", "hashes"),
    )
    what = ", ".join(f"{many} {one if many == 1 else more}" for many, one, more in kinds)
    lines = "line" if listed.unread == 1 else "lines"
    known = f"{listed.known} of them known here"
    toast(request, f"{what} barred, {known}; {listed.unread} {lines} not understood")
    return redirect("consent:barred", workspace=request.workspace.slug)


def _words(counts: dict[str, int]) -> str:
    said = [
        f"{many} {registry[name].label.lower()}"
        for name, many in counts.items()
        if name in registry
    ]
    return ", ".join(said) or "nothing was due"
