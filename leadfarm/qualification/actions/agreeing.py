"""The agreement: drafted, proposed, signed by both sides, and so in force (S3-7, S3-8)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from leadfarm.access.actions.audit import audit
from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Team
from leadfarm.access.walls import WalledQuerySet
from leadfarm.engine.errors import LeadfarmError
from leadfarm.qualification.models import Definition, Signature
from leadfarm.rules.agreement import Promises, signing_side
from leadfarm.rules.clauses import Clause, serialise
from leadfarm.rules.codes import Role, Side


class NotYours(LeadfarmError):
    """The act belongs to another side or role."""


class SignedAlready(LeadfarmError):
    """Somebody of this side was first."""


DRAFTERS = frozenset({Role.MARKETER, Role.SALES_REP, Role.MANAGER, Role.ADMIN})


def side_of(member: Member) -> Side | None:
    """Return the side this member may sign for; None where they sign for nobody."""
    team_side = None
    if member.team_id is not None:
        teams = Team.objects.of(member.workspace_id).filter(id=member.team_id)
        team_side = teams.values_list("side", flat=True).first()
    return signing_side(
        Role(member.role),
        team_side,
        has_left=member.left_at is not None,
        of_firm=member.firm_id is not None,
    )


def may_draft(member: Member) -> bool:
    """Return whether this member may write and propose definitions: either side may begin."""
    return Role(member.role) in DRAFTERS and member.firm_id is None


def draft(
    workspace_id: int,
    criteria: Clause,
    promises: Promises,
    *,
    by: Member | None,
    now: datetime,
    reason: str = "",
) -> Definition:
    """Begin the next version and return it; there is one draft at a time."""
    if by is not None:
        _check_drafter(by)
    top = Definition.objects.of(workspace_id).aggregate(top=Max("version"))["top"] or 0
    try:
        with transaction.atomic():
            return Definition.objects.create(
                workspace_id=workspace_id,
                version=top + 1,
                drafted_by_id=by.id if by else None,
                drafted_at=now,
                **_contents(criteria, promises, reason),
            )
    except IntegrityError as taken:
        raise LeadfarmError(
            "There is a draft already.", "Edit that one, or discard it first."
        ) from taken


def edit_draft(
    definition: Definition, criteria: Clause, promises: Promises, *, by: Member, reason: str = ""
) -> None:
    """Replace what the draft says. Raises LeadfarmError once it is proposed."""
    _check_drafter(by)
    contents = _contents(criteria, promises, reason)
    if not _waiting(definition, proposed_at=None).update(**contents):
        raise LeadfarmError(
            f"Version {definition.version} is no draft any more.", "Draft the next version."
        )


def _contents(criteria: Clause, promises: Promises, reason: str) -> dict[str, object]:
    faults = promises.faults()
    if faults:
        raise LeadfarmError(" ".join(faults))
    return {
        "criteria": serialise(criteria),
        "promises": promises.as_json(),
        "reason": reason.strip()[:300],
    }


def propose(definition: Definition, *, by: Member, now: datetime) -> None:
    """Put the draft before both sides; from now on nothing in it changes."""
    _check_drafter(by)
    try:
        with transaction.atomic():
            proposed = _waiting(definition, proposed_at=None).update(
                proposed_at=now, proposed_by_id=by.id
            )
    except IntegrityError as taken:
        raise LeadfarmError(
            "Another version waits for signatures.", "Sign it or withdraw it first."
        ) from taken
    if not proposed:
        raise LeadfarmError(f"Version {definition.version} is no draft any more.")
    _audit(definition, "definition proposed", by, now)


def withdraw(definition: Definition, *, by: Member, now: datetime) -> None:
    """Take back a draft or a proposal that is not in force; it stays among the versions."""
    _check_drafter(by)
    if not _waiting(definition).update(withdrawn_at=now):
        raise LeadfarmError(f"Version {definition.version} is {definition.state}: it stays.")
    _audit(definition, "definition withdrawn", by, now)


@transaction.atomic
def sign(definition: Definition, *, by: Member, now: datetime) -> bool:
    """Sign for one's own side; return whether the version is in force now.

    The second signature brings it into force and retires the one before. Raises NotYours,
    SignedAlready, or LeadfarmError when it does not wait for signatures.
    """
    side = side_of(by)
    if side is None:
        raise NotYours(
            "Marketing and sales sign: a marketer, a sales rep, or a manager whose team is of "
            "that side."
        )
    # Both signatories queue here, so that the later one sees the earlier signature.
    held = Definition.objects.of(definition.workspace_id).select_for_update().get(id=definition.id)
    _check_unsigned(held, side)
    if held.state != "proposed":
        raise LeadfarmError(f"Version {held.version} is {held.state}: nothing to sign.")
    Signature.objects.create(
        workspace_id=held.workspace_id,
        definition_id=held.id,
        member_id=by.id,
        side=side,
        signed_at=now,
    )
    _audit(held, f"definition signed for {side.label.lower()}", by, now)
    if signatures_of(held).count() < 2:
        return False
    _bring_into_force(held, now)
    return True


def signatures_of(definition: Definition) -> WalledQuerySet[Signature]:
    """Return the signatures of a version, the first one first."""
    mine = Signature.objects.of(definition.workspace_id).filter(definition_id=definition.id)
    return mine.select_related("member").order_by("signed_at", "id")


def _check_unsigned(definition: Definition, side: Side) -> None:
    signed = signatures_of(definition).filter(side=side).first()
    if signed is not None:
        raise SignedAlready(
            f"{side.label} has signed version {definition.version} already: "
            f"{signed.member.name}, {signed.signed_at:%-d %B %Y, %H:%M} UTC."
        )


def _bring_into_force(definition: Definition, now: datetime) -> None:
    mine = Definition.objects.of(definition.workspace_id)
    mine.filter(effective_from__isnull=False, retired_at=None).update(retired_at=now)
    mine.filter(id=definition.id).update(effective_from=now)


def _waiting(definition: Definition, **where: object) -> WalledQuerySet[Definition]:
    return Definition.objects.of(definition.workspace_id).filter(
        id=definition.id, effective_from=None, withdrawn_at=None, **where
    )


def _check_drafter(by: Member) -> None:
    if not may_draft(by):
        raise NotYours("Marketers, sales reps, managers and admins write the agreement.")


def _audit(definition: Definition, action: str, by: Member, now: datetime) -> None:
    by_hand = Actor.of(by)
    audit(
        definition.workspace_id, action, by=by_hand, now=now, on=definition,
        version=definition.version,
    )  # fmt: skip
