"""Tokens: made, shown once, used, taken back."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from leadfarm.access.actions.audit import audit
from leadfarm.access.actions.refusals import Refused
from leadfarm.access.actors import Actor
from leadfarm.access.models import ApiToken, Member, Team
from leadfarm.access.scopes import Scope
from leadfarm.access.walls import within

PREFIX = "lf"
# How exact "last used" is; every call would be a write of its own.
NOTED_EVERY = timedelta(minutes=1)
MOST = 50


def make_token(
    by: Member, name: str, scopes: Collection[Scope], firm: Team | None, *, now: datetime
) -> tuple[ApiToken, str]:
    """Make a token; return it with the whole secret, which is kept nowhere.

    The secret begins with the number of its workspace, so that no table need be read outside one.
    """
    alive = ApiToken.objects.of(by.workspace_id).filter(revoked_at=None)
    if alive.count() >= MOST:
        raise Refused(f"There are {MOST} tokens already.", "Revoke those nobody uses.")
    if firm is not None and Scope.CAPTURE in scopes:
        raise Refused(
            "A firm's token cannot capture leads.",
            "What a firm finds is handed in by its people; give the token rights to read.",
        )
    secret = f"{PREFIX}_{by.workspace_id}_{secrets.token_urlsafe(32)}"
    made = ApiToken.objects.create(
        workspace_id=by.workspace_id,
        name=name,
        secret_hash=_hash(secret),
        hint=secret[-4:],
        scopes=sorted(int(scope) for scope in scopes),
        firm=firm,
        made_by=by,
        made_at=now,
    )
    _note(made, "token made", Actor.of(by), now)
    return made, secret


def revoke_token(token: ApiToken, *, by: Actor, now: datetime) -> None:
    """Take a token back: it opens nothing from now on."""
    if not _rows(token).filter(revoked_at=None).update(revoked_at=now):
        raise Refused("This token was revoked already.")
    _note(token, "token revoked", by, now)


def restore_token(token: ApiToken, *, by: Actor, now: datetime) -> None:
    """Let a revoked token in again."""
    if not _rows(token).exclude(revoked_at=None).update(revoked_at=None):
        raise Refused("This token is not revoked.")
    _note(token, "token restored", by, now)


def token_behind(secret: str, *, now: datetime) -> ApiToken | None:
    """Return the live token with its workspace, noted as used; None where there is none."""
    begin, _, rest = secret.partition("_")
    number = rest.partition("_")[0]
    if begin != PREFIX or not number.isdecimal() or len(number) > 9:
        return None
    with within(int(number)):
        alive = ApiToken.objects.of(int(number)).filter(revoked_at=None, secret_hash=_hash(secret))
        token = alive.select_related("workspace").first()
        if token is not None and _is_due(token, now):
            unnoted = Q(last_used_at=None) | Q(last_used_at__lte=now - NOTED_EVERY)
            _rows(token).filter(unnoted).update(last_used_at=now)
        return token


def _is_due(token: ApiToken, now: datetime) -> bool:
    return token.last_used_at is None or token.last_used_at <= now - NOTED_EVERY


def _rows(token: ApiToken) -> QuerySet[ApiToken]:
    return ApiToken.objects.of(token.workspace_id).filter(pk=token.pk)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _note(token: ApiToken, action: str, by: Actor, now: datetime) -> None:
    scopes = ", ".join(Scope(scope).slug for scope in token.scopes)
    audit(token.workspace_id, action, by=by, now=now, on=token, scopes=scopes, firm=token.firm_id)
