"""The entrance: signing in, the personas of a demo, joining by invitation, the first run."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from leadfarm.access import actions, first_run
from leadfarm.access.actors import SCHEDULE, Actor
from leadfarm.access.forms import FirstRunForm, JoinForm
from leadfarm.access.furnishing import furnish
from leadfarm.access.models import Member, User
from leadfarm.access.personas import persona, personas
from leadfarm.access.walls import within
from leadfarm.rules.codes import Role

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class SignIn(LoginView):  # type: ignore[misc]  # allauth ships no types
    """Sign-in by address and password; in a demo on this machine also by persona."""

    template_name = "access/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form, and the personas that may be offered here."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "personas": personas(self.request)}


@require_POST
@transaction.atomic
def persona_session(request: HttpRequest, member_id: int) -> HttpResponse:
    """Sign in as a persona of a demo; 404 for everybody and everywhere else."""
    member = persona(request, member_id)
    if member is None:
        raise Http404("No such persona.")
    login(request, member.user, backend=BACKEND)
    with within(member.workspace):
        now = request.now  # type: ignore[attr-defined]
        actions.audit(member.workspace_id, "persona signed in", by=Actor.of(member), now=now)
    return redirect("access:start", workspace=member.workspace.slug)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the place an invitation offers, with a new account or the one that is signed in."""
    now = request.now  # type: ignore[attr-defined]
    offer = actions.invitation_behind(secret, now=now)
    if offer is None:
        return render(request, "access/no_invitation.html", status=404)
    form = JoinForm(request.POST or None)
    is_new = not User.objects.filter(email=offer.email).exists()
    refusal = ""
    if request.method == "POST" and (form.is_valid() or not is_new):
        try:
            return _joined(request, _take(request, secret, form if is_new else None))
        except actions.Refused as reason:
            refusal = str(reason)
    is_theirs = getattr(request.user, "email", "") == offer.email
    context = {"offer": offer, "form": form, "refusal": refusal, "role": Role(offer.role).label}
    return render(
        request, "access/join.html", {**context, "is_new": is_new, "is_theirs": is_theirs}
    )


def _take(request: HttpRequest, secret: str, form: JoinForm | None) -> Member:
    now = request.now  # type: ignore[attr-defined]
    if form is not None:
        person = actions.NewAccount(**form.cleaned_data)
        return actions.accept_invitation(secret, person, now=now)
    if isinstance(request.user, AnonymousUser):
        raise actions.Refused("This address has an account.", "Sign in, then open the link again.")
    return actions.accept_invitation(secret, request.user, now=now)


def _joined(request: HttpRequest, member: Member) -> HttpResponse:
    if request.user != member.user:
        login(request, member.user, backend=BACKEND)
    return redirect("access:start", workspace=member.workspace.slug)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, key: str) -> HttpResponse:
    """Open a company's workspace by the link that `leadfarm init` printed."""
    if not first_run.is_valid(key, request.now):  # type: ignore[attr-defined]
        return render(request, "access/no_opening.html", status=404)
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            admin = _open(request, key, form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            login(request, admin.user, backend=BACKEND)
            return redirect("access:first-steps", workspace=admin.workspace.slug)
    return render(request, "access/opening.html", {"form": form})


@transaction.atomic
def _open(request: HttpRequest, key: str, said: dict[str, Any]) -> Member:
    now = request.now  # type: ignore[attr-defined]
    places = {name: said[name] for name in ("slug", "time_zone", "country", "currency")}
    shape = actions.Opening(name=said["company"], link=key, **places)
    workspace = actions.open_workspace(shape, now=now, by=SCHEDULE)
    user = User.objects.create_user(
        said["email"], said["password"], name=said["name"], date_joined=now
    )
    with within(workspace):
        furnish(workspace, now)
        return actions.add_member(workspace, user, Role.ADMIN, now=now)
