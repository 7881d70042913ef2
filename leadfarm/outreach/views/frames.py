"""A mail as the contact sees it: a page of its own for a sandboxed frame, with its own CSP."""

from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.outreach.codes import SourceKind
from leadfarm.outreach.delivery.previewing import seen_by
from leadfarm.outreach.models import MailboxMail, Template, TemplateVersion
from leadfarm.outreach.rendering import TemplateFault, Wording, compile_body
from leadfarm.outreach.rendering.facts import EXAMPLE
from leadfarm.outreach.views.shared import found_or_404, lead_asked, sender_of
from leadfarm.rules.codes import Role

# Nothing runs in it, nothing is sent from it, nobody else may frame it.
POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: data:;"
    " frame-ancestors 'self'"
)


def framed(html: str) -> HttpResponse:
    """Return somebody's HTML so that it can do nothing but be looked at."""
    answer = HttpResponse(html)
    answer["Content-Security-Policy"] = POLICY
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
@xframe_options_sameorigin
@only(*Role)
def draft(request: InsideRequest, template_id: int) -> HttpResponse:
    """Show a template's draft as `lead` would read it, or for an example contact."""
    template = found_or_404(Template, request, template_id)
    kind = SourceKind(template.source_kind)
    try:
        if lead := lead_asked(request):
            words = (template.draft_subject, template.draft_body)
            return framed(seen_by(lead, sender_of(request), kind, words, request.now).html)
        compiled = compile_body(kind, template.draft_body)
        return framed(_shown(template.draft_subject, compiled.html, compiled.text))
    except TemplateFault:
        return framed("<p>The preview comes back once the faults are mended.</p>")


@require_safe
@xframe_options_sameorigin
@only(*Role)
def version(request: InsideRequest, template_version_id: int) -> HttpResponse:
    """Show a published version for an example contact."""
    row = found_or_404(TemplateVersion, request, template_version_id)
    try:
        return framed(_shown(row.subject, row.html, row.text))
    except TemplateFault:
        return framed("<p>This version cannot be shown.</p>")


@require_safe
@xframe_options_sameorigin
@only(*Role)
def mail(request: InsideRequest, mailbox_mail_id: int) -> HttpResponse:
    """Show what a contact received."""
    row = found_or_404(MailboxMail, request, mailbox_mail_id)
    return framed(row.html or f"<pre>{_plain(row.text)}</pre>")


def _shown(subject: str, html: str, text: str) -> str:
    facts = {**EXAMPLE, **{f"link_{number}": "#" for number in range(200)}}
    return Wording("preview", subject, html, text).render(facts).html


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
