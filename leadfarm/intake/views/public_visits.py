"""The script of the company's own website and what it reports: open to everybody, believed never.

The key in the address opens nothing: it only says whose website it is. Reports are taken from the
origins that the workspace named, in small numbers and sizes, and answered without a word.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from leadfarm.access.tally import count
from leadfarm.access.walls import within
from leadfarm.intake.models import Website
from leadfarm.intake.visits.reporting import Caller, take
from leadfarm.intake.visits.script import script_of
from leadfarm.rules.web_visits import read_report

KEPT_BY_BROWSERS = 300
LARGEST = 16_000
SPAN = timedelta(minutes=10)
MOST = 300


@require_safe
def script(request: HttpRequest, key: str) -> HttpResponse:
    """Send the script; browsers keep it for some minutes and ask then whether it changed."""
    site = _site(key)
    text = script_of(site, f"{request.scheme}://{request.get_host()}").encode()
    mark = f'"{hashlib.sha256(text).hexdigest()[:20]}"'
    answer: HttpResponse = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    if request.headers.get("If-None-Match", "") == mark:
        answer = HttpResponseNotModified()
    answer["ETag"] = mark
    answer["Cache-Control"] = f"public, max-age={KEPT_BY_BROWSERS}"
    # Other sites are meant to load this one file of ours.
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


# The report of another site's page: no cookie of ours comes with it, and none is looked at.
@csrf_exempt
@require_POST
def report(request: HttpRequest, key: str) -> HttpResponse:
    """Take in a report; 204 whatever it said, 403 from a site that was not named."""
    now = datetime.now(UTC)
    site = _site(key)
    origin = request.headers.get("Origin", "")
    if origin not in site.origins:
        return HttpResponse("This site was not named on the page Website.\n", status=403)
    if not site.is_on or "1" in (request.headers.get("Sec-GPC"), request.headers.get("DNT")):
        return _taken(origin)
    address = request.META.get("REMOTE_ADDR", "")
    if count(f"visit:{address}", SPAN, now) > MOST:
        return _taken(origin, 429)
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return _taken(origin, 413)
    told = read_report(request.body[:LARGEST])
    if told is None:
        return _taken(origin, 400)
    agent = request.headers.get("User-Agent", "")
    caller = Caller(urlsplit(origin).netloc[:120], agent, address)
    with within(site.workspace):
        take(site, told, caller, now=now)
    return _taken(origin)


def _site(key: str) -> Website:
    found = Website.objects.select_related("workspace").filter(key=key).first()
    if found is None:
        raise Http404("No website has this key.")
    return found


def _taken(origin: str, status: int = 204) -> HttpResponse:
    answer = HttpResponse(status=status)
    answer["Access-Control-Allow-Origin"] = origin
    answer["Vary"] = "Origin"
    answer["Cache-Control"] = "no-store"
    return answer
