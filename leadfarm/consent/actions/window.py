"""May this contact be touched now? Asked by people, taken by whoever touches (law 6)."""

from datetime import datetime

from django.db import connection

from leadfarm.access.models import Workspace
from leadfarm.consent.fragments import TAKE_FIRST, take_window, terms
from leadfarm.consent.models import Pace, SignUp, Suppression
from leadfarm.consent.rule_of import quiet_rule
from leadfarm.leads.models import Contact
from leadfarm.rules.consent import Channel, Purpose, SuppressionReason
from leadfarm.rules.quiet_window import Answer, Nature
from leadfarm.rules.quiet_window import may_touch as rule_allows

# An answer still reaches who unsubscribed, not an address that is dead or erased.
FINAL = (SuppressionReason.HARD_BOUNCE, SuppressionReason.ERASED, SuppressionReason.DO_NOT_CALL)


def may_touch(
    workspace: Workspace,
    contact: Contact,
    *,
    now: datetime,
    nature: Nature = Nature.UNSOLICITED,
    channel: Channel = Channel.MAIL,
    override: str = "",
) -> Answer:
    """Return whether the contact may be touched now, why (not), and from when on.

    `override` is the reason of a person who was told; it never lifts a suppression. Asking
    takes nothing: whoever then touches calls `take` or `note_touched`.
    """
    bar = (
        Suppression.objects.of(workspace)
        .filter(contact=contact, lifted_at=None, purpose=None, channel__in=[channel, Channel.ALL])
        .first()
    )
    if bar and not (nature.is_never_held and bar.reason not in FINAL):
        return Answer(False, f"{SuppressionReason(bar.reason).label} ({bar.made_at:%Y-%m-%d}).")
    waiting = SignUp.objects.of(workspace).filter(contact=contact, is_unproven=True)
    is_mail = channel is Channel.MAIL and not nature.is_never_held
    if is_mail and waiting.filter(confirmed_at=None).exists():
        return Answer(False, "The address was signed up and is not confirmed yet.")
    pace = Pace.objects.of(workspace).filter(contact=contact).first()
    touched = pace.recent_at if pace else []
    return rule_allows(now, touched, quiet_rule(workspace), nature, override=override)


def take(workspace: Workspace, contact_id: int, *, now: datetime) -> bool:
    """Take the contact's quiet window; False when somebody else has it. One of many wins."""
    return _upsert(workspace, contact_id, now, take_window("asking"))


def note_touched(workspace: Workspace, contact_id: int, *, at: datetime) -> None:
    """Count a touch that was made anyway (a call that reached them, a mail against advice)."""
    _upsert(workspace, contact_id, at, take_window("asking", even_if_taken=True))


def _upsert(workspace: Workspace, contact_id: int, now: datetime, statement: str) -> bool:
    parameters = terms(workspace, now, Purpose.INFORMATION) | {"contact": contact_id}
    with connection.cursor() as cursor:
        cursor.execute(TAKE_FIRST + statement, parameters)
        return cursor.fetchone() is not None
