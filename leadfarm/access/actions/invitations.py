"""Invitations: a place offered by a link that only its reader can use."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password

from leadfarm.access.actions.audit import audit
from leadfarm.access.actions.members import add_member, check_role_and_team
from leadfarm.access.actions.refusals import Refused
from leadfarm.access.actors import Actor
from leadfarm.access.models import Invitation, Member, Team, User
from leadfarm.access.walls import within
from leadfarm.rules.codes import Role

LASTS = timedelta(days=14)


@dataclass(frozen=True)
class NewAccount:
    """What a person who has no account yet says about themselves."""

    name: str
    password: str


def invite(
    by: Member, email: str, role: Role, team: Team | None, *, now: datetime
) -> tuple[Invitation, str]:
    """Offer a place; return it with the secret of its link, which is kept nowhere.

    An earlier offer to the same address is withdrawn by this one.
    """
    check_role_and_team(role, team)
    address = email.strip().lower()
    here = Member.objects.of(by.workspace_id).filter(user__email=address, left_at=None).first()
    if here:
        raise Refused(f"{here} is a member already.", "Change their role in the list instead.")
    Invitation.objects.of(by.workspace_id).filter(email=address, accepted_at=None).delete()
    secret = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        workspace_id=by.workspace_id,
        email=address,
        role=role,
        team=team,
        secret_hash=_hash(secret),
        invited_by=by,
        expires_at=now + LASTS,
    )
    _note(invitation, "member invited", Actor.of(by), now)
    return invitation, secret


def withdraw_invitation(invitation: Invitation, *, by: Actor, now: datetime) -> None:
    """Take an offer back; its link leads nowhere from now on."""
    _note(invitation, "invitation withdrawn", by, now)
    invitation.delete()


def invitation_behind(secret: str, *, now: datetime) -> Invitation | None:
    """Return the offer that the secret opens; None when it was used, withdrawn or is too old."""
    open_offers = Invitation.objects.filter(accepted_at=None, expires_at__gt=now)
    return open_offers.filter(secret_hash=_hash(secret)).select_related("workspace").first()


def accept_invitation(secret: str, person: User | NewAccount, *, now: datetime) -> Member:
    """Take the offered place, as the account that is signed in or as a new one.

    Refused when the link is dead, was sent to somebody else, or the address has an account whose
    owner did not sign in.
    """
    invitation = invitation_behind(secret, now=now)
    if invitation is None:
        raise Refused("This invitation is no longer valid.", "Ask for a new one.")
    with within(invitation.workspace_id):
        if not Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(
            accepted_at=now
        ):
            raise Refused("This invitation was just accepted.", "Sign in.")
        user = person if isinstance(person, User) else _account(invitation.email, person, now)
        if user.email != invitation.email:
            raise Refused(
                f"This invitation is for {invitation.email}; you are signed in as {user.email}.",
                "Sign out, then open the link again.",
            )
        role, team = Role(invitation.role), invitation.team
        return add_member(invitation.workspace, user, role, now=now, team=team)


def _account(email: str, person: NewAccount, now: datetime) -> User:
    if User.objects.filter(email=email).exists():
        raise Refused(f"{email} has an account already.", "Sign in, then open the link again.")
    validate_password(person.password, User(email=email, name=person.name))
    return User.objects.create_user(email, person.password, name=person.name, date_joined=now)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _note(invitation: Invitation, action: str, by: Actor, now: datetime) -> None:
    role = Role(invitation.role).slug
    audit(
        *(invitation.workspace_id, action),
        by=by,
        now=now,
        on=invitation,
        role=role,
        team=invitation.team_id,
    )
