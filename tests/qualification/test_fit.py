"""Fit in points by clauses, with caps, for all leads at once (S2-6)."""

from datetime import timedelta

from leadfarm.leads.models import Account, Contact, Lead
from leadfarm.qualification.actions.grading import grade, install_first_rules
from tests.world import World


def knows(world: World, lead: Lead, *, employees: int | None, title: str) -> None:
    Account.objects.of(world.workspace).filter(id=lead.account_id).update(
        employees=employees, industry="Corrugated board"
    )
    Contact.objects.of(world.workspace).filter(id=lead.contact_id).update(job_title=title)


def test_s2_6_points_add_up_are_capped_and_never_leave_0_to_100(inside: World) -> None:
    install_first_rules(inside.workspace)
    leads = [inside.captures(f"Person {number}", of=f"Works {number}") for number in range(4)]
    knows(inside, leads[0], employees=400, title="Head of maintenance")
    knows(inside, leads[1], employees=80, title="Fitter")
    knows(inside, leads[2], employees=3, title="Student")
    now = inside.now + timedelta(hours=1)
    assert grade(inside.workspace, now=now) == 4
    fits = [inside.standing(lead).fit for lead in leads]
    assert fits == [100, 50, 0, 10]
    assert grade(inside.workspace, now=now) == 0


def test_a_lead_of_which_nothing_is_known_has_no_fit(inside: World) -> None:
    install_first_rules(inside.workspace)
    lead = inside.captures()
    Lead.objects.of(inside.workspace).filter(id=lead.id).update(
        account=None, contact=None, external_id="x-1"
    )
    grade(inside.workspace, now=inside.now)
    assert inside.standing(lead).fit is None
