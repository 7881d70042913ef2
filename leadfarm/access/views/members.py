"""Settings: who is here, as what, and who is invited."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadfarm.access import actions
from leadfarm.access.actors import Actor
from leadfarm.access.forms import InvitationForm, PlaceForm
from leadfarm.access.middleware import InsideRequest
from leadfarm.access.models import Invitation, Member, Team
from leadfarm.access.rights import only
from leadfarm.access.views.frame import LEADING, done, settings_page
from leadfarm.rules.codes import Role

TAB = "access:members"


@require_safe
@only(*LEADING)
def members(request: InsideRequest, form: InvitationForm | None = None) -> HttpResponse:
    """Show members and open invitations."""
    here = Member.objects.of(request.workspace).filter(left_at=None).select_related("user", "team")
    offers = Invitation.objects.of(request.workspace).filter(accepted_at=None)
    return settings_page(
        *(request, "access/members.html", TAB),
        rows=[(m, Role(m.role).label) for m in here.order_by("name")],
        offers=[(o, Role(o.role).label) for o in offers.select_related("team").order_by("email")],
        form=form or _invitation_form(request),
        status=400 if form else 200,
    )


@require_POST
@only(*LEADING)
def invitations(request: InsideRequest) -> HttpResponse:
    """Make an offer; its link is shown once, and mailed where a mail server is set up."""
    form = _invitation_form(request)
    if form.is_valid():
        data = form.cleaned_data
        try:
            offer, secret = actions.invite(
                request.member, data["email"], data["role"], data["team"], now=request.now
            )
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _invited(request, offer, secret)
    request.method = "GET"
    return members(request, form=form)


def _invited(request: InsideRequest, offer: Invitation, secret: str) -> HttpResponse:
    link = address(request, reverse("door:join", args=[secret]))
    is_mailed = settings.LEADFARM_SENDS_MAIL and not request.workspace.is_demo
    if is_mailed:
        context = {"link": link, "workspace": request.workspace, "by": request.member}
        text = render_to_string("access/invitation.txt", context)
        subject = f"{request.member.name} invites you to {request.workspace.name}"
        transaction.on_commit(
            lambda: send_mail(subject, text, None, [offer.email], fail_silently=True)
        )
    return settings_page(
        request, "access/invited.html", TAB, offer=offer, link=link, is_mailed=is_mailed
    )


@require_POST
@only(*LEADING)
def withdrawal(request: InsideRequest, invitation_id: int) -> HttpResponse:
    """Take an offer back."""
    offers = Invitation.objects.of(request.workspace).filter(accepted_at=None)
    offer = get_object_or_404(offers, pk=invitation_id)
    by = Actor.of(request.member)
    act = lambda: actions.withdraw_invitation(offer, by=by, now=request.now)  # noqa: E731
    return done(request, act, f"The invitation of {offer.email} is withdrawn.", TAB)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def member(request: InsideRequest, member_id: int) -> HttpResponse:
    """Change a member's role and team."""
    one = _member(request, member_id)
    first = {"role": one.role, "team": one.team_id}
    form = PlaceForm(
        request.POST or None,
        initial=first,
        workspace=request.workspace,
        may_name_admins=_is_admin(request),
    )
    if request.method == "POST" and form.is_valid():
        role, team = form.cleaned_data["role"], form.cleaned_data["team"]
        return _change(request, one, role, team)
    return settings_page(request, "access/member.html", TAB, one=one, form=form)


def _change(request: InsideRequest, one: Member, role: Role, team: Team | None) -> HttpResponse:
    by = Actor.of(request.member)
    said = f"{one.name} is {'in ' + team.name if team else role.label.lower()} now."
    return done(
        request,
        lambda: actions.change_role(one, role, team, by=by, now=request.now),
        said,
        TAB,
    )


@require_POST
@only(*LEADING)
def departure(request: InsideRequest, member_id: int) -> HttpResponse:
    """Close the door behind a member; the toast offers to open it again."""
    one = _member(request, member_id)
    by = Actor.of(request.member)
    undo = reverse(
        "access:return", kwargs={"workspace": request.workspace.slug, "member_id": one.pk}
    )
    return done(
        request,
        lambda: actions.leave(one, by=by, now=request.now),
        f"{one.name} can no longer enter.",
        TAB,
        undo=undo,
    )


@require_POST
@only(*LEADING)
def comeback(request: InsideRequest, member_id: int) -> HttpResponse:
    """Let a member who left in again, as what they were."""
    gone = Member.objects.of(request.workspace).exclude(left_at=None)
    one = get_object_or_404(_reachable(request, gone), pk=member_id)
    by, role = Actor.of(request.member), Role(one.role)
    return done(
        request,
        lambda: actions.add_member(
            request.workspace, one.user, role, team=one.team, by=by, now=request.now
        ),
        f"{one.name} is back.",
        TAB,
    )


def address(request: HttpRequest, path: str) -> str:
    """Return the whole address of a page, as people outside reach it."""
    return (
        f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
    )


def _invitation_form(request: InsideRequest) -> InvitationForm:
    return InvitationForm(
        request.POST or None, workspace=request.workspace, may_name_admins=_is_admin(request)
    )


def _is_admin(request: InsideRequest) -> bool:
    return request.member.role == Role.ADMIN


def _member(request: InsideRequest, member_id: int) -> Member:
    here = Member.objects.of(request.workspace).filter(left_at=None).select_related("user", "team")
    return get_object_or_404(_reachable(request, here), pk=member_id)


def _reachable(request: InsideRequest, people: QuerySet[Member]) -> QuerySet[Member]:
    """Return those this member may change: only admins change admins."""
    return people if _is_admin(request) else people.exclude(role=Role.ADMIN)
