"""Related records, leads that go together, and old addresses that lead on (S1-4, S1-13, UX 9)."""

import pytest

from leadfarm.access.actors import Actor
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.codes import PairState, RecordKind, Relation
from leadfarm.intake.merging import Choice, join_leads, merge, several_open, undo_merge
from leadfarm.intake.merging.automatic import merge_the_surest
from leadfarm.intake.models import DuplicatePair, DuplicateRule, LeadJoin, Merge
from leadfarm.leads.actions.moving import move
from leadfarm.leads.actions.stepping import plan_review
from leadfarm.leads.actions.tasks import make_task
from leadfarm.leads.models import Account, Contact, Lead, Standing
from leadfarm.rules.codes import NextKind, Side, TaskKind, TouchKind
from leadfarm.rules.stages import Stage
from tests.lawful import broken_in
from tests.world import World


def twice(world: World) -> tuple[Lead, Lead]:
    """Vera with two addresses and two open leads."""
    return world.captures("Vera Lind"), world.captures("Vera Lindt")


def pair_of(world: World, one: Lead, other: Lead, kind: RecordKind) -> DuplicatePair:
    column = "contact_id" if kind is RecordKind.CONTACT else "account_id"
    ids = sorted((getattr(one, column), getattr(other, column)))
    return DuplicatePair.objects.create(
        workspace_id=world.workspace.id, kind=kind, one=ids[0], other=ids[1],
        probability=0.998, evidence=[["last name", "alike", 7.0]], found_at=world.now,
    )  # fmt: skip


def test_s1_4_leads_of_one_person_go_together_and_are_split_again(world: World) -> None:
    with world.inside():
        one, other = twice(world)
        with pytest.raises(LeadfarmError, match="one person"):
            join_leads(world.workspace.id, other.id, one.id, by=world.mei, now=world.now)
        choice = Choice(RecordKind.CONTACT, one.contact_id or 0, other.contact_id or 0)
        merge(world.workspace.id, choice, by=world.mei, now=world.now)
        (several,) = several_open(world.workspace.id, [one.contact_id or 0])
        assert (several.goes_on, several.joining) == (one, [other])
        before = world.standing(other)
    browser = world.client(world.mei)
    assert "Several open leads" in browser.get(world.address("duplicates/")).content.decode()
    browser.post(world.address("joined-leads/"), {"into": one.id, "lead": [other.id]})
    with world.inside():
        made = LeadJoin.objects.of(world.workspace).get()
        assert made.was_stage == before.stage
        assert Standing.objects.of(world.workspace).get(lead=other).stage == Stage.DORMANT
        assert several_open(world.workspace.id, [one.contact_id or 0]) == []
    assert broken_in(world.workspace.id) == []
    for lead in (one, other):
        assert "Split again" in browser.get(world.address(f"leads/{lead.id}/")).content.decode()
    browser.post(world.address(f"joined-leads/{made.id}/split/"))
    with world.inside():
        standing = Standing.objects.of(world.workspace).get(lead=other)
        assert (standing.stage, standing.next_kind) == (before.stage, before.next_kind)
        assert standing.next_at == before.next_at
    assert broken_in(world.workspace.id) == []


def test_s1_4_leads_of_two_needs_are_offered_on_the_record_and_come_back_as_they_were(
    world: World,
) -> None:
    with world.inside():
        one, *others = [world.captures("Vera Lind", need=need) for need in ("a", "b", "c")]
        Lead.objects.of(world.workspace).update(contact_id=one.contact_id)
        task = make_task(
            others[0], TaskKind.GREET, side=Side.PD, why="Greet her", due_at=world.now,
            now=world.now, owner_id=world.ana.id,
        )  # fmt: skip
        spring = plan_review(Side.MARKETING, world.now, "In spring", world.mei.id)
        for lead in (one, others[1]):
            move(lead, to=Stage.NURTURING, by=Actor.of(world.mei), because="Later", now=world.now,
                 next_step=spring)  # fmt: skip
        Lead.objects.of(world.workspace).filter(id=others[1].id).update(firm_id=world.firm.id)
        raw = world.captures("Vera Lind", need="d", kind=TouchKind.LIST_ENTRY)
        Lead.objects.of(world.workspace).filter(id=raw.id).update(contact_id=one.contact_id)
        others.append(raw)
    browser = world.client(world.tomas)
    for lead in (one, *others):
        page = browser.get(world.address(f"leads/{lead.id}/")).content.decode()
        assert "more than one open lead" in page
    seen = world.client(world.fred).get(world.address(f"leads/{others[1].id}/"))
    assert seen.status_code == 200
    assert "more than one open lead" not in seen.content.decode()
    told = {"into": one.id, "lead": [lead.id for lead in others], "record": "1"}
    answer = browser.post(world.address("joined-leads/"), told)
    assert answer.headers["Location"] == world.address(f"leads/{one.id}/")
    with world.inside():
        made = LeadJoin.objects.of(world.workspace).last()
        assert made is not None
    browser.post(world.address(f"joined-leads/{made.id}/together/split/"))
    with world.inside():
        greeted, nurtured, untouched = (world.standing(lead) for lead in others)
        assert untouched.stage == Stage.RAW
        assert (greeted.stage, greeted.task_id) == (Stage.INQUIRY, task.id)
        assert (nurtured.stage, nurtured.next_kind) == (Stage.NURTURING, NextKind.REVIEW)
        assert nurtured.next_owner_id == world.mei.id
        assert "Split from another lead" in nurtured.next_why
    assert broken_in(world.workspace.id) == []


def test_s1_4_a_merge_undone_splits_what_went_together(world: World) -> None:
    with world.inside():
        one, other = twice(world)
        choice = Choice(RecordKind.CONTACT, one.contact_id or 0, other.contact_id or 0)
        made = merge(world.workspace.id, choice, by=world.mei, now=world.now)
        join_leads(world.workspace.id, other.id, one.id, by=world.mei, now=world.now)
        undo_merge(made, by=world.mei, now=world.now)
        assert not LeadJoin.objects.of(world.workspace).filter(split_at=None).exists()
        assert Standing.objects.of(world.workspace).get(lead=other).stage == Stage.INQUIRY
    assert broken_in(world.workspace.id) == []


def test_related_is_kept_shown_on_both_records_and_can_be_asked_again(world: World) -> None:
    with world.inside():
        one, other = twice(world)
        people = pair_of(world, one, other, RecordKind.CONTACT)
        third = world.captures("Otto Brandt", of="Nordpump Holding")
        fourth = world.captures("Ines Moreau", of="Nordpump Polska")
        homes = pair_of(world, third, fourth, RecordKind.ACCOUNT)
    browser = world.client(world.ana)
    page = browser.get(world.address("duplicates/?at=1")).content.decode()
    assert "One household" in page
    for pair, relation in ((people, Relation.FORMER_EMPLOYER), (homes, Relation.PARENT)):
        told = {"verdict": "related", "relation": relation.value}
        browser.post(world.address(f"duplicates/{pair.id}/"), told)
    page = browser.get(world.address("duplicates/")).content.decode()
    assert "The same person, at a former employer" in page
    for address, said in (
        (f"contacts/{people.other}/", "Same person, another employer"),
        (f"accounts/{homes.one}/", "Owned by this company"),
        (f"accounts/{homes.other}/", "Owner of this company"),
    ):
        assert said in browser.get(world.address(address)).content.decode()
    refused = browser.post(
        world.address(f"duplicates/{people.id}/"), {"verdict": "related", "relation": "4"}
    )
    assert refused.status_code == 404
    browser.post(world.address(f"duplicates/{people.id}/reopen/"))
    with world.inside():
        again = DuplicatePair.objects.of(world.workspace).get(id=people.id)
        assert (again.state, again.relation) == (PairState.OPEN, None)


def test_what_a_person_has_to_decide_is_never_merged_by_itself(world: World) -> None:
    with world.inside():
        one, other = twice(world)
        pair = pair_of(world, one, other, RecordKind.CONTACT)
        Contact.objects.of(world.workspace).filter(id=pair.other).update(no_profiling=True)
        DuplicateRule.objects.create(workspace_id=world.workspace.id, merge_from=0.95)
        assert merge_the_surest(world.workspace, now=world.now) == 0
        page = world.client(world.dora).get(world.address("duplicates/")).content.decode()
        assert "objects to profiling" in page
        Contact.objects.of(world.workspace).filter(id=pair.other).update(no_profiling=False)
        assert merge_the_surest(world.workspace, now=world.now) == 1


def test_ux_9_addresses_of_merged_records_lead_to_the_survivor(world: World) -> None:
    with world.inside():
        one, other = twice(world)
        third = world.captures("Otto Brandt", of="Alpgear")
        for kind, ids in (
            (RecordKind.CONTACT, (one.contact_id, other.contact_id)),
            (RecordKind.ACCOUNT, (third.account_id, one.account_id)),
        ):
            choice = Choice(kind, ids[0] or 0, ids[1] or 0)
            merge(world.workspace.id, choice, by=world.mei, now=world.now)
        account = Account.objects.of(world.workspace).get(id=third.account_id)
        assert Merge.objects.of(world.workspace).count() == 2
    browser = world.client(world.tomas)
    answer = browser.get(world.address(f"contacts/{other.contact_id}/"))
    assert answer.headers["Location"] == world.address(f"contacts/{one.contact_id}/")
    answer = browser.get(world.address(f"accounts/{one.account_id}/"))
    assert answer.headers["Location"] == world.address(f"accounts/{account.id}/")
