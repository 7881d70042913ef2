"""Templates: the list, and one with its draft, its faults, its preview and its versions."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.outreach.actions import make_template, plan_test, publish, save_draft
from leadfarm.outreach.actions.templates import wording_of
from leadfarm.outreach.codes import SourceKind
from leadfarm.outreach.delivery.previewing import advice_on, leads_to_show, seen_by
from leadfarm.outreach.forms import Draft, NewTemplate
from leadfarm.outreach.models import Template, TemplateVersion
from leadfarm.outreach.rendering import TemplateFault, faults_of
from leadfarm.outreach.rendering.facts import known_names
from leadfarm.outreach.starters import starter
from leadfarm.outreach.views.shared import (
    WRITERS,
    done,
    found_or_404,
    lead_asked,
    mail_page,
    sender_of,
)
from leadfarm.rules.codes import Role
from leadfarm.rules.consent import Purpose

TAB = "outreach:templates"


@require_http_methods(["GET", "HEAD", "POST"])
@only(*Role)
def every(request: InsideRequest) -> HttpResponse:
    """List the templates; a POST makes a new one."""
    form = NewTemplate(request.POST or None)
    may_write = request.member.role in WRITERS
    if request.method == "POST" and may_write and form.is_valid():
        made = _make(request, form)
        if made is not None:
            return redirect("outreach:template", workspace=request.workspace.slug, template_id=made)
    templates = Template.objects.of(request.workspace).filter(archived_at=None).order_by("name")
    rows = [(template, Purpose(template.purpose), _latest(template)) for template in templates]
    context = {"rows": rows, "form": form, "may_write": may_write}
    return mail_page(request, "outreach/templates.html", TAB, context)


def _make(request: InsideRequest, form: NewTemplate) -> int | None:
    asked = form.cleaned_data
    kind = SourceKind(asked["source_kind"])
    try:
        made = make_template(
            request.workspace,
            asked["name"],
            purpose=Purpose(asked["purpose"]),
            source_kind=kind,
            body=starter(kind),
            now=request.now,
        )
    except LeadfarmError as refusal:
        form.add_error("name", str(refusal))
        return None
    return int(made.id)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*WRITERS)
def one(request: InsideRequest, template_id: int) -> HttpResponse:
    """Show one template; a POST keeps the draft, and publishes it where that was pressed."""
    template = found_or_404(Template, request, template_id)
    if request.method == "POST":
        _keep(request, template)
        return _kept(request, template)
    form = Draft(initial={"subject": template.draft_subject, "body": template.draft_body})
    versions = TemplateVersion.objects.of(request.workspace).filter(template=template)
    context = {
        "template": template,
        "form": form,
        **_looked_at(request, template),
        "people": leads_to_show(request.workspace.id),
        "versions": versions.select_related("published_by").order_by("-number")[:50],
        "names": known_names(),
        "kind": SourceKind(template.source_kind),
        "purpose": Purpose(template.purpose),
    }
    return mail_page(request, "outreach/template.html", TAB, context)


@require_POST
@only(*WRITERS)
def checked(request: InsideRequest, template_id: int) -> HttpResponse:
    """Keep the draft while it is typed, and return its faults with a fresh preview."""
    template = found_or_404(Template, request, template_id)
    _keep(request, template)
    context = {"template": template, **_looked_at(request, template)}
    return render(request, "outreach/checked.html", context)


@require_POST
@only(*WRITERS)
def test(request: InsideRequest, template_id: int) -> HttpResponse:
    """Send the newest published wording to the member who asks."""
    template = found_or_404(Template, request, template_id)
    return done(
        request,
        lambda: plan_test(
            request.workspace, by=request.member, now=request.now, version=wording_of(template)
        ),
        "A test of the published version is on its way to you",
        "outreach:template",
        template_id=template.id,
    )


def _kept(request: InsideRequest, template: Template) -> HttpResponse:
    page, number = "outreach:template", template.id
    if "publish" not in request.POST:
        return done(request, lambda: None, "Draft saved.", page, template_id=number)
    return done(
        request,
        lambda: publish(template, by=Actor.of(request.member), now=request.now),
        f"{template.name} is published.",
        page,
        template_id=number,
    )


def _keep(request: InsideRequest, template: Template) -> None:
    form = Draft(request.POST)
    for field in form.fields.values():
        field.required = False
    if form.is_valid():
        asked = form.cleaned_data
        save_draft(template, subject=asked["subject"], body=asked["body"], now=request.now)


def _looked_at(request: InsideRequest, template: Template) -> dict[str, object]:
    """Return the faults of a draft; where it has none what is advised, and what one lead lacks."""
    kind, subject, body = (
        SourceKind(template.source_kind),
        template.draft_subject,
        template.draft_body,
    )
    if faults := faults_of(kind, subject, body):
        return {"faults": faults, "reader": lead_asked(request)}
    lead = lead_asked(request)
    found: dict[str, object] = {
        "faults": [],
        "advice": advice_on(kind, subject, body),
        "reader": lead,
    }
    if lead is None:
        return found
    try:
        seen = seen_by(lead, sender_of(request), kind, (subject, body), request.now)
    except TemplateFault as fault:
        return found | {"faults": [fault.fault]}
    return found | {"empty": seen.empty, "subject": seen.subject}


def _latest(template: Template) -> TemplateVersion | None:
    versions = TemplateVersion.objects.of(template.workspace_id).filter(template=template)
    return versions.order_by("-number").first()
