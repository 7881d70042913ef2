"""Files of leads become contacts, leads and touches, once (S1-4, S2-13, laws 2, 4, 5)."""

from datetime import UTC, datetime

from leadfarm.access.actors import Actor
from leadfarm.consent.actions import suppress
from leadfarm.consent.models import Suppression
from leadfarm.intake.codes import ImportKind
from leadfarm.leads.models import Account, Contact, Lead, StageChange, Standing, Touch
from leadfarm.rules.codes import NextKind, Origin, Side
from leadfarm.rules.consent import SuppressionReason
from leadfarm.rules.stages import Stage
from tests.intake.files import bring, counts, faults
from tests.world import World

LEADS = """\
Email,First name,Last name,Company,Need,Source,Created date
vera@nordpump.example,Vera,Lind,Nordpump GmbH,Drives,Fair,2025-11-03
VERA@nordpump.example,Vera,Lind,Nordpump,,Web,2025-12-01
otto@nordpump.example,Otto,Brandt,Nordpump,Sensors,Fair,2025-11-03
"""


def test_s1_4_the_same_person_twice_is_one_contact_with_two_touches(world: World) -> None:
    run = bring(world, LEADS)
    assert counts(run) == {"created": 2, "merged": 1}
    with world.inside():
        contacts = Contact.objects.of(world.workspace)
        assert sorted(contacts.values_list("email_key", flat=True)) == [
            "otto@nordpump.example",
            "vera@nordpump.example",
        ]
        assert Account.objects.of(world.workspace).count() == 1
        lead = Lead.objects.of(world.workspace).get(contact__given_name="Vera")
        assert Touch.objects.of(world.workspace).filter(lead=lead).count() == 2
        assert (lead.source.name, lead.need, lead.origin) == ("Fair", "Drives", Origin.IMPORTED)
        assert lead.entered_at == datetime(2025, 11, 3, tzinfo=UTC)
        assert lead.known_at == world.now


def test_law_2_what_came_in_has_a_review_as_next_step(world: World) -> None:
    bring(world, LEADS)
    with world.inside():
        for standing in Standing.objects.of(world.workspace):
            assert standing.stage == Stage.RAW
            assert (standing.next_kind, standing.next_side) == (NextKind.REVIEW, Side.MARKETING)
            assert standing.next_at > world.now


def test_the_same_file_again_adds_nothing(world: World) -> None:
    bring(world, LEADS)
    again = bring(world, LEADS)
    assert counts(again) == {"unchanged": 3}
    with world.inside():
        assert Touch.objects.of(world.workspace).count() == 3
        assert Lead.objects.of(world.workspace).count() == 2


def test_s1_4_across_files_it_is_still_one_contact(world: World) -> None:
    bring(world, LEADS)
    other = "E-mail;Vorname;Nachname\nvera@nordpump.example;Vera;Lind\n"
    assert counts(bring(world, other, name="fair.csv")) == {"merged": 1}
    with world.inside():
        assert Contact.objects.of(world.workspace).count() == 2
        assert Touch.objects.of(world.workspace).count() == 4


def test_s1_4_a_barred_number_that_comes_back_in_a_file_is_barred(world: World) -> None:
    with world.inside():
        old = Contact.objects.create(
            workspace=world.workspace, phone_key="+46812345678", recorded_at=world.now
        )
        suppress(old, SuppressionReason.DO_NOT_CALL, by=Actor.of(world.ana), now=world.now)
        Contact.objects.of(world.workspace).filter(id=old.id).update(phone_key=None)
    bring(world, "email,name,phone\nvera@x.example,Vera Lind,+46 8 123 456 78\n")
    with world.inside():
        new = Contact.objects.of(world.workspace).get(email_key="vera@x.example")
        assert new.phone_key == "+46812345678"
        bar = Suppression.objects.of(world.workspace).get(contact=new)
        assert bar.reason == SuppressionReason.DO_NOT_CALL


def test_different_external_ids_stay_different_leads_of_one_contact(world: World) -> None:
    text = "id,email,name\na-1,vera@x.example,Vera Lind\na-2,vera@x.example,Vera Lind\n"
    assert counts(bring(world, text)) == {"created": 2}
    with world.inside():
        leads = Lead.objects.of(world.workspace).order_by("external_id")
        assert len({lead.contact_id for lead in leads}) == 1
        assert leads[1].previous_lead_id == leads[0].id


def test_a_lead_with_only_an_external_id_is_first_class(world: World) -> None:
    text = "mql_id,first_contact_date,origin\nq1,2025-05-01,social\nq2,2025-05-02,\n"
    assert counts(bring(world, text)) == {"created": 2}
    with world.inside():
        lead = Lead.objects.of(world.workspace).get(external_id="q2")
        assert (lead.contact_id, lead.account_id, lead.source.name) == (None, None, "")
        assert world.standing(lead).next_kind == NextKind.REVIEW


def test_a_colleague_with_the_same_need_joins_the_buying_group(world: World) -> None:
    text = (
        "email,name,company,need\nvera@nordpump.example,Vera Lind,Nordpump,Drives\n"
        "otto@nordpump.example,Otto Brandt,Nordpump,drives\n"
    )
    assert counts(bring(world, text)) == {"created": 1, "merged": 1}
    with world.inside():
        lead = Lead.objects.of(world.workspace).get()
        assert lead.contact.given_name == "Vera"


def test_good_rows_go_and_each_bad_one_is_named(world: World) -> None:
    text = (
        "email,name,created date\nvera@x.example,Vera,2025-01-01\nno address,Bo,2025-01-02\n"
        "cy@x.example,Cy,2025-02-30\n,,2025-01-01\ndee@x.example,Dee\n"
    )
    run = bring(world, text)
    assert counts(run) == {"created": 1, "rejected": 4}
    found = faults(world, run)
    assert [(row, field) for row, field, _ in found] == [
        (3, "email"), (4, "created date"), (5, ""), (6, "created date"),
    ]  # fmt: skip
    assert "“2025-02-30” is no possible date" in found[1][2]
    assert "names nobody" in found[2][2]


def test_html_formulas_and_odd_letters_come_in_as_text(world: World) -> None:
    text = 'email,name,company\nx@x.example,<b>Bo</b> Berg,"\'=cmd()"\n'
    bring(world, text)
    with world.inside():
        lead = Lead.objects.of(world.workspace).get()
        assert lead.contact.given_name == "<b>Bo</b>"
        assert lead.account.name == "=cmd()"


OUTCOMES = """\
mql_id,won_date,sdr_id,sr_id,amount
q1,2025-06-01 10:00:00,anna,tom,1200
q2,2025-04-01,anna,tom,
q9,2025-06-01,anna,tom,
"""
WON = {"constants": {"stage": "won"}}


def test_law_4_outcomes_are_history_and_reached_includes_the_stages_passed(world: World) -> None:
    bring(world, "mql_id,first_contact_date\nq1,2025-05-01\nq2,2025-05-02\n")
    run = bring(world, OUTCOMES, WON, ImportKind.OUTCOMES, name="deals.csv")
    assert counts(run) == {"updated": 2, "rejected": 1, "flagged": 1}
    found = faults(world, run)
    assert "lies before the first contact" in found[0][2]
    assert "No lead has “q9”" in found[1][2]
    with world.inside():
        lead = Lead.objects.of(world.workspace).get(external_id="q1")
        changes = StageChange.objects.of(world.workspace).filter(lead=lead).order_by("id")
        assert [Stage(change.to_stage) for change in changes] == [
            Stage.RAW, Stage.INQUIRY, Stage.SALES_READY, Stage.ACCEPTED, Stage.QUALIFIED, Stage.WON,
        ]  # fmt: skip
        assert {change.origin for change in changes} == {Origin.IMPORTED}
        assert (lead.pd_owner.name, lead.sales_owner.name, lead.amount) == ("anna", "tom", 1200)
        assert lead.sales_owner.left_at is not None
        assert world.standing(lead).stage == Stage.WON
    assert counts(bring(world, OUTCOMES, WON, ImportKind.OUTCOMES)) == {
        "unchanged": 2,
        "rejected": 1,
        "flagged": 1,
    }


def test_law_4_an_imported_open_lead_lands_at_most_in_nurturing(world: World) -> None:
    text = (
        "id,stage,stage date,amount\na,Sales-ready,2025-06-01,\nb,Accepted,2025-06-01,\n"
        "c,Qualified,2025-06-01,\nd,Qualified,2025-06-01,500\ne,Lost,2025-06-01,\n"
    )
    run = bring(world, text)
    assert counts(run) == {"created": 5}, faults(world, run)
    with world.inside():
        found = {
            lead.external_id: Stage(world.standing(lead).stage)
            for lead in Lead.objects.of(world.workspace)
        }
    assert found == {
        "a": Stage.NURTURING, "b": Stage.NURTURING, "c": Stage.NURTURING,
        "d": Stage.QUALIFIED, "e": Stage.LOST,
    }  # fmt: skip


def test_law_4_history_lies_before_the_workspace_went_live(world: World) -> None:
    late = "id,stage,stage date\na,Won,2026-03-01\nb,Won,2026-03-09\n"
    run = bring(world, late, now=datetime(2026, 3, 10, tzinfo=UTC))
    assert counts(run) == {"created": 2, "flagged": 1}
    assert "lies after this workspace went live" in faults(world, run)[0][2]
    with world.inside():
        late_one = Lead.objects.of(world.workspace).get(external_id="b")
        assert world.standing(late_one).stage == Stage.RAW
    again = bring(world, late, kind=ImportKind.OUTCOMES, now=datetime(2026, 3, 10, tzinfo=UTC))
    assert counts(again) == {"unchanged": 1, "rejected": 1, "flagged": 1}


def test_law_4_a_lead_that_came_in_here_has_no_history_in_a_file(world: World) -> None:
    """An old system won somebody long ago who asks us now: the file does not fail, nor move it."""
    with world.inside():
        lead = world.captures()
        assert lead.contact
        email = lead.contact.email
    text = f"email,stage,stage date\n{email},Won,2025-06-01\n{email},Disqualified,2025-06-01\n"
    run = bring(world, text, kind=ImportKind.OUTCOMES)
    assert counts(run) == {"rejected": 2}
    assert "came in here on 2 March 2026" in faults(world, run)[0][2]
    run = bring(world, text, {})
    assert counts(run) == {"merged": 2, "flagged": 2}
    with world.inside():
        assert world.standing(lead).stage == Stage.INQUIRY


def test_law_5_known_from_says_since_when_the_company_knew(world: World) -> None:
    mapping = {
        "columns": {
            "id": "external_id",
            "date": {"to": "entered_at", "known_from": "capture"},
            "size": {"to": "finding", "field": "size", "type": "number", "known_from": "asked"},
            "mood": {"to": "finding", "field": "mood"},
        }
    }
    bring(world, "id,date,size,asked,mood\na,2025-05-01,12,2025-05-09,good\n", mapping)
    with world.inside():
        lead = Lead.objects.of(world.workspace).get()
        from leadfarm.leads.models import Finding

        found = {f.field: f for f in Finding.objects.of(world.workspace).filter(lead=lead)}
        assert lead.known_at == datetime(2025, 5, 1, tzinfo=UTC)
        assert found["size"].known_at == datetime(2025, 5, 9, tzinfo=UTC)
        assert (found["size"].value_number, found["mood"].words) == (12, "good")
        assert found["mood"].known_at == world.now
