"""Whether mail goes out, how fast, what waits and why; and the switch that stops all of it."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.outreach.actions import pause_sending, resume_sending, save_limits
from leadfarm.outreach.forms import LimitsForm
from leadfarm.outreach.models import MailServer, SendingRule
from leadfarm.outreach.models.pace import LIMITS
from leadfarm.outreach.queries import full_domains, gauges, troubled, waiting, warm_up_plan
from leadfarm.outreach.views.shared import LEADING, WRITERS, done, mail_page

PAGE = "outreach:sending"


@require_safe
@only(*WRITERS)
def show(request: InsideRequest) -> HttpResponse:
    """Show state, limits and queue of sending."""
    return _page(request)


@require_POST
@only(*LEADING)
def limits(request: InsideRequest) -> HttpResponse:
    """Set the limits."""
    form = LimitsForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    asked = form.cleaned_data
    warms_up = asked.pop("warms_up")
    return done(
        request,
        lambda: save_limits(request.workspace, asked, warms_up=warms_up, now=request.now),
        "Limits saved. What waits for an earlier one goes at the time it was given.",
        PAGE,
    )


@require_POST
@only(*WRITERS)
def pause(request: InsideRequest) -> HttpResponse:
    """Stop all mail."""
    return done(
        request,
        lambda: pause_sending(request.workspace, by=request.member, now=request.now),
        "No mail goes out any more.",
        PAGE,
        undo=reverse("outreach:resume", kwargs={"workspace": request.workspace.slug}),
    )


@require_POST
@only(*WRITERS)
def resume(request: InsideRequest) -> HttpResponse:
    """Let mail go out again."""
    return done(
        request,
        lambda: resume_sending(request.workspace),
        "Mail goes out again.",
        PAGE,
        undo=reverse("outreach:pause", kwargs={"workspace": request.workspace.slug}),
    )


def _page(request: InsideRequest, form: LimitsForm | None = None) -> HttpResponse:
    workspace, now = request.workspace, request.now
    known = SendingRule.objects.of(workspace).select_related("paused_by").first()
    rule = known or SendingRule(workspace=workspace)
    values = {name: getattr(rule, name) for name in LIMITS}
    context = {
        "rule": rule,
        "server": MailServer.objects.of(workspace).first(),
        "waiting": waiting(workspace, now),
        "gauges": gauges(workspace, rule, now),
        "domains": full_domains(workspace, now),
        "plan": warm_up_plan(workspace, rule, now),
        "form": form or LimitsForm(initial={**values, "warms_up": rule.warm_up_from is not None}),
        "may_set": request.member.role in LEADING,
        **troubled(workspace),
    }
    return mail_page(request, "outreach/sending.html", PAGE, context)
