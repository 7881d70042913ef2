"""The dossier by hand in a real browser: by keyboard, and by marking words (S4-15)."""

from typing import Any

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import record_touch
from leadfarm.leads.models import Finding
from leadfarm.rules.codes import FindingSection, TouchKind
from tests.world import World


def test_a_key_opens_the_line_and_marked_words_open_the_form(
    browser: Any, site: str, world: World
) -> None:
    with world.inside():
        lead = world.captures()
        touch = record_touch(
            lead, TouchKind.CALL, happened_at=world.now, now=world.now,
            actor=Actor.of(world.ana), said="Kolmar is late with spares, every time",
        )  # fmt: skip
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    session = world.client(world.ana).cookies["leadfarm_session"].value
    context.add_cookies([{"name": "leadfarm_session", "value": session, "url": site}])
    page = context.new_page()
    page.goto(f"{site}{world.address(f'leads/{lead.id}/')}")
    page.keyboard.press("f")
    page.keyboard.type("b 40k")
    page.wait_for_selector("#learn-read:has-text('Budget, amount')")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-toast]")
    assert "Budget, amount: 40,000" in page.inner_text("[data-toast]")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('[data-quotable]'))")
    page.wait_for_selector("[data-quote]:not([hidden])")
    page.keyboard.press("d")
    page.wait_for_selector("#add-finding[open]")
    assert page.input_value("#add-finding [name=line]").startswith("Kolmar is late")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.click("#add-finding [type=submit]")
    context.close()
    with world.inside():
        budget, pain = Finding.objects.of(world.workspace).order_by("id")
        assert (budget.section, budget.value_number) == (FindingSection.BUDGET, 40_000)
        assert (pain.section, pain.touch_id) == (FindingSection.PAIN_POINT, touch.id)
