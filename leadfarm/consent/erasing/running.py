"""The steps of an erasure, each in its own transaction: killed at any instant, it goes on.

The ledger and the bars come first, so that from the first moment the person cannot come in again;
their names come last, because the steps before are found by them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from leadfarm.access.actions import audit
from leadfarm.access.actors import Actor
from leadfarm.access.walls import within
from leadfarm.consent.addresses import address_hash
from leadfarm.consent.erasing import ledger
from leadfarm.consent.erasing.leads import let_leads_end, pass_leads_on
from leadfarm.consent.erasing.mentions import replace_in, swept
from leadfarm.consent.erasing.person import Person, person_of
from leadfarm.consent.erasing.rows import count, take
from leadfarm.consent.holdings import Fate, Holding, registry
from leadfarm.consent.models import Erasure, Suppression
from leadfarm.leads.actions import index_words
from leadfarm.leads.models import Contact, Lead
from leadfarm.rules.consent import Channel, SuppressionReason
from leadfarm.rules.privacy import ErasedBecause

Progress = Callable[[int, int], None]
LAST = "leads.Contact"


@dataclass(frozen=True)
class Order:
    """Who is erased, on whose word, and why."""

    by: Actor
    reason: ErasedBecause
    request_id: int | None = None


@dataclass
class Undertaking:
    """One erasure on its way, and what it has counted so far."""

    person: Person
    order: Order
    now: datetime
    counts: dict[str, int] = field(default_factory=dict)

    def steps(self) -> list[Callable[[], None]]:
        """Return what is to be done, in order; each may be done again."""
        first = [one for one in registry.holdings.values() if one.model != LAST]
        return [
            self._bar,
            self._end_leads,
            *(lambda name=name: self._add(name, registry.files[name](self.person))
              for name in registry.files),
            *(lambda one=one: self._add(one.model, take(one, self.person, self.now))
              for one in first),
            *(lambda model=model: self._add("mentions", replace_in(model, self.person))
              for model in swept()),
            self._forget_names,
        ]  # fmt: skip

    def _add(self, name: str, many: int) -> None:
        self.counts[name] = self.counts.get(name, 0) + many

    def _bar(self) -> None:
        """Leave keyed hashes behind, and nothing else of the person."""
        for address in (*self.person.emails, *self.person.phones):
            hashed = address_hash(self.person.workspace_id, address)
            bars = Suppression.objects.of(self.person.workspace_id)
            if not bars.filter(address_hash=hashed, reason=SuppressionReason.ERASED).exists():
                Suppression.objects.create(
                    workspace_id=self.person.workspace_id,
                    address_hash=hashed,
                    reason=SuppressionReason.ERASED,
                    channel=Channel.ALL,
                    made_at=self.now,
                )

    def _end_leads(self) -> None:
        self._add("leads passed on", pass_leads_on(self.person))
        self._add("leads ended", let_leads_end(self.person, by=self.order.by, now=self.now))

    def _forget_names(self) -> None:
        """Empty the contact at last, find other leads by what is left, and write the ledger."""
        person = self.person
        others = Lead.objects.of(person.workspace_id).filter(id__in=person.around)
        self._add(LAST, take(registry.holdings[LAST], person, self.now))
        index_words(*others.select_related("contact", "account"))
        hashes = [address_hash(person.workspace_id, a) for a in (*person.emails, *person.phones)]
        Erasure.objects.create(
            workspace_id=person.workspace_id,
            contacts=list(person.contacts),
            hashes=hashes,
            request_id=self.order.request_id,
            erased_at=self.now,
            member_id=self.order.by.member_id,
            reason=self.order.reason,
            counts=self.counts,
        )
        audit(
            person.workspace_id, "person erased", by=self.order.by, now=self.now,
            reason=self.order.reason.slug, request=self.order.request_id, whom=hashes[:1],
        )  # fmt: skip


def erase(
    contact: Contact,
    order: Order,
    *,
    now: datetime,
    progress: Progress | None = None,
    noted: bool = False,
) -> dict[str, int]:
    """Erase the person behind the contact; return how many rows of what went. For the worker.

    May be called again after any interruption, and on somebody who is erased already. `noted`: the
    erasure stands in the ledger beside the database already.
    """
    with within(contact.workspace_id):
        person = person_of(contact)
        if contact.erased_at is not None and not person.everywhere:
            return {}
    undertaking = Undertaking(person, order, now)
    steps = undertaking.steps()
    if not noted:
        ledger.note(person, now)
    for number, step in enumerate(steps, 1):
        with within(contact.workspace_id):
            step()
        if progress is not None:
            progress(number, len(steps))
    return undertaking.counts


def what_goes(contact: Contact) -> list[tuple[Holding, int]]:
    """Return each table that holds something of the person, with how many rows, for the preview."""
    person = person_of(contact)
    found = [(one, count(one, person)) for one in registry.holdings.values()]
    return [(one, many) for one, many in found if many]


def fates(found: list[tuple[Holding, int]]) -> dict[str, Any]:
    """Return what goes, what is emptied and what stays, as the preview lists them."""
    return {fate.value: [pair for pair in found if pair[0].fate is fate] for fate in Fate}
