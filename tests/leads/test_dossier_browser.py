"""The dossier by hand in a real browser: by keyboard, and by marking words (S4-15)."""

from typing import Any

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import make_task, record_touch
from leadfarm.leads.models import Finding, Task
from leadfarm.rules.codes import Disposition, FindingSection, Side, TaskKind, TouchKind
from tests.world import World


def test_a_key_opens_the_line_and_marked_words_open_the_form(
    browser: Any, site: str, world: World
) -> None:
    with world.inside():
        lead = world.captures()
        touch = record_touch(
            lead, TouchKind.CALL, happened_at=world.now, now=world.now,
            actor=Actor.of(world.ana), said="Kolmar is late with spares, every time,",
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
    line = page.input_value("#add-finding [name=line]")
    assert line == "Kolmar is late with spares, every time"
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.click("#add-finding [type=submit]")
    context.close()
    with world.inside():
        budget, pain = Finding.objects.of(world.workspace).order_by("id")
        assert (budget.section, budget.value_number) == (FindingSection.BUDGET, 40_000)
        assert (pain.section, pain.touch_id) == (FindingSection.PAIN_POINT, touch.id)


def test_ux_10_a_day_by_keyboard_search_open_learn_finish_and_go_on(
    browser: Any, site: str, world: World
) -> None:
    with world.inside():
        leads = [world.captures(), world.captures("Ines Hall", of="Tessmer")]
        for lead in leads:
            make_task(
                lead, TaskKind.CALL, side=Side.PD, why="Call", due_at=world.now, now=world.now,
                owner_id=world.ana.id,
            )  # fmt: skip
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    session = world.client(world.ana).cookies["leadfarm_session"].value
    context.add_cookies([{"name": "leadfarm_session", "value": session, "url": site}])
    page = context.new_page()
    page.goto(f"{site}{world.address('today/')}")
    press = page.keyboard.press
    press("/")
    page.keyboard.type("tessmer")
    press("Enter")
    page.wait_for_selector("a.title:has-text('Tessmer')")
    press("j")
    press("Enter")
    page.wait_for_selector("#learn-line")
    press("n")
    page.wait_for_selector("#write-note[open]")
    page.keyboard.type("Ring after ten")
    press("Control+Enter")
    page.wait_for_selector("[data-toast]:has-text('Note kept')")
    press("c")
    page.select_option("#log-call select", str(Disposition.CALLBACK.value))
    page.fill("#log-call textarea", "She has to ask")
    press("Control+Enter")
    # The date is missing: the dialog is there again, with what was typed, at the field to fill.
    page.wait_for_selector("#log-call[open] .error:has-text('give the date and time')")
    assert page.input_value("#log-call textarea") == "She has to ask"
    assert page.evaluate("document.activeElement.name") == "call-agreed_at"
    press("Escape")
    press("o")
    page.wait_for_selector("#task-title:has-text('Ines Hall')")
    press(Disposition.LEFT_VOICEMAIL.key)
    press("e")
    page.keyboard.type("b 40k")
    press("Control+Enter")
    page.wait_for_selector("#task-title:has-text('Vera Lind')")
    context.close()
    with world.inside():
        assert Finding.objects.of(world.workspace).get(lead=leads[1]).value_number == 40_000
        done = Task.objects.of(world.workspace).exclude(done_at=None)
        assert [task.lead_id for task in done] == [leads[1].id]
