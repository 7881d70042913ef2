"""The code lists say what the glossary says, and their numbers never move."""

import pytest

from leadfarm.rules import codes
from leadfarm.rules.codes import (
    Code,
    Disposition,
    DisqualifyReason,
    FindingSection,
    RejectReason,
    Role,
    Side,
    TaskKind,
    TouchKind,
    VerdictKind,
    was_two_way,
)

LISTS = [
    value
    for value in vars(codes).values()
    if isinstance(value, type) and issubclass(value, Code) and value is not Code
]


@pytest.mark.parametrize("code_list", LISTS, ids=lambda code_list: code_list.__name__)
def test_every_code_is_found_again_by_slug_label_and_number(code_list):
    for member in code_list:
        assert code_list.read(member.slug) is member
        assert code_list.read(member.label.upper()) is member
        assert code_list(int(member)) is member
    assert code_list.choices() == [(int(member), member.label) for member in code_list]
    assert len({member.label for member in code_list}) == len(code_list)
    assert code_list.read("no such thing") is None


def test_numbers_that_stand_in_databases_do_not_move():
    assert (Side.MARKETING, Side.PD, Side.SALES, Side.PROSPECT) == (1, 2, 3, 4)
    assert (*(1, 41, 45, 71),) == (
        TouchKind.FORM,
        TouchKind.MAIL_SENT,
        TouchKind.CALL,
        TouchKind.HELD_BACK,
    )
    assert (Disposition.HELP_NOW, Disposition.DO_NOT_CALL) == (1, 10)
    assert max(TouchKind) < 32768


def test_ten_dispositions_lie_on_ten_keys():
    assert sorted(disposition.key for disposition in Disposition) == list("0123456789")
    assert {one for one in Disposition if one.needs_date} == {
        Disposition.CALLBACK,
        Disposition.MEETING_BOOKED,
    }


def test_s2_18_a_disposition_alone_says_whose_move_it_is():
    assert Disposition.HELP_NOW.move is Side.SALES
    assert Disposition.NOT_NOW.move is Side.MARKETING
    assert Disposition.NO_ANSWER.move is None


def test_s2_12_a_call_is_two_way_when_it_connected():
    assert was_two_way(TouchKind.CALL, Disposition.NOT_NOW)
    assert not was_two_way(TouchKind.CALL, Disposition.LEFT_VOICEMAIL)
    assert not was_two_way(TouchKind.CALL, None)
    assert was_two_way(TouchKind.MEETING, None)
    assert not was_two_way(TouchKind.MAIL_SENT, None)


def test_s3_19_contact_us_is_a_hand_raise_and_a_download_is_not():
    assert TouchKind.CONTACT_US.is_hand_raise
    assert TouchKind.CONTACT_US.is_inquiry
    assert not TouchKind.DOWNLOAD.is_hand_raise


def test_law_8_only_what_a_machine_may_do_waits_for_judgement():
    assert {kind for kind in TouchKind if kind.waits_for_judgement} == {
        TouchKind.PAGE_VISIT,
        TouchKind.MAIL_CLICKED,
    }


def test_what_comes_from_them_has_the_numbers_that_the_database_asks_for():
    """The trigger on touches (nurture/sql/laws.sql) knows them by their range."""
    inbound = {int(kind) for kind in TouchKind if kind.direction is codes.Direction.IN}
    assert inbound == set(range(1, 24)) - {8, 21}


def test_nothing_we_do_heats_a_lead_but_a_meeting_it_took_part_in():
    ours = {kind for kind in TouchKind if kind.direction is not codes.Direction.IN and kind.heat}
    assert ours == {TouchKind.MEETING}


def test_s0_9_sales_only_greets_and_checks_in_before_a_lead_is_ready():
    allowed = {kind for kind in TaskKind if kind.for_sales_before_ready}
    assert allowed == {TaskKind.GREET, TaskKind.CHECK_IN}
    assert all(kind.needs_disposition for kind in allowed)


def test_s4_15_the_dossier_has_eight_sections_each_with_its_question():
    assert len(FindingSection) == 8
    assert all(section.question.endswith("?") for section in FindingSection)


def test_s3_2_rejection_has_exactly_three_kinds():
    assert [reason.label for reason in RejectReason] == [
        "Misrouted: another rep",
        "Faulty record",
        "Criterion not met",
    ]
    assert VerdictKind.REJECTED.reasons is RejectReason
    assert VerdictKind.REJECTED.is_before_contact
    assert not VerdictKind.DISQUALIFIED.is_before_contact


def test_law_3_only_erasure_and_law_allow_never():
    assert {reason for reason in DisqualifyReason if reason.allows_never} == {
        DisqualifyReason.ERASED,
        DisqualifyReason.FORBIDDEN,
    }


def test_roles_act_for_a_side_and_managers_for_none():
    assert Role.SALES_REP.side is Side.SALES
    assert Role.MANAGER.side is None
