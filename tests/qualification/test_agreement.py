"""Both sides agree, or nothing is in force (S3-8); tried through the verbs and past them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from leadfarm.access.actors import Actor
from leadfarm.access.models import Team
from leadfarm.engine.errors import LeadfarmError
from leadfarm.qualification.actions import (
    NotYours,
    SignedAlready,
    deliver,
    draft,
    edit_draft,
    propose,
    sign,
    withdraw,
)
from leadfarm.qualification.actions.agreeing import side_of
from leadfarm.qualification.models import Definition, Signature
from leadfarm.qualification.readiness import in_force
from leadfarm.rules.agreement import FIRST_CRITERIA, Promises, changes, full_criteria
from leadfarm.rules.clauses import LEAD_FIELDS, FieldTest, all_of, parse, sentence, serialise
from leadfarm.rules.codes import Role, Side
from tests.qualification.conftest import BUDGET_KNOWN, agree, ready_lead
from tests.world import World

WITH_TIMELINE = all_of(FieldTest("budget", "is_known"), FieldTest("timeline", "is_known"))


def proposed(world: World) -> Definition:
    """Return a definition that waits for signatures."""
    made = draft(world.workspace.id, BUDGET_KNOWN, Promises(), by=world.mei, now=world.now)
    propose(made, by=world.mei, now=world.now)
    return made


def test_s3_8_neither_role_alone_activates_a_version(inside: World) -> None:
    made = proposed(inside)
    assert sign(made, by=inside.mei, now=inside.now) is False
    assert in_force(inside.workspace.id) is None
    with pytest.raises(SignedAlready, match="Mei Lindholm"):
        sign(made, by=inside.mei, now=inside.now)
    assert sign(made, by=inside.tomas, now=inside.now) is True
    assert in_force(inside.workspace.id) == made


def test_s3_8_managers_admins_pd_and_firms_sign_for_nobody(inside: World) -> None:
    made = proposed(inside)
    for member in (inside.dora, inside.ada, inside.ana, inside.fred):
        with pytest.raises(NotYours):
            sign(made, by=member, now=inside.now)


def test_s3_8_a_manager_signs_for_the_side_of_their_team(inside: World) -> None:
    team = Team.objects.create(workspace=inside.workspace, name="Sales", side=Side.SALES)
    inside.dora.team = team
    inside.dora.save()
    made = proposed(inside)
    assert side_of(inside.dora) is Side.SALES
    sign(made, by=inside.dora, now=inside.now)
    assert sign(made, by=inside.mei, now=inside.now) is True


def test_s3_8_the_database_refuses_force_without_both_signatures(inside: World) -> None:
    made = proposed(inside)
    sign(made, by=inside.mei, now=inside.now)
    mine = Definition.objects.of(inside.workspace).filter(id=made.id)
    with pytest.raises(IntegrityError, match="have both signed"), transaction.atomic():
        mine.update(effective_from=inside.now)
    for member, side in ((inside.mei, Side.SALES), (inside.dora, Side.SALES)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signature.objects.create(
                workspace=inside.workspace,
                definition=made,
                member=member,
                side=side,
                signed_at=inside.now,
            )


def test_s3_8_a_proposal_is_immutable_and_kept(inside: World) -> None:
    made = proposed(inside)
    mine = Definition.objects.of(inside.workspace).filter(id=made.id)
    other = serialise(WITH_TIMELINE)
    for change in ({"criteria": other}, {"promises": {}}, {"proposed_at": None}, {"version": 9}):
        with pytest.raises(IntegrityError, match="proposed"), transaction.atomic():
            mine.update(**change)
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        mine._raw_delete("default")
    with pytest.raises(LeadfarmError, match="no draft any more"):
        edit_draft(made, WITH_TIMELINE, Promises(), by=inside.mei)


def test_s3_8_two_definitions_are_never_in_force(inside: World) -> None:
    first = agree(inside)
    later = inside.now + timedelta(days=9)
    second = draft(inside.workspace.id, WITH_TIMELINE, Promises(), by=inside.tomas, now=later)
    propose(second, by=inside.tomas, now=later)
    third = draft(inside.workspace.id, WITH_TIMELINE, Promises(), by=inside.mei, now=later)
    with pytest.raises(LeadfarmError, match="Another version waits"):
        propose(third, by=inside.mei, now=later)
    with pytest.raises(LeadfarmError, match="There is a draft already"):
        draft(inside.workspace.id, WITH_TIMELINE, Promises(), by=inside.mei, now=later)
    sign(second, by=inside.mei, now=later)
    sign(second, by=inside.tomas, now=later)
    first.refresh_from_db()
    assert (first.state, first.retired_at) == ("retired", later)
    with pytest.raises(IntegrityError), transaction.atomic():
        Definition.objects.of(inside.workspace).filter(id=first.id).update(retired_at=None)


def test_s3_8_delivered_leads_keep_their_version(inside: World) -> None:
    first = agree(inside)
    delivery = deliver(ready_lead(inside), by=Actor.of(inside.ana), now=inside.now)
    agree(inside, WITH_TIMELINE)
    delivery.refresh_from_db()
    assert delivery.definition_id == first.id
    assert len(delivery.criteria["reasons"]) == 3


def test_s3_8_signatures_are_append_only(world: World) -> None:
    with world.inside():
        agree(world)
    for spoil in (lambda rows: rows.update(side=3), lambda rows: rows.delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), world.inside():
            spoil(Signature.objects.of(world.workspace))


def test_s3_8_a_withdrawn_proposal_cannot_be_signed(inside: World) -> None:
    made = proposed(inside)
    withdraw(made, by=inside.tomas, now=inside.now)
    with pytest.raises(LeadfarmError, match="nothing to sign"):
        sign(made, by=inside.tomas, now=inside.now)


def test_s3_8_differences_are_said_in_words() -> None:
    said = changes(BUDGET_KNOWN, WITH_TIMELINE, Promises(), Promises(accept_hours=4))
    assert said[0] == "Added: timeline is known."
    assert "within 4 working hours" in said[1]


def test_s1_14_every_definition_implies_a_need_and_a_talk() -> None:
    said = sentence(full_criteria(BUDGET_KNOWN), LEAD_FIELDS)
    assert said.startswith("the need is known and was found open to it in a talk")


def test_the_first_draft_is_a_clause_people_can_edit() -> None:
    assert parse(serialise(FIRST_CRITERIA), LEAD_FIELDS) == FIRST_CRITERIA


def test_promises_out_of_bounds_are_named(inside: World) -> None:
    with pytest.raises(LeadfarmError, match="Accept or reject within"):
        draft(inside.workspace.id, BUDGET_KNOWN, Promises(accept_hours=0), by=None, now=inside.now)


def test_only_both_parties_and_their_managers_write_it(inside: World) -> None:
    assert Role(inside.ana.role) is Role.PD
    for member in (inside.ana, inside.fred):
        with pytest.raises(NotYours):
            draft(inside.workspace.id, BUDGET_KNOWN, Promises(), by=member, now=inside.now)
