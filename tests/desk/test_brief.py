"""The brief says nothing without evidence (S1-19, F-7)."""

from leadfarm.access.actors import Actor
from leadfarm.desk.queries.brief import brief_of
from leadfarm.leads.actions import Fact, learn
from leadfarm.leads.models import PersonalText, Touch
from leadfarm.leads.queries.dossier import WHOLE
from leadfarm.rules.codes import FindingSection, TouchKind
from leadfarm.ui.words import money
from tests.world import World


def test_f_7_every_line_is_bound_to_its_evidence(inside: World) -> None:
    lead = inside.captures()
    for section in (FindingSection.BUDGET, FindingSection.PAIN_POINT):
        learn(lead, Fact(section, f"About {section.label}"), by=Actor("form"), now=inside.now)
    brief = brief_of(lead, inside.now, "EUR")
    assert [title for title, _ in brief.parts] == ["Why they move", "How they buy"]
    assert all(line.evidence.anchor and line.evidence.label for line in brief.lines())
    assert [question in WHOLE for question in brief.questions] == [True] * 6 + [False] * 2


def test_s1_19_a_budget_bears_the_currency_of_the_workspace(inside: World) -> None:
    lead = inside.captures()
    fact = Fact(FindingSection.BUDGET, 180_000, "amount")
    learn(lead, fact, by=Actor.of(inside.ana), now=inside.now)
    assert money(180_000) in [line.text for line in brief_of(lead, inside.now, "EUR").lines()]


def test_f_7_an_erased_text_takes_its_sentence_along(inside: World) -> None:
    from leadfarm.leads.actions import record_touch

    lead = inside.captures()
    record_touch(
        lead,
        TouchKind.CALL_IN,
        happened_at=inside.now,
        now=inside.now,
        actor=Actor.of(inside.ana),
        said="Spares take until February.",
    )
    assert [line.text for line in brief_of(lead, inside.now, "EUR").said] == [
        "Spares take until February."
    ]
    PersonalText.objects.of(inside.workspace).filter(lead_id=lead.id).delete()
    assert brief_of(lead, inside.now, "EUR").said == []


def test_s4_16_reading_the_brief_is_observed_once_a_day(world: World) -> None:
    with world.inside():
        lead = world.captures()
    client = world.client(world.tomas)
    for _ in range(2):
        assert client.get(world.address(f"leads/{lead.id}/brief/")).status_code == 200
    with world.inside():
        opened = Touch.objects.of(world.workspace).filter(kind=TouchKind.BRIEF_OPENED)
        assert opened.count() == 1
