"""Webhook endpoints: made from a preset, mapped against what was last received, closed."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.access.views.members import address
from leadfarm.intake.actions import hooking
from leadfarm.intake.codes import Signing
from leadfarm.intake.hooks import presets, sampling
from leadfarm.intake.models import Endpoint
from leadfarm.intake.told import FIELDS
from leadfarm.intake.views.imports import LEADING
from leadfarm.leads.models import Campaign, Source
from leadfarm.ui.toasts import toast


class EndpointForm(forms.Form):
    """A new endpoint."""

    name = forms.CharField(max_length=120, help_text="The product that will post, and what for.")
    preset = forms.ChoiceField(
        label="Sends like", choices=[(one.slug, one.label) for one in presets.PRESETS]
    )
    source = forms.CharField(max_length=120, help_text="Where these leads come from.")
    campaign = forms.CharField(max_length=160, required=False)


class SigningForm(forms.Form):
    """How the sender proves itself."""

    signing = forms.TypedChoiceField(
        choices=Signing.choices, coerce=lambda value: Signing(int(value))
    )
    header = forms.CharField(
        max_length=80, required=False, label="Header of the signature", help_text="For HMAC only."
    )
    secret = forms.CharField(
        max_length=300,
        required=False,
        widget=forms.PasswordInput,
        help_text="As the sender shows it; empty: the one that is kept.",
    )

    def __init__(self, endpoint: Endpoint, data: Any = None) -> None:
        initial = {"signing": endpoint.signing, "header": endpoint.signature_header}
        super().__init__(data, initial=initial)
        self.endpoint = endpoint

    def clean(self) -> dict[str, Any]:
        """Return what proves the sender; a signature needs a secret, an HMAC its header."""
        told = super().clean() or {}
        signing = told.get("signing", Signing.NONE)
        if signing is not Signing.NONE and not (told.get("secret") or self.endpoint.secret_sealed):
            self.add_error("secret", "A signature needs the sender's secret. Paste it.")
        if signing is Signing.HMAC and not told.get("header"):
            self.add_error("header", "Name the header that carries the signature.")
        return told


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def endpoints(request: InsideRequest) -> HttpResponse:
    """List the endpoints; a POST makes one."""
    form = EndpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _make(request, form.cleaned_data)
        toast(request, f"{made.name} is open. Send a test to its address, then check the mapping.")
        return _to(request, made)
    found = Endpoint.objects.of(request.workspace).select_related("source").order_by("-id")
    lines = sampling.counted(request.workspace, list(found))
    return render(request, "intake/endpoints.html", {"form": form, "lines": lines})


@require_safe
@only(*LEADING)
def endpoint(request: InsideRequest, endpoint_id: int) -> HttpResponse:
    """Show its address, and the mapping against an event: the one asked for, or the last."""
    return _page(request, _endpoint(request, endpoint_id), faults={})


def _page(
    request: InsideRequest,
    found: Endpoint,
    *,
    faults: dict[str, str],
    signing: SigningForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page of an endpoint as it stands, kept or not; `faults` of rules by field."""
    asked = request.GET.get("receipt", "")
    sample = sampling.sample(found, int(asked) if asked.isdecimal() and len(asked) < 19 else None)
    context = {
        "endpoint": found,
        "address": _address(request, found),
        "sample": sample,
        "leaves": sampling.leaves_of(found, sample),
        "rules": [
            (field, found.mapping.get(field.name, ""), faults.get(field.name)) for field in FIELDS
        ],
        "faults": faults,
        "fields": FIELDS,
        "reading": None if faults else sampling.reading(found, sample, request.now),
        "signing": signing or SigningForm(found),
    }
    return render(request, "intake/endpoint.html", context, status=status)


@require_POST
@only(*LEADING)
def mapping(request: InsideRequest, endpoint_id: int) -> HttpResponse:
    """Keep the mapping: the rules as written, and the values for which a field was chosen."""
    found, told = _endpoint(request, endpoint_id), request.POST.dict()
    rules = {field.name: str(told.get(f"rule-{field.name}", ""))[:600] for field in FIELDS}
    chosen = {
        str(told.get(name.replace("leaf", "path"), "")): str(value)
        for name, value in told.items()
        if name.startswith("leaf-")
    }
    rules = sampling.with_choices(found.mapping, rules, chosen)
    key_path = str(told.get("key_path", ""))
    if faults := hooking.faults_of(rules, key_path):
        found.mapping, found.key_path = rules, key_path
        return _page(request, found, faults=faults, status=422)
    hooking.save_mapping(found, rules, key_path)
    toast(request, "The mapping is saved. What was refused before can be replayed.")
    return _to(request, found)


@sensitive_post_parameters("secret")
@require_POST
@only(*LEADING)
def signing(request: InsideRequest, endpoint_id: int) -> HttpResponse:
    """Keep how the sender proves itself."""
    found = _endpoint(request, endpoint_id)
    form = SigningForm(found, request.POST)
    if not form.is_valid():
        return _page(request, found, faults={}, signing=form, status=422)
    hooking.save_signing(found, **form.cleaned_data)
    if form.cleaned_data["signing"] is Signing.NONE:
        toast(request, "Saved. Whoever knows the address may post.")
    else:
        toast(request, "Saved. Events that are not signed so are kept, and not captured.")
    return _to(request, found)


@require_POST
@only(*LEADING)
def closing(request: InsideRequest, endpoint_id: int) -> HttpResponse:
    """Close the endpoint; the toast opens it again."""
    found = _endpoint(request, endpoint_id)
    hooking.set_closed(found, request.now)
    holes = {"workspace": request.workspace.slug, "endpoint_id": found.pk}
    toast(request, f"{found.name} is closed.", undo=reverse("intake:open-endpoint", kwargs=holes))
    return redirect("intake:endpoints", workspace=request.workspace.slug)


@require_POST
@only(*LEADING)
def reopening(request: InsideRequest, endpoint_id: int) -> HttpResponse:
    """Open a closed endpoint again."""
    found = _endpoint(request, endpoint_id)
    hooking.set_closed(found, None)
    toast(request, f"{found.name} is open again.")
    return _to(request, found)


def _make(request: InsideRequest, told: dict[str, Any]) -> Endpoint:
    here = request.workspace
    source, _ = Source.objects.get_or_create(workspace=here, name=told["source"])
    campaign = None
    if told["campaign"]:
        campaign, _ = Campaign.objects.get_or_create(workspace=here, name=told["campaign"])
    preset = presets.BY_SLUG[told["preset"]]
    return hooking.make_endpoint(here, told["name"], preset, source, campaign, now=request.now)


def _endpoint(request: InsideRequest, endpoint_id: int) -> Endpoint:
    return get_object_or_404(Endpoint.objects.of(request.workspace), pk=endpoint_id)


def _to(request: InsideRequest, found: Endpoint) -> HttpResponse:
    return redirect("intake:endpoint", workspace=request.workspace.slug, endpoint_id=found.pk)


def _address(request: HttpRequest, found: Endpoint) -> str:
    return address(request, reverse("forms:webhook", args=[found.token]))
