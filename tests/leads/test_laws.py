"""The laws of the record, tried to be broken (DESIGN 2)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import StageHasMoved, comment, learn, move, note, put_to_sleep
from leadfarm.leads.actions.learning import Fact
from leadfarm.leads.models import Finding, Lead, SearchWord, StageChange, Standing, Touch
from leadfarm.rules.codes import DisqualifyReason, DormantReason, FindingSection, RecheckRule
from leadfarm.rules.stages import Stage
from tests.world import World


def test_s1_7_an_open_lead_without_a_next_step_is_refused_by_the_database(inside: World) -> None:
    lead = inside.captures()
    mine = Standing.objects.of(inside.workspace).filter(lead_id=lead.id)
    for nothing in ({"next_kind": None}, {"next_at": None}, {"next_why": ""}, {"task_id": 7}):
        with pytest.raises(IntegrityError), transaction.atomic():
            mine.update(**nothing)


def test_s1_7_a_lead_without_a_standing_is_refused_at_commit(world: World) -> None:
    with pytest.raises(IntegrityError), world.inside():
        Lead.objects.create(
            workspace=world.workspace,
            external_id="alone",
            entered_at=world.now,
            known_at=world.now,
            recorded_at=world.now,
        )


def test_s0_3_no_move_makes_an_inquiry_an_opportunity(inside: World) -> None:
    lead = inside.captures()
    actor = Actor.of(inside.dora)
    for stage in (Stage.ACCEPTED, Stage.QUALIFIED, Stage.WON):
        with pytest.raises(StageHasMoved, match="cannot become"):
            move(lead, to=stage, by=actor, because="I say so", now=inside.now)


def test_s2_7_sleeping_needs_a_reason_and_a_recheck_rule(inside: World) -> None:
    lead = inside.captures()
    put_to_sleep(
        lead,
        to=Stage.DORMANT,
        reason=DormantReason.NO_RESPONSE,
        rule=RecheckRule.AFTER_MONTHS,
        months=6,
        by=Actor.of(inside.ana),
        now=inside.now,
    )
    standing = inside.standing(lead)
    assert standing.recheck_on == (inside.now + timedelta(days=182.64)).date()
    with pytest.raises(IntegrityError), transaction.atomic():
        Standing.objects.of(inside.workspace).filter(lead_id=lead.id).update(recheck_rule=None)


def test_s2_7_never_is_for_erasure_and_law_only(inside: World) -> None:
    lead = inside.captures()
    with pytest.raises(Exception, match="No lead is closed for ever"):
        put_to_sleep(
            lead,
            to=Stage.DISQUALIFIED,
            reason=DisqualifyReason.TOO_SMALL,
            rule=RecheckRule.NEVER,
            by=Actor.of(inside.ana),
            now=inside.now,
        )


@pytest.mark.parametrize("table", [Touch, StageChange, Finding])
def test_law_5_history_is_append_only(world: World, table: type) -> None:
    with world.inside():
        lead = world.captures()
        actor = Actor.of(world.ana)
        learn(lead, Fact(FindingSection.BUDGET, "180 thousand"), by=actor, now=world.now)
    for spoil in (
        lambda rows: rows.update(recorded_at=world.now - timedelta(days=900)),
        lambda rows: rows.delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), world.inside():
            spoil(table.objects.of(world.workspace))


def test_law_1_marketing_pd_and_sales_own_one_record_from_day_one(inside: World) -> None:
    lead = inside.captures()
    owners = (lead.marketing_owner_id, lead.pd_owner_id, lead.sales_owner_id)
    assert owners == (inside.mei.id, inside.ana.id, inside.tomas.id)


def test_s2_22_notes_and_comments_are_personal_text(inside: World) -> None:
    lead = inside.captures()
    text = note(lead, "Call after 9:30", by=Actor.of(inside.ana), now=inside.now)
    word = comment(lead, "Is this the plant in Kassel?", author=inside.tomas, now=inside.now)
    assert text.body == "Call after 9:30"
    assert word.text is not None
    assert word.text.kind == "comment"


def test_search_words_are_of_a_lead_that_is_there_and_go_with_it(inside: World) -> None:
    """Held by set: a statement asks once for all of its leads (S4-1)."""
    lead = inside.captures()
    words = SearchWord.objects.of(inside.workspace)
    assert words.filter(lead_id=lead.id).exists()
    with pytest.raises(IntegrityError, match="points to no row"), transaction.atomic():
        words.create(workspace=inside.workspace, lead_id=lead.id + 10_000_000, word="nobody")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM leads_lead WHERE id = %s", [lead.id])
    assert not words.filter(lead_id=lead.id).exists()
