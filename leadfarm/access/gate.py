"""Who is turned away at the door, and where to: sign in, sign in again, second factor."""

from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import urlencode

from leadfarm.access.models import Member

SIGNED_IN_AT = "signed_in_at"


def turned_away(request: HttpRequest, member: Member | None) -> HttpResponse | None:
    """Return the answer that sends somebody elsewhere first; None lets them in."""
    if member is None:
        return send(request, sign_in_address(request))
    if is_too_old(request):
        logout(request)
        messages.info(request, "You have been signed in for a long time. Please sign in again.")
        return send(request, sign_in_address(request))
    if member.workspace.needs_second_factor and not has_second_factor(member):
        messages.info(request, f"{member.workspace} asks everybody for a second factor. Set it up.")
        return send(request, resolve_url("mfa_activate_totp"))
    return None


def send(request: HttpRequest, address: str) -> HttpResponse:
    """Return a redirect of the whole page, also where htmx asked for a part of one."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponse(status=302, headers={"Location": address})


def sign_in_address(request: HttpRequest) -> str:
    """Return the sign-in page; afterwards it leads back to what was read, not to what was sent."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    if request.headers.get("HX-Request") == "true":
        back = ""
    query = "?" + urlencode({"next": back}) if back else ""
    return resolve_url(settings.LOGIN_URL) + query


def remember_when(request: HttpRequest, **_signal: Any) -> None:
    """Note in the session when its owner signed in, for `is_too_old`."""
    request.session[SIGNED_IN_AT] = datetime.now(UTC).timestamp()


def is_too_old(request: HttpRequest) -> bool:
    """Return whether the session began longer ago than LEADFARM_SESSION_DAYS, used or not."""
    began = datetime.fromtimestamp(request.session.get(SIGNED_IN_AT, 0), UTC)
    longest = timedelta(days=settings.LEADFARM_SESSION_DAYS)
    return bool(request.now - began > longest)  # type: ignore[attr-defined]


def has_second_factor(member: Member) -> bool:
    """Return whether the member's account has an authenticator app."""
    return bool(
        Authenticator.objects.filter(user=member.user_id, type=Authenticator.Type.TOTP).exists()
    )
