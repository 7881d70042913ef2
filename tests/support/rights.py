"""What people of a town ask of us about themselves: rights, consent, no more mail, erasure."""

from __future__ import annotations

from leadfarm.access.actors import Actor
from leadfarm.consent.actions import Proof, agree, change_preferences, unsubscribe, withdraw
from leadfarm.consent.actions.rights import (
    Correction,
    ask,
    begin_erasure,
    correct,
    end,
    object_to_profiling,
)
from leadfarm.consent.actions.suppression import suppress
from leadfarm.consent.erasing import erase
from leadfarm.consent.erasing.running import Order
from leadfarm.consent.models import PrivacyRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Contact, Lead
from leadfarm.rules.consent import Purpose, SuppressionReason
from leadfarm.rules.privacy import ErasedBecause, RequestKind, RequestState
from tests.support.town import Deed, Town


def somebody_uses_a_right(town: Town) -> None:
    with town.world.inside():
        kinds = [one for one in RequestKind if one is not RequestKind.ERASURE]
        kind = RequestKind.ERASURE if town.chance.random() < 0.1 else town.chance.choice(kinds)
        made = ask(_somebody(town), kind, note="By mail", by=town.world.ada, now=town.now)
        if kind is RequestKind.ERASURE and made.not_before is None:
            begin_erasure(made, by=town.world.ada, now=town.now)


def a_request_is_closed(town: Town) -> None:
    with town.world.inside():
        state = town.chance.choice([one for one in RequestState if one.is_over])
        mine = town.any_of(PrivacyRequest.objects.of(town.workspace).order_by("-id")[:20])
        end(mine, state, "Answered", by=town.world.ada, now=town.now)


def somebody_is_erased_at_once(town: Town) -> None:
    """As it happens to who should never have been kept: one in some hundreds, or nobody is left."""
    if town.chance.random() < 0.8:
        raise LeadfarmError("Not today.")
    with town.world.inside():
        contact = _somebody(town)
    with town.world.as_worker():
        order = Order(Actor.of(town.world.ada), ErasedBecause.UNLAWFUL)
        erase(contact, order, now=town.now)


def an_address_is_put_right(town: Town) -> None:
    with town.world.inside():
        values = {"email": town.address(), "family_name": f"Right {town.number}"}
        right = Correction(values, "Moved", bar_old=town.chance.random() < 0.5)
        correct(_somebody(town), right, by=town.world.ada, now=town.now)


def somebody_may_be_scored_or_not(town: Town) -> None:
    with town.world.inside():
        by, objects = Actor.of(town.world.ada), town.chance.random() < 0.5
        object_to_profiling(_somebody(town), objects=objects, by=by, now=town.now)


def somebody_agrees_or_takes_it_back(town: Town) -> None:
    with town.world.inside():
        who, how = _somebody(town), town.chance.randint(1, 3)
        purpose = town.chance.choice([one for one in Purpose if one.can_be_refused])
        if how == 1:
            agree(who, purpose, PROOF, happened_at=town.now, now=town.now)
        elif how == 2:
            withdraw(who, purpose, by=Actor("form"), now=town.now)
        else:
            reason = town.chance.choice([SuppressionReason.DO_NOT_CALL, SuppressionReason.OBJECTED])
            suppress(who, reason, by=Actor.of(town.here()), now=town.now)


def somebody_wants_less_mail(town: Town) -> None:
    with town.world.inside():
        lead = town.lead()
        if lead.contact is None:
            raise LeadfarmError("Nobody stands behind this lead.")
        if town.chance.random() < 0.5:
            unsubscribe(lead, lead.contact, now=town.now)
            return
        wanted = [one for one in Purpose if one.can_be_refused and town.chance.random() < 0.5]
        change_preferences(lead, lead.contact, wanted, PROOF, now=town.now)


PROOF = Proof("1", "Preferences", wording="Yes, write to me", expires_at=None)


def _somebody(town: Town) -> Contact:
    here = Contact.objects.of(town.workspace).filter(erased_at=None).order_by("id")
    with_lead = here.filter(id__in=Lead.objects.of(town.workspace).values("contact_id"))
    return town.any_of(with_lead if town.chance.random() < 0.8 else here)


RIGHTS: list[tuple[int, Deed]] = [
    (3, somebody_uses_a_right),
    (1, a_request_is_closed),
    (1, somebody_is_erased_at_once),
    (1, an_address_is_put_right),
    (1, somebody_may_be_scored_or_not),
    (2, somebody_agrees_or_takes_it_back),
    (1, somebody_wants_less_mail),
]
