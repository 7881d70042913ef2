"""Consent never becomes looser by a merge: the stricter of the two holds."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from leadfarm.consent.models import Consent, Pace, Suppression
from leadfarm.leads.actions.profiling import match_standings
from leadfarm.leads.models import Contact, Lead
from leadfarm.rules.consent import Channel, SuppressionReason


def keep_the_stricter(survivor: Contact, gone: Contact, *, now: datetime) -> dict[str, Any]:
    """Bar what either had withdrawn, and take the later end of the quiet window.

    Consents are not moved: they were given for an address, and only the survivor's is written to.
    An objection to profiling is obeyed, also once the merge is undone.
    Returns what was made and what was before, for undoing; ids and times only.
    """
    if gone.no_profiling and not survivor.no_profiling:
        survivor.no_profiling = True
        survivor.save(update_fields=["no_profiling"])
        theirs = Lead.objects.of(survivor.workspace_id).filter(contact=survivor)
        match_standings(survivor.workspace_id, list(theirs.values_list("id", flat=True)))
    return {"bars": _bars(survivor, gone, now), "pace": _pace(survivor, gone)}


def _bars(survivor: Contact, gone: Contact, now: datetime) -> list[int]:
    """Give the survivor the bars that hold for the other, and those of what it had withdrawn."""
    bars = Suppression.objects.of(survivor.workspace_id).filter(lifted_at=None)
    there = set(bars.filter(contact=survivor).values_list("reason", "purpose"))
    theirs = bars.filter(contact=gone)
    wanted = {(one.reason, one.purpose): one.channel for one in theirs}
    unsubscribed = int(SuppressionReason.UNSUBSCRIBED)
    wanted |= {(unsubscribed, one): int(Channel.MAIL) for one in _withdrawn(gone, now)}
    made = Suppression.objects.bulk_create(
        Suppression(
            workspace_id=survivor.workspace_id, contact=survivor, reason=reason, channel=channel,
            purpose=purpose, made_at=now,
        )
        for (reason, purpose), channel in wanted.items()
        if not {(reason, purpose), (reason, None)} & there
    )  # fmt: skip
    return [bar.id for bar in made]


def _withdrawn(gone: Contact, now: datetime) -> list[int]:
    """Return the purposes that somebody had agreed to and does not any more."""
    given = Consent.objects.of(gone.workspace_id).filter(contact=gone)
    holds = Q(withdrawn_at=None) & (Q(expires_at=None) | Q(expires_at__gt=now))
    still = set(given.filter(holds).values_list("purpose", flat=True))
    return sorted(set(given.exclude(holds).values_list("purpose", flat=True)) - still)


def _pace(survivor: Contact, gone: Contact) -> dict[str, Any] | None:
    """Return the survivor's pace as it was; None where the other was never touched."""
    paces = Pace.objects.of(survivor.workspace_id).select_for_update()
    theirs = paces.filter(contact=gone).first()
    if theirs is None:
        return None
    mine = paces.filter(contact=survivor).first()
    if mine is None:
        Pace.objects.create(
            workspace_id=survivor.workspace_id, contact=survivor,
            next_free_at=theirs.next_free_at, recent_at=theirs.recent_at,
        )  # fmt: skip
        return {}
    before = {
        "next_free_at": mine.next_free_at.isoformat(),
        "recent_at": [at.isoformat() for at in mine.recent_at],
    }
    paces.filter(contact=survivor).update(
        next_free_at=max(mine.next_free_at, theirs.next_free_at),
        recent_at=sorted({*mine.recent_at, *theirs.recent_at}),
    )
    return before
