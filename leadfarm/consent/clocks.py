"""Retention clocks: what goes when its time is over, named by the room that holds it.

Each clock counts and deletes by set; what is deleted is not there any more, so that a second run
the same night does nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from leadfarm.access.models import Notification, Workspace
from leadfarm.access.walls import WalledQuerySet
from leadfarm.consent.models import Cleaning, PrivacyRule
from leadfarm.leads.models import PersonalText
from leadfarm.rules.notifications import KEPT_FOR

# Handed the workspace, the instant before which things are too old (None: no such clock), and the
# day: some rows carry a day of their own.
Count = Callable[[Workspace, datetime | None, datetime], int]
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Clock:
    """One class of data: which setting tells its days, how many are due, and their deletion.

    Without a setting, `days` is empty, and the class knows its own time.
    """

    label: str
    days: str
    count: Count
    clean: Count


registry: dict[str, Clock] = {}


def texts(*kinds: str) -> tuple[Count, Count]:
    """Return how texts of these kinds are counted and deleted."""

    def due(
        workspace: Workspace, before: datetime | None, now: datetime
    ) -> WalledQuerySet[PersonalText]:
        rows = PersonalText.objects.of(workspace).filter(kind__in=kinds)
        dated = rows.filter(delete_on__lte=now.date())
        return dated | rows.filter(written_at__lt=before) if before else dated

    return (
        lambda workspace, before, now: due(workspace, before, now).count(),
        lambda workspace, before, now: due(workspace, before, now).delete()[0],
    )


def cutoff(rule: PrivacyRule, clock: Clock, now: datetime) -> datetime | None:
    """Return the instant before which this is too old; None where it is kept."""
    days = getattr(rule, clock.days) if clock.days else None
    return None if days is None else now - timedelta(days=days)


def upcoming(workspace: Workspace, rule: PrivacyRule, now: datetime) -> list[tuple[str, int]]:
    """Return how many of what go within a week."""
    then = now + WEEK
    found = [
        (clock.label, clock.count(workspace, cutoff(rule, clock, then), then))
        for clock in registry.values()
    ]
    return [(label, many) for label, many in found if many]


def clean(workspace: Workspace, now: datetime) -> dict[str, int]:
    """Delete what is too old; return how many of what, and keep the counts."""
    rule = PrivacyRule.objects.of(workspace).first() or PrivacyRule()
    counts = {
        name: clock.clean(workspace, cutoff(rule, clock, now), now)
        for name, clock in registry.items()
    }
    went = {name: many for name, many in counts.items() if many}
    if went:
        Cleaning.objects.create(workspace=workspace, cleaned_at=now, counts=went)
    return went


def _old_news(workspace: Workspace, now: datetime) -> WalledQuerySet[Notification]:
    return Notification.objects.of(workspace).filter(told_at__lt=now - KEPT_FOR)


def register() -> None:
    """Name the clocks of the record's texts, and of what colleagues were told."""
    registry["notifications"] = Clock(
        "Notifications to colleagues",
        "",
        lambda workspace, _before, now: _old_news(workspace, now).count(),
        lambda workspace, _before, now: _old_news(workspace, now).delete()[0],
    )
    for name, label, days, kinds in (
        ("mails", "Mails", "mail_days", ("mail",)),
        ("notes", "Notes and sayings", "note_days", ("note", "said", "comment")),
    ):
        registry[name] = Clock(label, days, *texts(*kinds))
