"""Messages planned by people: by hand, and as a test to oneself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Workspace
from leadfarm.consent.actions import may_touch, note_touched, take
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions import keep_reason
from leadfarm.leads.models import Contact, Lead, PersonalText
from leadfarm.outreach.codes import MessageKind
from leadfarm.outreach.models import Message, TemplateVersion
from leadfarm.rules.quiet_window import Nature


class HeldBack(LeadfarmError):
    """The contact may not be written to now; `can_override` says whether a person may go on."""

    def __init__(self, reason: str, free_at: datetime | None) -> None:
        todo = f"Write after {free_at:%Y-%m-%d %H:%M}, or give a reason." if free_at else ""
        super().__init__(reason, todo)
        self.free_at = free_at
        self.can_override = free_at is not None


@dataclass(frozen=True)
class Letter:
    """What a person writes, why, and the reason to go on where they were told to wait."""

    subject: str
    body: str
    nature: Nature = Nature.UNSOLICITED
    override: str = ""


@transaction.atomic
def plan_by_hand(
    lead: Lead, contact: Contact, letter: Letter, *, by: Member, now: datetime
) -> Message:
    """Plan what a person wrote; raise HeldBack inside the quiet window unless they say why;
    then the reason is kept and logged.

    The window is taken here, so that no program writes on the heels of it.
    """
    if not letter.subject.strip() or not letter.body.strip():
        raise LeadfarmError("A mail needs a subject and words.", "Fill in both.")
    nature, override = letter.nature, letter.override.strip()
    answer = may_touch(by.workspace, contact, now=now, nature=nature)
    if not answer.may and not (override and answer.free_at):
        raise HeldBack(answer.reason, answer.free_at)
    if not answer.may:
        keep_reason(lead, override, channel="mail", by=Actor.of(by), now=now)
    if nature is Nature.UNSOLICITED:
        _take_window(by.workspace, contact, now, override)
    return Message.objects.create(
        workspace=by.workspace,
        kind=MessageKind.BY_HAND,
        nature=nature,
        lead=lead,
        contact=contact,
        text=_kept(letter, by=by, now=now, lead=lead, contact=contact),
        member=by,
        planned_at=now,
        not_before=now,
        window_at=now if nature is Nature.UNSOLICITED else None,
    )


def _kept(letter: Letter, *, by: Member, now: datetime, **about: Any) -> PersonalText:
    """Keep the words where erasure can reach them; the first line is the subject."""
    return PersonalText.objects.create(
        workspace=by.workspace,
        kind="mail",
        author=by,
        body=f"{' '.join(letter.subject.split())}\n\n{letter.body.strip()}\n",
        written_at=now,
        **about,
    )


def _take_window(workspace: Workspace, contact: Contact, now: datetime, override: str) -> None:
    if override:
        note_touched(workspace, contact.id, at=now)
    elif not take(workspace, contact.id, now=now):
        raise HeldBack("Held: somebody else has just written to them.", None)


def plan_test(
    workspace: Workspace, *, by: Member, now: datetime, version: TemplateVersion | None = None
) -> Message:
    """Plan a mail to the member who asks, with this wording or a line that says it works."""
    text = None
    if version is None:
        words = f"This test was asked for by {by.name}."
        text = _kept(Letter(f"Mail from {workspace.name} works", words), by=by, now=now)
    return Message.objects.create(
        workspace=workspace,
        kind=MessageKind.TEST,
        nature=Nature.CONFIRMATION,
        template_version=version,
        text=text,
        member=by,
        planned_at=now,
        not_before=now,
    )
