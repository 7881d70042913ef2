"""What opens a new lead, and the reason shown on the record."""

from datetime import UTC, datetime

from leadfarm.rules.opening import Candidate, Opening, decide
from leadfarm.rules.stages import Stage


def lead(number, stage, *, day=1, need="", external_id="", colleagues=False):
    return Candidate(
        number, stage, datetime(2026, 3, day, tzinfo=UTC), need, external_id, colleagues
    )


def test_the_first_touch_opens_a_lead():
    decision = decide([])
    assert (decision.opening, decision.lead_id) == (Opening.NEW, None)
    assert decision.reason == "First touch of this contact"


def test_s1_4_another_touch_joins_the_open_lead():
    decision = decide([lead(7, Stage.NURTURING)])
    assert (decision.opening, decision.lead_id) == (Opening.JOIN, 7)


def test_a_touch_wakes_the_dormant_lead():
    decision = decide([lead(7, Stage.DORMANT)])
    assert (decision.opening, decision.lead_id) == (Opening.WAKE, 7)


def test_an_open_lead_is_joined_before_a_newer_dormant_one_is_woken():
    decision = decide([lead(7, Stage.NURTURING, day=1), lead(8, Stage.DORMANT, day=9)])
    assert (decision.opening, decision.lead_id) == (Opening.JOIN, 7)


def test_a_different_need_opens_a_new_lead_linked_to_the_one_before():
    decision = decide([lead(7, Stage.QUALIFIED, need="Pumps")], need="Valves")
    assert (decision.opening, decision.previous_id) == (Opening.NEW, 7)
    assert "Valves" in decision.reason


def test_a_touch_without_a_need_joins_whatever_is_open_and_spelling_does_not_matter():
    assert decide([lead(7, Stage.INQUIRY, need="Pumps")]).lead_id == 7
    assert decide([lead(7, Stage.INQUIRY, need="Pumps")], need=" pumps ").lead_id == 7


def test_the_lead_for_the_same_need_is_preferred():
    leads = [lead(7, Stage.NURTURING, need="Pumps"), lead(8, Stage.INQUIRY, day=9)]
    assert decide(leads, need="Pumps").lead_id == 7


def test_only_won_lost_or_disqualified_opens_a_new_lead_linked_to_the_latest():
    for stage in (Stage.WON, Stage.CUSTOMER, Stage.LOST, Stage.DISQUALIFIED):
        decision = decide([lead(7, Stage.LOST, day=1), lead(8, stage, day=2)])
        assert (decision.opening, decision.previous_id) == (Opening.NEW, 8)
        assert stage.label in decision.reason


def test_s3_16_a_colleague_joins_the_buying_group_of_the_open_lead_for_the_same_need():
    colleagues = lead(7, Stage.NURTURING, need="Pumps", colleagues=True)
    decision = decide([colleagues], need="pumps")
    assert (decision.opening, decision.lead_id) == (Opening.JOIN_GROUP, 7)
    assert decide([colleagues], need="Valves").opening is Opening.NEW
    closed = lead(7, Stage.LOST, need="Pumps", colleagues=True)
    assert decide([closed], need="Pumps").opening is Opening.NEW


def test_the_own_open_lead_comes_before_a_colleagues():
    leads = [lead(7, Stage.NURTURING, day=9, colleagues=True), lead(8, Stage.NURTURING)]
    assert decide(leads).lead_id == 8


def test_different_external_ids_in_a_file_stay_different_leads():
    leads = [lead(7, Stage.NURTURING, external_id="a1")]
    decision = decide(leads, external_id="b2")
    assert (decision.opening, decision.previous_id) == (Opening.NEW, 7)
    assert "b2" in decision.reason
    colleagues = [lead(7, Stage.NURTURING, external_id="a1", colleagues=True)]
    assert decide(colleagues, external_id="b2").opening is Opening.NEW


def test_s2_4_the_same_external_id_is_the_same_lead_even_when_won():
    leads = [lead(7, Stage.WON, external_id="a1"), lead(8, Stage.NURTURING, external_id="b2")]
    assert decide(leads, external_id="a1").lead_id == 7


def test_an_external_id_may_name_the_lead_a_form_had_opened():
    assert decide([lead(7, Stage.INQUIRY)], external_id="a1").lead_id == 7
