"""The verbs of privacy rights: asked for, done, refused, taken back. Each leaves an audit entry."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from leadfarm.access.actions import audit
from leadfarm.access.actors import Actor
from leadfarm.access.models import Member
from leadfarm.consent.actions.suppression import lift, suppress
from leadfarm.consent.addresses import address_hash, refuse_erased
from leadfarm.consent.models import PrivacyRequest, PrivacyRule, Suppression
from leadfarm.consent.models.rights import UNDER_WAY
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions import index_words
from leadfarm.leads.actions.profiling import match_standings
from leadfarm.leads.models import Contact, Lead
from leadfarm.rules.consent import Channel, SuppressionReason
from leadfarm.rules.names import normal_email, normal_phone
from leadfarm.rules.privacy import RequestKind, RequestState, due_at

WAYS = ("given_name", "family_name", "job_title", "email", "phone")


@dataclass(frozen=True)
class Correction:
    """What is right, and what becomes of an address that was wrong."""

    values: dict[str, str]
    why: str
    bar_old: bool = False


@transaction.atomic
def ask(
    contact: Contact, kind: RequestKind, *, note: str, by: Member, now: datetime
) -> PrivacyRequest:
    """Write down that somebody uses a right; objections are obeyed at once.

    An erasure waits for the time to think, where the workspace has one, else for `begin_erasure`.
    """
    place = {"workspace_id": contact.workspace_id, "contact": contact, "kind": kind}
    try:
        with transaction.atomic():
            made = PrivacyRequest.objects.create(
                asked_at=now, due_at=due_at(now), note=note, made_by=by, **place
            )
    except IntegrityError:
        raise LeadfarmError(
            f"{kind.label} is asked for already.", "Open the list of requests."
        ) from None
    if kind is RequestKind.ERASURE:
        _let_wait(made, contact, now)
    elif kind is RequestKind.PROFILING:
        object_to_profiling(contact, objects=True, by=Actor.of(by), now=now)
        end(made, RequestState.DONE, "Nothing is scored any more", by=by, now=now)
    elif kind is RequestKind.MARKETING:
        suppress(contact, SuppressionReason.OBJECTED, by=Actor.of(by), now=now)
        end(made, RequestState.DONE, "Barred from mail and calls", by=by, now=now)
    _note(made, f"privacy: {kind.slug} asked for", by, now)
    return made


def end(
    request: PrivacyRequest, state: RequestState, outcome: str, *, by: Member | None, now: datetime
) -> None:
    """Close a request; LeadfarmError when it is over or its erasure has begun."""
    if state is RequestState.REFUSED and not outcome.strip():
        raise LeadfarmError("Say why it is refused: the person is to be told.")
    mine = PrivacyRequest.objects.of(request.workspace_id).filter(id=request.id)
    may = [RequestState.OPEN, RequestState.WAITING]
    if not mine.filter(state__in=may).update(
        state=state, outcome=outcome[:300], ended_at=now, ended_by=by
    ):
        raise LeadfarmError("This request is over, or its erasure runs.", "Open the list again.")
    if by is not None:
        _note(request, f"privacy: {state.slug}", by, now)


def object_to_profiling(contact: Contact, *, objects: bool, by: Actor, now: datetime) -> None:
    """Stop scoring everything about the contact, or allow it again; scores go at once."""
    Contact.objects.of(contact.workspace_id).filter(id=contact.id).update(no_profiling=objects)
    leads = Lead.objects.of(contact.workspace_id).filter(contact=contact)
    match_standings(contact.workspace_id, list(leads.values_list("id", flat=True)))
    action = "profiling objected to" if objects else "profiling allowed again"
    audit(contact.workspace_id, action, by=by, now=now, on=contact)


@transaction.atomic
def correct(contact: Contact, right: Correction, *, by: Member, now: datetime) -> list[str]:
    """Put values right; return the names of those that changed. An address of somebody else is
    refused: the two are one person, or one is a slip.
    """
    before = {name: getattr(contact, name) for name in WAYS}
    changed = [n for n in WAYS if n in right.values and right.values[n].strip() != before[n]]
    for name in changed:
        setattr(contact, name, right.values[name].strip())
    if "email" in changed:
        contact.email_key = _new_address(contact)
    if "phone" in changed:
        contact.phone_key = normal_phone(contact.phone, _country(contact))
    contact.save(update_fields=[*changed, "email_key", "phone_key"])
    if right.bar_old:
        for name in {"email", "phone"} & {*changed}:
            _bar(contact, before[name], by, now)
    leads = Lead.objects.of(contact.workspace_id).filter(contact=contact)
    index_words(*leads.select_related("contact", "account"))
    if changed:
        why = {"fields": changed, "old_barred": right.bar_old, "said": bool(right.why)}
        audit(
            contact.workspace_id, "contact corrected", by=Actor.of(by), now=now, on=contact, **why
        )
    return changed


def allow_marketing(contact: Contact, *, because: str, now: datetime) -> None:
    """Lift an objection to marketing: the person has changed their mind."""
    lift(contact, SuppressionReason.OBJECTED, because=because, now=now)


def _new_address(contact: Contact) -> str | None:
    if not contact.email:
        return None
    key = normal_email(contact.email)
    if key is None:
        raise LeadfarmError("This is no e-mail address.", "Correct it, or leave it empty.")
    refuse_erased(contact.workspace_id, key, None)
    taken = Contact.objects.of(contact.workspace_id).filter(email_key=key).exclude(id=contact.id)
    if taken.exists():
        raise LeadfarmError("Somebody here has this address already.", "Merge the two instead.")
    return key


def _country(contact: Contact) -> str:
    """Return whose numbers are meant where none says: as at every other door."""
    return contact.country or contact.workspace.country


def _bar(contact: Contact, old: str, by: Member, now: datetime) -> None:
    key = normal_email(old) if "@" in old else normal_phone(old, _country(contact))
    if not key:
        return
    Suppression.objects.create(
        workspace_id=contact.workspace_id,
        address_hash=address_hash(contact.workspace_id, key),
        reason=SuppressionReason.LISTED,
        channel=Channel.MAIL if "@" in old else Channel.PHONE,
        made_at=now,
        member=by,
    )


def begin_erasure(request: PrivacyRequest, *, by: Member, now: datetime) -> None:
    """Let an erasure that was asked for begin now; whoever calls it has seen what goes.

    LeadfarmError where it is over, has begun, or is no erasure.
    """
    mine = PrivacyRequest.objects.of(request.workspace_id).filter(id=request.id)
    may = [RequestState.OPEN, RequestState.WAITING]
    waiting = mine.filter(kind=RequestKind.ERASURE, contact__isnull=False, state__in=may)
    if not waiting.update(state=RequestState.WAITING, not_before=now):
        raise LeadfarmError("This request is over, or its erasure runs.", "Open the list again.")
    request.state, request.not_before = RequestState.WAITING, now
    _note(request, "privacy: erasure begun", by, now)


def _let_wait(made: PrivacyRequest, contact: Contact, now: datetime) -> None:
    rule = PrivacyRule.objects.of(contact.workspace_id).first()
    if rule is None or not rule.erasure_wait_days:
        return
    begins = now + timedelta(days=rule.erasure_wait_days)
    mine = PrivacyRequest.objects.of(contact.workspace_id).filter(id=made.id, state__in=UNDER_WAY)
    mine.update(state=RequestState.WAITING, not_before=begins)
    made.state, made.not_before = RequestState.WAITING, begins


def _note(request: PrivacyRequest, action: str, by: Member, now: datetime) -> None:
    audit(request.workspace_id, action, by=Actor.of(by), now=now, on=request)
