"""Who looks after a lead that comes in, chosen while nobody else chooses in this workspace."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from leadfarm.access.models import Workspace
from leadfarm.leads.models import Contact, Lead
from leadfarm.leads.routing import SIDES, People, Router, facts_of
from leadfarm.rules.codes import Origin, Side
from leadfarm.rules.routing import Given


@dataclass(frozen=True)
class Owned:
    """The owners of a new lead by side, why they are, and who else is here."""

    given: Mapping[Side, Given] = field(default_factory=dict)
    people: People | None = None

    def of(self, side: Side) -> int | None:
        """Return the owner of a side."""
        return self.given[side].to if side in self.given else None

    @property
    def firm(self) -> int | None:
        """Return the outside firm that a rule gave it to."""
        return next((one.firm for one in self.given.values() if one.firm), None)

    def reasons(self) -> dict[str, object]:
        """Return why, as it is kept."""
        return {side.slug: one.as_json() for side, one in self.given.items()}


def find_owners(
    workspace: Workspace,
    contact: Contact,
    told: Mapping[str, object],
    previous_id: int | None,
    *,
    now: datetime,
) -> Owned:
    """Give a new lead to its owners: their turns and places are taken in this transaction.

    `told` is what else a rule may ask: source, campaign, need.
    """
    router, account = Router(workspace, now, alone=True), contact.account
    facts = {
        **told,
        "origin": int(Origin.CAPTURED),
        "country": account.country if account else "",
        "industry": account.industry if account else "",
        "employees": account.employees if account else None,
        "domain": account.domain if account else "",
        "job_title": contact.job_title,
        "contact_country": contact.country,
    }
    here = router.account_owners([account.id]).get(account.id, {}) if account else {}
    before = _before(workspace, previous_id)
    given = router.give(facts_of(facts), account=here, before=before)
    router.save()
    return Owned(given, router.people)


def _before(workspace: Workspace, previous_id: int | None) -> dict[Side, int | None]:
    if previous_id is None:
        return {}
    lead = Lead.objects.of(workspace).get(id=previous_id)
    owners = (lead.marketing_owner_id, lead.pd_owner_id, lead.sales_owner_id)
    return dict(zip(SIDES, owners, strict=True))
