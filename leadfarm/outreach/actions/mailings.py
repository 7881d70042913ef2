"""One-off mailings: drafted, planned, stopped, gone on with."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from leadfarm.access.models import Member
from leadfarm.engine.errors import LeadfarmError
from leadfarm.outreach.actions.templates import wording_of
from leadfarm.outreach.codes import WAITING, MailingState, MessageState
from leadfarm.outreach.models import Mailing, Message, Sender, Template
from leadfarm.rules.clauses import LEAD_FIELDS, faults
from leadfarm.rules.consent import HeldBecause

# Whoever is not free for so long after it began does not get it, unless it says otherwise.
GOES_FOR = timedelta(days=3)


@dataclass(frozen=True)
class Wanted:
    """What a draft says: which message, to whom, when, until when, and whether for all to read."""

    template: Template
    audience: object = None
    go_at: datetime | None = None
    until: datetime | None = None
    in_archive: bool = False


def make_mailing(
    name: str,
    template: Template,
    *,
    by: Member,
    now: datetime,
    audience: object = None,
    chosen: Collection[int] | None = None,
) -> Mailing:
    """Return a new draft. LeadfarmError where the name is empty or taken."""
    name = name.strip()
    if not name:
        raise LeadfarmError("Give the mailing a name.", "Only colleagues see it.")
    if Mailing.objects.of(by.workspace).filter(name=name).exists():
        raise LeadfarmError(f"A mailing is called “{name}” already.", "Choose another name.")
    return Mailing.objects.create(
        workspace=by.workspace,
        name=name,
        template=template,
        audience=audience,
        chosen=None if chosen is None else list(chosen),
        made_at=now,
        made_by=by,
    )


def keep_mailing(mailing: Mailing, wanted: Wanted) -> None:
    """Keep what the draft says. LeadfarmError where it is no draft any more, or its times clash."""
    if wanted.go_at and wanted.until and wanted.until <= wanted.go_at:
        raise LeadfarmError("It would be over before it begins.", "Choose a later end.")
    _change(
        mailing,
        MailingState.DRAFT,
        template=wanted.template,
        audience=wanted.audience,
        go_at=wanted.go_at,
        until=wanted.until,
        in_archive=wanted.in_archive,
    )


def plan(mailing: Mailing, *, by: Member, now: datetime) -> None:
    """Let a draft begin at its time, or at once where that has passed or none was given.

    It goes with the newest wording of its message; LeadfarmError where it cannot go.
    """
    version = wording_of(mailing.template)
    if mailing.audience and faults(mailing.audience, LEAD_FIELDS):
        raise LeadfarmError("Its conditions cannot be asked any more.", "Choose them anew.")
    if not Sender.objects.of(mailing.workspace_id).exists():
        raise LeadfarmError("Nobody is named as sender.", "Fill in “Sender and server” first.")
    go_at = max(mailing.go_at or now, now)
    until = mailing.until or go_at + GOES_FOR
    if until <= go_at:
        raise LeadfarmError("The day until which it may go has passed.", "Choose a later one.")
    _change(
        mailing,
        MailingState.DRAFT,
        state=MailingState.PLANNED,
        version=version,
        go_at=go_at,
        until=until,
        planned_by=by,
    )


def take_back(mailing: Mailing) -> None:
    """Make a draft again of a mailing that has not begun."""
    _change(mailing, MailingState.PLANNED, state=MailingState.DRAFT, version=None)


@transaction.atomic
def stop(mailing: Mailing, *, now: datetime) -> int:
    """Let nothing more of a mailing go out; return how many messages were still waiting."""
    _change(mailing, MailingState.GOING, state=MailingState.STOPPED, ended_at=now)
    return (
        _messages(mailing)
        .filter(state__in=WAITING)
        .update(state=MessageState.CANCELLED, held_because=HeldBecause.STOPPED)
    )


@transaction.atomic
def go_on(mailing: Mailing, *, now: datetime) -> int:
    """Undo `stop`; return how many messages wait again. LeadfarmError where it is over by now."""
    if mailing.until is not None and mailing.until <= now:
        raise LeadfarmError("It was to end before today.", "Make a new mailing for the others.")
    _change(mailing, MailingState.STOPPED, state=MailingState.GOING, ended_at=None)
    stopped = _messages(mailing).filter(
        state=MessageState.CANCELLED, held_because=HeldBecause.STOPPED
    )
    return stopped.update(
        state=MessageState.PLANNED, held_because=None, not_before=now, window_at=None
    )


def _change(mailing: Mailing, at: MailingState, **values: Any) -> None:
    """Change the row where it still stands in that state; LeadfarmError otherwise."""
    rows = Mailing.objects.of(mailing.workspace_id).filter(id=mailing.id)
    if not rows.filter(state=at).update(**values):
        by_now = MailingState(rows.values_list("state", flat=True).get()).label.lower()
        raise LeadfarmError(f"The mailing is {by_now} by now.", "Look at it again.")
    mailing.refresh_from_db()


def _messages(mailing: Mailing) -> QuerySet[Message]:
    return Message.objects.of(mailing.workspace_id).filter(mailing=mailing)
