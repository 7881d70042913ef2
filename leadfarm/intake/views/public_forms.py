"""Hosted forms as anyone sees them: outside every workspace, without sign-in or JavaScript."""

from datetime import UTC, datetime, timedelta

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leadfarm.access.tally import one_more, swept
from leadfarm.intake.actions.submitting import submit
from leadfarm.intake.forms import HONEYPOT, HostedForm
from leadfarm.intake.models import Form
from leadfarm.intake.public_queries import form_and_count, open_form

SALT = "leadfarm.form"
FASTEST = timedelta(seconds=2)
SPAN = timedelta(minutes=10)
MOST = 60


# Nobody is signed in here, so there is no session that another site could misuse.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a form; a POST captures what was sent and thanks. Machines are thanked for nothing."""
    now = datetime.now(UTC)
    found, sent = _found(request, slug, now)
    if found is None:
        raise Http404("No such form.")
    form = HostedForm(found, request.POST if request.method == "POST" else None)
    if sent > MOST:
        said = "Too many answers came from here. Please try again in ten minutes."
        return render(request, "intake/hosted.html", _page(found, form, now, said), status=429)
    if request.method == "POST" and form.is_valid():
        if not _is_machine(request, now):
            submit(found, form.cleaned_data, request.POST.dict(), now=now)
        return render(request, "intake/thanks.html", {"form_page": found})
    status = 200 if request.method != "POST" else 422
    return render(request, "intake/hosted.html", _page(found, form, now, ""), status=status)


def _page(found: Form, form: HostedForm, now: datetime, said: str) -> dict[str, object]:
    stamp = signing.dumps(int(now.timestamp()), salt=SALT)
    return {
        "form_page": found, "form": form, "stamp": stamp, "said": said, "honeypot": HONEYPOT
    }  # fmt: skip


def _is_machine(request: HttpRequest, now: datetime) -> bool:
    """Whether the hidden field was filled in, or the form sent faster than anyone reads."""
    if request.POST.get(HONEYPOT):
        return True
    try:
        shown = int(signing.loads(request.POST.get("stamp", ""), salt=SALT))
    except (signing.BadSignature, ValueError):
        return False  # sent by a program of the company's own, or from a kept page
    return now.timestamp() - shown < FASTEST.total_seconds()


def _found(request: HttpRequest, slug: str, now: datetime) -> tuple[Form | None, int]:
    """Return the form, and how much its sender's address has sent, to whichever web process."""
    if request.method != "POST":
        return open_form(slug), 0
    key = f"form:{request.META.get('REMOTE_ADDR', '')}"
    found, sent = form_and_count(slug, one_more(key, SPAN, now))
    return found, swept(sent, now)
