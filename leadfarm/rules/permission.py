"""May we write to this contact for this purpose, on which ground, since when and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from leadfarm.rules.consent import Basis, Channel, Purpose, SuppressionReason

# An answer still reaches who unsubscribed, not an address that is dead or erased.
FINAL = frozenset({SuppressionReason.HARD_BOUNCE, SuppressionReason.ERASED})


@dataclass(frozen=True)
class Ground:
    """One consent, given or implied: since when, until when (None: without end), which words."""

    basis: Basis
    since: datetime
    until: datetime | None = None
    withdrawn_at: datetime | None = None
    words: str = ""

    def holds(self, now: datetime) -> bool:
        """Whether it allows anything at `now`."""
        begun = self.since <= now and self.withdrawn_at is None
        return begun and (self.until is None or self.until > now)


@dataclass(frozen=True)
class Bar:
    """Something that forbids: for one purpose, or for every one that can be refused."""

    reason: SuppressionReason
    since: datetime
    channel: Channel = Channel.MAIL
    purpose: Purpose | None = None

    def forbids(self, purpose: Purpose) -> bool:
        """Whether it stands against mail for this purpose."""
        if self.channel is Channel.PHONE or self.purpose not in (None, purpose):
            return False
        return purpose is not Purpose.SERVICE or self.reason in FINAL


@dataclass(frozen=True)
class Permission:
    """The answer for one purpose, with its reason; `ground` is the consent it rests on."""

    purpose: Purpose
    allowed: bool
    why: str
    since: datetime | None = None
    until: datetime | None = None
    ground: Ground | None = None


def permission(
    purpose: Purpose,
    *,
    now: datetime,
    needs_consent: bool,
    has_address: bool,
    bars: Sequence[Bar] = (),
    grounds: Sequence[Ground] = (),
) -> Permission:
    """Return whether mail for this purpose may go out; `grounds` are those of this purpose.

    Says the same as consent.fragments.may_get_mail, which asks for many contacts at once.
    """
    barred = [bar for bar in bars if bar.forbids(purpose)]
    if barred:
        bar = max(barred, key=lambda one: one.since)
        return Permission(purpose, False, bar.reason.label, bar.since)
    if not has_address:
        return Permission(purpose, False, "No address is known")
    holding = [ground for ground in grounds if ground.holds(now)]
    if holding:
        best = max(holding, key=_how_long)
        return Permission(purpose, True, best.basis.label, best.since, best.until, best)
    if not needs_consent:
        return Permission(purpose, True, Basis.LEGITIMATE_INTEREST.label)
    return _without(purpose, grounds, now)


def _without(purpose: Purpose, grounds: Sequence[Ground], now: datetime) -> Permission:
    """Say what is missing: withdrawn, run out, or never given."""
    if not grounds:
        return Permission(purpose, False, "Consent is needed, and none was given")
    last = max(grounds, key=lambda ground: ground.withdrawn_at or ground.until or ground.since)
    if last.withdrawn_at is not None:
        return Permission(purpose, False, "Consent was withdrawn", last.withdrawn_at, None, last)
    if last.until is not None and last.until <= now:
        why = f"Consent has run out: {last.basis.label.lower()}"
        return Permission(purpose, False, why, last.until, None, last)
    return Permission(purpose, False, "Consent begins later", last.since, None, last)


def _how_long(ground: Ground) -> tuple[bool, datetime]:
    """Rank what lasts longest first: without end, then by its end."""
    return ground.until is None, ground.until or ground.since
