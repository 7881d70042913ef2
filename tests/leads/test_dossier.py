"""The dossier: findings that supersede, are taken back, and lose their words to erasure (S4-15)."""

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import Fact, learn
from leadfarm.leads.models import Finding, PersonalText
from leadfarm.leads.queries.dossier import dossier_of
from leadfarm.qualification.readiness import judge_lead
from leadfarm.rules.clauses import FieldTest, Truth, all_of
from leadfarm.rules.codes import FindingSection
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
        people = dossier_of(lead, world.now, "EUR")[FindingSection.PEOPLE - 1]
        assert [known.value for known in people.findings] == ["Erased"]
