"""What outreach does by itself: send what is due, judge clicks."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.access.models import Workspace
from leadfarm.leads.actions import record_touch
from leadfarm.outreach.delivery.sending import Tally, send_due
from leadfarm.outreach.judging import Seen, judge
from leadfarm.outreach.models import Click, Link, Message
from leadfarm.rules.codes import TouchKind

log = logging.getLogger(__name__)
# A scanner follows every link of a mail at once: wait until it has done so.
WAIT = timedelta(seconds=5)
AT_A_TIME = 500
CLICKER = Actor("form")


def send_everywhere(clock: Callable[[], datetime]) -> dict[int, Tally]:
    """Send what is due in every workspace; return what was done, by workspace.

    Where one cannot send, whatever the cause, the others do.
    """
    done: dict[int, Tally] = {}
    for workspace in Workspace.objects.all():
        try:
            done[workspace.id] = send_due(workspace, clock)
        except Exception:
            log.exception("workspace %s could not send", workspace.id)
    return done


def judge_everywhere(now: datetime) -> int:
    """Judge clicks in every workspace; return how many."""
    return sum(judge_clicks(workspace_id, now) for workspace_id in _workspaces())


@transaction.atomic
def judge_clicks(workspace_id: int, now: datetime) -> int:
    """Judge the clicks that came in some seconds ago; return how many. Safe to run side by side.

    Human clicks warm the lead; machines' are kept, shown, and count for nothing. Reading a link
    again is no news: a message's link becomes one human touch.
    """
    clicks = Click.objects.of(workspace_id)
    ripe = clicks.filter(judged_at=None, clicked_at__lte=now - WAIT).order_by("message_id")
    messages = list(ripe.values_list("message_id", flat=True).distinct()[:AT_A_TIME])
    # Whoever holds the message judges all its clicks: their verdicts depend on each other.
    held = (
        Message.objects.of(workspace_id)
        .filter(id__in=messages)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("lead")
    )
    by_id = {message.id: message for message in held}
    rows = list(clicks.filter(message_id__in=by_id).order_by("message_id", "clicked_at", "id"))
    hidden = _hidden_links(workspace_id, by_id.values())
    judged = 0
    for message_id, group in groupby(rows, key=lambda click: click.message_id):
        judged += _judge(by_id[message_id], list(group), hidden, now)
    return judged


def _judge(
    message: Message, clicks: list[Click], hidden: set[tuple[int, int]], now: datetime
) -> int:
    version = message.template_version_id or 0
    seen = [_seen(click, (version, click.link_number) in hidden) for click in clicks]
    verdicts = judge(seen, message.sent_at or message.sending_at)
    read = {c.link_number for c in clicks if c.judged_at and c.machine_because is None}
    new = [click for click in clicks if click.judged_at is None and click.clicked_at <= now - WAIT]
    for click in new:
        because = verdicts[click.id]
        click.judged_at, click.machine_because = now, because
        click.save(update_fields=["judged_at", "machine_because"])
        if message.lead is None or (because is None and click.link_number in read):
            continue
        if because is None:
            read.add(click.link_number)
        _say_clicked(message, click, now)
    return len(new)


def _seen(click: Click, hidden: bool) -> Seen:
    return Seen(
        click.id, click.link_number, click.clicked_at, click.user_agent, click.network, hidden
    )


def _say_clicked(message: Message, click: Click, now: datetime) -> None:
    assert message.lead is not None
    record_touch(
        message.lead,
        TouchKind.MAIL_CLICKED,
        happened_at=click.clicked_at,
        now=now,
        actor=CLICKER,
        by_machine=click.machine_because is not None,
        contact_id=message.contact_id,
        ref=message.id,
    )


def _hidden_links(workspace_id: int, messages: Iterable[Message]) -> set[tuple[int, int]]:
    versions = {message.template_version_id for message in messages}
    links = Link.objects.of(workspace_id).filter(version_id__in=versions - {None}, is_hidden=True)
    return set(links.values_list("version_id", "number"))


def _workspaces() -> list[int]:
    return list(Workspace.objects.values_list("id", flat=True))
