"""Who takes part in the decision, and how: the group as it is, and findings of what it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.leads.models import Contact, Finding, GroupMember, Lead
from leadfarm.rules.codes import BuyingRole, Confidence, FindingSection
from leadfarm.rules.dossier.codes import Influence, Stance


@dataclass(frozen=True)
class Part:
    """Somebody's part in the buying group; None for what is not known."""

    role: BuyingRole | None = None
    stance: Stance | None = None
    influence: Influence | None = None

    def codes(self) -> dict[str, int | None]:
        """Return the codes by the names of their columns and fields."""
        told = {"role": self.role, "stance": self.stance, "influence": self.influence}
        return {name: None if code is None else int(code) for name, code in told.items()}


@transaction.atomic
def set_part(lead: Lead, contact: Contact, part: Part, *, by: Actor, now: datetime) -> GroupMember:
    """Put the person into the buying group with this part; what changed is kept as findings."""
    Lead.objects.of(lead.workspace_id).select_for_update().get(id=lead.id)
    member, _ = GroupMember.objects.get_or_create(
        workspace_id=lead.workspace_id,
        lead_id=lead.id,
        contact_id=contact.id,
        defaults={"added_at": now},
    )
    before = {name: getattr(member, name) for name in part.codes()}
    changed = {name: code for name, code in part.codes().items() if code != before[name]}
    if changed:
        GroupMember.objects.of(lead.workspace_id).filter(id=member.id).update(**changed)
        Finding.objects.bulk_create(_findings(lead, contact, changed, by, now))
    for name, code in changed.items():
        setattr(member, name, code)
    return member


def _findings(
    lead: Lead, contact: Contact, changed: Mapping[str, int | None], by: Actor, now: datetime
) -> list[Finding]:
    """Return one finding a change; what is not known any more is taken back."""
    return [
        Finding(
            workspace_id=lead.workspace_id,
            lead_id=lead.id,
            section=FindingSection.PEOPLE,
            field=name,
            thread=contact.id,
            value_code=code,
            withdrawn=code is None,
            confidence=Confidence.HIGH,
            source=by.kind,
            member_id=by.member_id,
            happened_at=now,
            known_at=now,
            recorded_at=now,
        )
        for name, code in changed.items()
    ]
