"""Messages planned by people: by hand, to many at once, and as a test to oneself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Workspace
from leadfarm.consent.actions import may_touch, note_touched, take
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions import keep_reason
from leadfarm.leads.models import Contact, Lead, PersonalText
from leadfarm.outreach.codes import MessageKind, MessageState
from leadfarm.outreach.models import Message, TemplateVersion
from leadfarm.rules.quiet_window import Nature

# The window is taken when a message is due (see delivery.claiming), not when it is planned.
PLAN_MAILING = f"""
INSERT INTO outreach_message (workspace_id, kind, state, nature, lead_id, contact_id,
                              template_version_id, member_id, planned_at, not_before)
SELECT DISTINCT ON (lead.contact_id) %(workspace)s, {int(MessageKind.ONE_OFF)},
       {int(MessageState.PLANNED)}, {int(Nature.UNSOLICITED)}, lead.id, lead.contact_id,
       %(version)s, %(member)s, %(now)s, %(not_before)s
  FROM leads_lead lead
 WHERE lead.workspace_id = %(workspace)s AND lead.id = ANY(%(leads)s)
   AND lead.contact_id IS NOT NULL
 ORDER BY lead.contact_id, lead.id DESC
"""  # noqa: S608 (numbers of code lists)


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


def plan_mailing(
    version: TemplateVersion,
    lead_ids: Collection[int],
    *,
    by: Member,
    now: datetime,
    not_before: datetime | None = None,
) -> int:
    """Plan one message a contact for these leads, in one statement; return how many."""
    values: dict[str, Any] = {
        "workspace": by.workspace_id,
        "version": version.id,
        "member": by.id,
        "leads": list(lead_ids),
        "now": now,
        "not_before": max(not_before or now, now),
    }
    with connection.cursor() as cursor:
        cursor.execute(PLAN_MAILING, values)
        return int(cursor.rowcount)


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
