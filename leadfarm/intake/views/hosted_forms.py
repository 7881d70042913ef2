"""The workspace's own view of its forms: all of them, one with what came of it, open and close."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.intake.actions.hosting import Settings, close_form, make_form, open_form
from leadfarm.intake.hosting.outcomes import Outcome, latest, outcomes
from leadfarm.intake.hosting.ready_made import READY_MADE, ReadyMade
from leadfarm.intake.models import Form, FormVersion, OfferFile
from leadfarm.intake.views.imports import LEADING
from leadfarm.rules.codes import TouchKind
from leadfarm.ui.toasts import alarm, toast


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def forms(request: InsideRequest) -> HttpResponse:
    """List the forms; a POST makes a draft from a ready-made one and goes on to its builder."""
    if request.method == "POST":
        begin = READY_MADE.get(request.POST.get("from", ""), READY_MADE["blank"])
        made = _draft(request, begin)
        return redirect("intake:build-form", workspace=request.workspace.slug, form_id=made.pk)
    came = outcomes(request.workspace, request.now)
    found = Form.objects.of(request.workspace).select_related("source").order_by("-made_at")
    lines = [(one, TouchKind(one.touch_kind).label, came.get(one.pk, Outcome())) for one in found]
    page = {"lines": lines, "ready_made": READY_MADE.items()}
    return render(request, "intake/forms.html", page)


@require_safe
@only(*LEADING)
def show(request: InsideRequest, form_id: int) -> HttpResponse:
    """Show one form: its address, its figures, and what happened next to each answer."""
    form = find(request, form_id)
    versions = FormVersion.objects.of(request.workspace).filter(form=form)
    page = {
        "form": form,
        "kind": TouchKind(form.touch_kind).label,
        "came": outcomes(request.workspace, request.now, form)[form.pk],
        "answers": latest(form, request.now),
        "versions": versions.select_related("made_by").order_by("-number")[:20],
        "offer": OfferFile.objects.of(request.workspace).filter(form=form).first(),
        "address": host_of(request) + reverse("forms:hosted", args=[form.slug]),
        "snippet": snippet(form, host_of(request)),
    }
    return render(request, "intake/form.html", page)


@require_POST
@only(*LEADING)
def opening(request: InsideRequest, form_id: int) -> HttpResponse:
    """Open a draft, or a form that was closed."""
    form = open_form(find(request, form_id), by=request.member, now=request.now)
    toast(request, f"{form.name} is open at /f/{form.slug}/.")
    return redirect("intake:form", workspace=request.workspace.slug, form_id=form.pk)


@require_POST
@only(*LEADING)
def close(request: InsideRequest, form_id: int) -> HttpResponse:
    """Close a form; what was sent through it stays."""
    form = find(request, form_id)
    slug = request.workspace.slug
    if close_form(form, now=request.now):
        undo = reverse("intake:open-form", args=[slug, form.pk])
        toast(request, f"{form.name} is closed.", undo=undo)
    else:
        alarm(request, f"{form.name} is not open.")
    return redirect("intake:form", workspace=slug, form_id=form.pk)


def find(request: InsideRequest, form_id: int) -> Form:
    """Return a form of this workspace; 404 for another's."""
    forms = Form.objects.of(request.workspace).select_related("workspace", "source", "campaign")
    return get_object_or_404(forms, id=form_id)


def host_of(request: InsideRequest) -> str:
    """Return where this installation is reached from outside, without a slash at its end."""
    return str(settings.PUBLIC_URL) or request.build_absolute_uri("/").rstrip("/")


def snippet(form: Form, host: str) -> str:
    """Return what is copied into a page: with scripts a frame as tall as the form in place of the
    link, else a frame that scrolls, and the link for readers who see neither.
    """
    where = f"{host}{reverse('forms:hosted', args=[form.slug])}"
    name = escape(form.name)
    return (
        f'<a href="{where}">{name}</a>\n'
        f'<script src="{host}/static/forms/embed.js" data-form="{form.slug}"'
        f' data-title="{name}" async></script>\n'
        f'<noscript><iframe src="{where}frame/" title="{name}" width="100%" height="900"'
        f' frameborder="0"></iframe></noscript>'
    )


def _draft(request: InsideRequest, begin: ReadyMade) -> Form:
    base = f"{request.workspace.slug[:30]}-{begin.name.lower().replace(' ', '-')}"
    numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, 1000))
    taken = set(Form.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug = next(one for one in numbered if one not in taken)
    known = Settings(name=begin.name, slug=slug, kind=begin.kind)
    return make_form(request.workspace, known, begin.design, now=request.now)
