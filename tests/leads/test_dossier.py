"""The dossier: findings that supersede, are taken back, and lose their words to erasure (S4-15)."""

from datetime import timedelta

import pytest

from leadfarm.access.actors import Actor
from leadfarm.access.models import Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions import Fact, learn, record_touch, say_again, take_back
from leadfarm.leads.models import Finding, PersonalText
from leadfarm.leads.queries.dossier import dossier_of
from leadfarm.qualification.readiness import judge_lead
from leadfarm.rules.clauses import FieldTest, Truth, all_of
from leadfarm.rules.codes import Confidence, FindingSection, TouchKind
from leadfarm.rules.dossier.frames import BANT
from leadfarm.ui.words import money
from tests.world import World


def test_words_that_may_name_a_person_leave_with_them_and_the_finding_stays(world: World) -> None:
    """S4-15, law of personal text: erasure takes the words away and rewrites no history."""
    asked = all_of(FieldTest("people_text", "contains", "vera"), FieldTest("people", "is_known"))
    with world.inside():
        lead = world.captures()
        fact = Fact(FindingSection.PEOPLE, "Vera Lind decides")
        learn(lead, fact, by=Actor.of(world.ana), now=world.now)
        assert judge_lead(lead, asked, now=world.now).truth is Truth.MET
        words = PersonalText.objects.of(world.workspace).get(kind="finding")
        assert (words.lead_id, words.contact_id) == (lead.id, lead.contact_id)
        words.delete()
        finding = Finding.objects.of(world.workspace).get()
        assert (finding.words, finding.in_words) == (None, True)
        outcome = judge_lead(lead, asked, now=world.now)
        assert [reason.truth for reason in outcome.reasons] == [Truth.UNKNOWN, Truth.UNMET]
        people = dossier_of(lead, world.now, "EUR").sections[FindingSection.PEOPLE - 1]
        assert [known.entry.value for known in people.findings] == ["Erased"]


def test_a_line_goes_where_its_letter_says_and_can_be_undone(world: World) -> None:
    """S4-15: fast entry; the toast says how it was read and takes it back."""
    with world.inside():
        lead = world.captures()
        call = record_touch(
            lead, TouchKind.CALL, happened_at=world.now, now=world.now, actor=Actor.of(world.ana)
        )
    client, home = world.client(world.ana), f"leads/{lead.id}/"
    sent = {"line": "b about 40k", "touch": call.id}
    page = client.post(world.address(f"{home}findings/"), sent, follow=True)
    assert b"Budget, amount: 40,000" in page.content
    with world.inside():
        finding = Finding.objects.of(world.workspace).get()
        told = (finding.section, finding.field, finding.value_number, finding.words)
        assert told == (FindingSection.BUDGET, "amount", 40_000, "about 40k")
        assert (finding.confidence, finding.touch_id) == (Confidence.MEDIUM, call.id)
    client.post(world.address(f"{home}findings/{finding.id}/withdrawal/"))
    page = client.get(world.address(home))
    assert b"1 taken back" in page.content
    assert b"0 % known" in page.content
    with world.inside():
        assert Finding.objects.of(world.workspace).count() == 2
        assert dossier_of(lead, world.now, "EUR").keys == frozenset()
    page = client.post(world.address(f"{home}findings/draft/"), {"line": "t 31.3.2027"})
    assert b"31 March 2027" in page.content
    page = client.post(world.address(f"{home}findings/"), {"line": "", "touch": "x"}, follow=True)
    assert b"This field is required" in page.content


def test_two_sources_that_disagree_are_shown_until_one_is_confirmed(world: World) -> None:
    """S4-15: contradictions are flagged; newer supersedes, nothing is overwritten."""
    ana, form = Actor.of(world.ana), Actor("form")
    high, low = Confidence.HIGH, Confidence.LOW
    with world.inside():
        lead, budget = world.captures(), FindingSection.BUDGET
        first = learn(lead, Fact(budget, 40_000, "amount", high), by=ana, now=world.now)
        later = world.now + timedelta(days=7)
        second = learn(lead, Fact(budget, 20_000, "amount", low), by=form, now=later)
        (known,) = dossier_of(lead, later, "EUR").conflicts
        assert (known.entry.id, known.rival and known.rival.id) == (second.id, first.id)
        assert "Ana Ruiz has it as 40,000" in known.conflict
    page = world.client(world.tomas).get(world.address(f"leads/{lead.id}/brief/"))
    assert b"Ana Ruiz has it as" in page.content
    with world.inside():
        say_again(lead, first.id, by=ana, now=later)
        dossier = dossier_of(lead, later, "EUR")
        assert dossier.conflicts == []
        assert [known.entry.value for known in dossier.known] == [money(40_000)]
        assert dossier.known[0].changed == 2
        with pytest.raises(LeadfarmError, match="Something newer"):
            take_back(lead, second.id, by=ana, now=later)
        old = dossier_of(lead, later + timedelta(days=181), "EUR")
        assert [known.entry.value for known in old.stale] == [dossier.known[0].entry.value]


def test_several_competitors_stand_at_once_and_the_same_one_is_renewed(world: World) -> None:
    ana, rival = Actor.of(world.ana), FindingSection.COMPETITION
    with world.inside():
        lead = world.captures()
        for name in ("Kolmar", "Acme", "KOLMAR"):
            learn(lead, Fact(rival, name, "vendor"), by=ana, now=world.now)
        section = dossier_of(lead, world.now, "EUR").sections[rival - 1]
        assert sorted(known.entry.value for known in section.findings) == ["Acme", "KOLMAR"]
        assert section.questions == []


def test_each_reader_chooses_the_frame_and_nothing_is_stored_twice(world: World) -> None:
    """S4-15: BANT, CHAMP, MEDDICC and GPCTBA read the same entries."""
    with world.inside():
        lead, ana = world.captures(), Actor.of(world.ana)
        learn(lead, Fact(FindingSection.BUDGET, 40_000, "amount"), by=ana, now=world.now)
        learn(lead, Fact(FindingSection.PAIN_POINT, "Spares", "need"), by=ana, now=world.now)
        dossier = dossier_of(lead, world.now, "EUR")
        assert (BANT.filled(dossier.keys), BANT.completeness(dossier.keys)) == (2, 50)
    client, page = world.client(world.ana), f"leads/{lead.id}/"
    chosen = {"frame": "bant", "back": world.address(page)}
    assert client.post(world.address("dossier-frame/"), chosen).url == world.address(page)
    shown = client.get(world.address(page))
    assert b"Who decides, and who releases the money?" in shown.content
    assert b"2 of 4 known, 3 are enough" in shown.content
    assert b"What matters most to this person?" not in shown.content
    elsewhere = client.post(
        world.address("dossier-frame/"), {"frame": "champ", "back": "https://else.example/"}
    )
    assert elsewhere.url == world.address("leads/")
    with world.inside():
        Workspace.objects.filter(id=world.workspace.id).update(dossier_frame="meddicc")
    shown = world.client(world.tomas).get(world.address(page))
    assert b"Economic buyer" in shown.content
    with world.inside():
        assert Finding.objects.of(world.workspace).count() == 2
