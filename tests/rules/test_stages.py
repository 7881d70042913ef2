"""The stage graph: what may follow what, and the sentence when it may not."""

import pytest

from leadfarm.rules.codes import DisqualifyReason, NextKind, RejectReason, Side
from leadfarm.rules.stages import (
    MAY_BECOME,
    OPEN,
    SLEEPING,
    Stage,
    Verb,
    is_delivered,
    is_open,
    is_opportunity,
    is_sleeping,
    landing_stage,
    passed_stages,
    rank,
    sources_of,
    stage_after_rejection,
    why_not,
    why_not_asleep,
    why_not_disqualify,
)

S = Stage


def test_s1_3_the_graph_is_the_one_of_the_design():
    assert {
        S.RAW: {S.INQUIRY, S.NURTURING, S.DORMANT, S.DISQUALIFIED},
        S.INQUIRY: {S.NURTURING, S.SALES_READY, S.DORMANT, S.DISQUALIFIED},
        S.NURTURING: {S.SALES_READY, S.DORMANT, S.DISQUALIFIED},
        S.SALES_READY: {S.ACCEPTED, S.NURTURING, S.DISQUALIFIED},
        S.ACCEPTED: {S.QUALIFIED, S.NURTURING, S.DISQUALIFIED},
        S.QUALIFIED: {S.WON, S.LOST, S.NURTURING, S.DISQUALIFIED},
        S.WON: {S.CUSTOMER, S.QUALIFIED},
        S.CUSTOMER: set(),
        S.DORMANT: {S.RAW, S.INQUIRY, S.NURTURING, S.DISQUALIFIED},
        S.LOST: {S.NURTURING, S.QUALIFIED, S.DISQUALIFIED},
        S.DISQUALIFIED: {S.NURTURING},
    } == MAY_BECOME


def test_law_4_only_a_delivery_leads_to_sales_ready():
    assert [verb for verb in Verb if verb.target is S.SALES_READY] == [Verb.DELIVER]
    assert sources_of(S.SALES_READY) == [S.INQUIRY, S.NURTURING]


def test_law_3_from_every_sleeping_stage_there_is_a_way_back_to_work():
    for stage in SLEEPING:
        assert S.NURTURING in MAY_BECOME[stage]


def test_every_stage_is_open_sleeping_or_at_its_end():
    for stage in Stage:
        at_end = stage in (S.WON, S.CUSTOMER)
        assert [is_open(stage), is_sleeping(stage), at_end].count(True) == 1


def test_every_stage_can_be_reached_from_raw():
    reached, frontier = {S.RAW}, {S.RAW}
    while frontier:
        frontier = {to for stage in frontier for to in MAY_BECOME[stage]} - reached
        reached |= frontier
    assert reached == set(Stage)


def test_sources_and_targets_are_the_same_table_read_two_ways():
    for current in Stage:
        for to in Stage:
            assert (current in sources_of(to)) == (to in MAY_BECOME[current])
            assert (why_not(current, to) == "") == (to in MAY_BECOME[current])


def test_s0_3_a_refused_move_names_what_is_missing():
    assert "definition in force" in why_not(S.RAW, S.SALES_READY)
    assert why_not(S.WON, S.WON) == "The lead is already Won."
    assert "Accept" in why_not(S.SALES_READY, S.WON)


@pytest.mark.parametrize(
    ("told", "reached"),
    [
        (S.RAW, (S.RAW,)),
        (S.INQUIRY, (S.INQUIRY,)),
        (S.NURTURING, (S.INQUIRY, S.NURTURING)),
        (S.QUALIFIED, (S.INQUIRY, S.SALES_READY, S.ACCEPTED, S.QUALIFIED)),
        (S.WON, (S.INQUIRY, S.SALES_READY, S.ACCEPTED, S.QUALIFIED, S.WON)),
        (S.LOST, (S.INQUIRY, S.SALES_READY, S.ACCEPTED, S.QUALIFIED, S.LOST)),
        (S.DISQUALIFIED, (S.INQUIRY, S.DISQUALIFIED)),
    ],
)
def test_an_imported_outcome_reaches_the_stages_it_passed(told, reached):
    assert passed_stages(told) == reached


def test_law_4_an_imported_open_lead_lands_at_most_in_nurturing_or_qualified_with_an_amount():
    for told in OPEN:
        assert rank(landing_stage(told, has_amount=False)) <= rank(S.NURTURING)
    assert landing_stage(S.ACCEPTED, has_amount=True) is S.NURTURING
    assert landing_stage(S.QUALIFIED, has_amount=True) is S.QUALIFIED
    assert landing_stage(S.WON, has_amount=False) is S.WON


def test_s3_2_a_rejection_goes_back_by_its_kind():
    misrouted = stage_after_rejection(RejectReason.MISROUTED)
    faulty = stage_after_rejection(RejectReason.FAULTY_RECORD)
    unmet = stage_after_rejection(RejectReason.CRITERION_NOT_MET)
    assert (misrouted.stage, misrouted.move) == (S.SALES_READY, Side.SALES)
    assert (faulty.stage, faulty.move, faulty.next_kind) == (S.NURTURING, Side.PD, NextKind.TASK)
    assert (unmet.stage, unmet.next_kind) == (S.NURTURING, NextKind.ENROLMENT)


def test_s3_2_a_delivered_lead_is_not_disqualified_before_contact():
    assert "reject it" in why_not_disqualify(S.SALES_READY, DisqualifyReason.TOO_SMALL)
    assert why_not_disqualify(S.SALES_READY, DisqualifyReason.ERASED) == ""
    assert why_not_disqualify(S.ACCEPTED, DisqualifyReason.TOO_SMALL) == ""
    assert why_not_disqualify(S.CUSTOMER, DisqualifyReason.TOO_SMALL) != ""


def test_s2_7_never_is_refused_except_for_erasure_or_law():
    assert why_not_asleep(S.DORMANT, never=False, reason=None) == ""
    assert why_not_asleep(S.LOST, never=True, reason=None) != ""
    assert why_not_asleep(S.DISQUALIFIED, never=True, reason=DisqualifyReason.STUDENT) != ""
    assert why_not_asleep(S.DISQUALIFIED, never=True, reason=DisqualifyReason.ERASED) == ""


def test_opportunities_are_delivered_leads_from_qualified_on():
    assert {stage for stage in Stage if is_opportunity(stage)} < {
        stage for stage in Stage if is_delivered(stage)
    }
    assert not is_delivered(S.NURTURING)
