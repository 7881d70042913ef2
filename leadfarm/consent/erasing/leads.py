"""The leads of an erased person: those about nobody else end, the others go on with somebody."""

from datetime import datetime

from leadfarm.access.actors import Actor
from leadfarm.consent.erasing.person import Person
from leadfarm.leads.actions import put_to_sleep
from leadfarm.leads.actions.profiling import match_standings
from leadfarm.leads.actions.tasks import cancel_tasks
from leadfarm.leads.models import GroupMember, Lead, Standing
from leadfarm.rules.codes import DisqualifyReason, RecheckRule
from leadfarm.rules.stages import MAY_BECOME, Stage


def let_leads_end(person: Person, *, by: Actor, now: datetime) -> int:
    """End what is open or asleep for good; what was won stays won. Return how many ended."""
    ended = 0
    for lead in Lead.objects.of(person.workspace_id).filter(id__in=person.own).order_by("id"):
        stage = Stage(Standing.objects.of(person.workspace_id).get(lead_id=lead.id).stage)
        cancel_tasks(lead, now=now)
        if Stage.DISQUALIFIED in MAY_BECOME[stage]:
            because, never = DisqualifyReason.ERASED, RecheckRule.NEVER
            put_to_sleep(lead, to=Stage.DISQUALIFIED, reason=because, rule=never, by=by, now=now)
            ended += 1
        elif stage is Stage.DISQUALIFIED:
            _never_again(lead)
    return ended


def pass_leads_on(person: Person) -> int:
    """Make somebody else of the buying group the first contact; return of how many leads."""
    shared = set(person.leads) - set(person.own)
    passed: list[int] = []
    for lead in Lead.objects.of(person.workspace_id).filter(
        id__in=shared, contact_id__in=person.contacts
    ):
        group = GroupMember.objects.of(person.workspace_id).filter(
            lead=lead, contact__erased_at=None
        )
        heir = group.exclude(contact_id__in=person.contacts).order_by("added_at", "id").first()
        if heir is not None:
            Lead.objects.of(person.workspace_id).filter(id=lead.id).update(contact=heir.contact_id)
            passed.append(lead.id)
    match_standings(person.workspace_id, passed)
    return len(passed)


def _never_again(lead: Lead) -> None:
    Standing.objects.of(lead.workspace_id).filter(lead_id=lead.id).update(
        recheck_rule=RecheckRule.NEVER,
        recheck_on=None,
        closed_because=DisqualifyReason.ERASED.slug,
    )
