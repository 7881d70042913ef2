"""The rules of fit as marketers write them: previewed, kept, audited, said on leads (S2-6)."""

from datetime import timedelta
from typing import Any

import pytest

from leadfarm.access.models import AuditEntry
from leadfarm.leads.models import Account, Contact, Lead
from leadfarm.qualification.actions.grading import grade, install_first_rules
from leadfarm.qualification.models import FitRule
from tests.world import World

BOARD = {
    "label": "Corrugated board",
    "points": "60",
    "kind": "company",
    "cap": "70",
    "joined": "all",
    "how-A": "all",
    "row-0-group": "A",
    "row-0-field": "industry",
    "row-0-operator": "contains",
    "row-0-value": "board",
}


@pytest.fixture
def leads(world: World) -> list[Lead]:
    """Three leads, graded by the first rules: one of corrugated board, two nobody knows."""
    with world.inside():
        install_first_rules(world.workspace)
        made = [world.captures(f"Person {number}", of=f"Works {number}") for number in range(3)]
        Account.objects.of(world.workspace).filter(id=made[0].account_id).update(
            industry="Corrugated board"
        )
        grade(world.workspace, now=world.now)
    return made


def send(world: World, who: Any, path: str, **data: str) -> str:
    answer = world.client(who).post(world.address(f"agreement/fit/{path}"), data, follow=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def fits(world: World, leads: list[Lead]) -> list[int | None]:
    with world.inside():
        return [world.standing(lead).fit for lead in leads]


def rule(world: World, label: str) -> FitRule:
    with world.inside():
        return FitRule.objects.of(world.workspace).get(label=label)


def test_s2_6_a_preview_says_who_gets_which_letter_and_keeps_nothing(
    world: World, leads: list[Lead]
) -> None:
    assert fits(world, leads) == [20, 10, 10]
    page = send(world, world.mei, "new/", then="preview", **BOARD)
    row = '<th scope="row">B</th><td class="n">0</td><td class="n">1</td><td class="n">+1</td>'
    assert row in page
    assert "<b>1</b> lead would have another letter: 1 better, 0 worse" in page
    with world.inside():
        assert not FitRule.objects.of(world.workspace).filter(label="Corrugated board").exists()
        assert FitRule.objects.of(world.workspace).filter(kind="company", cap=70).count() == 0
    assert fits(world, leads) == [20, 10, 10]


def test_s2_6_a_kept_rule_grades_as_the_preview_said(world: World, leads: list[Lead]) -> None:
    page = send(world, world.mei, "new/", then="keep", **BOARD)
    assert "Corrugated board" in page
    with world.inside():
        assert grade(world.workspace, now=world.now + timedelta(minutes=1)) == 1
        noted = AuditEntry.objects.of(world.workspace).get(action="fit rule made")
        assert noted.member_id == world.mei.id
        # Known industry and domain give 20 more, but all of the kind at most 70.
        assert set(
            FitRule.objects.of(world.workspace).filter(kind="company").values_list("cap", flat=True)
        ) == {70}
    assert fits(world, leads) == [70, 10, 10]


def test_s2_6_the_lead_page_says_why_and_what_is_not_known(world: World, leads: list[Lead]) -> None:
    with world.inside():
        Contact.objects.of(world.workspace).filter(id=leads[0].contact_id).update(
            job_title="Head of maintenance"
        )
    page = world.client(world.tomas).get(world.address(f"leads/{leads[0].id}/")).content.decode()
    assert "Decides or runs the work +30" in page
    assert "Industry known +10" in page
    assert "Would count if known: 50 people or more, 250 people or more" in page
    assert "Studies or looks for work -40" not in page


def test_s2_6_marketers_and_managers_write_the_others_read(world: World, leads: list[Lead]) -> None:
    for reader in (world.ana, world.tomas):
        page = world.client(reader).get(world.address("agreement/fit/"))
        assert page.status_code == 200
        assert b"New rule" not in page.content
        answer = world.client(reader).post(
            world.address("agreement/fit/new/"), {"then": "keep", **BOARD}
        )
        assert answer.status_code in (403, 404)
    for path in ("agreement/fit/", "agreement/fit/new/"):
        assert world.client(world.fred).get(world.address(path)).status_code == 404
    for number, writer in enumerate((world.mei, world.dora, world.ada)):
        send(world, writer, "new/", **{**BOARD, "then": "keep", "label": f"Board {number}"})
        assert rule(world, f"Board {number}")


def test_a_rule_is_changed_moved_deleted_and_brought_back(world: World, leads: list[Lead]) -> None:
    first, second = rule(world, "50 people or more"), rule(world, "250 people or more")
    send(world, world.mei, f"{second.id}/place/", to="up")
    with world.inside():
        order = FitRule.objects.of(world.workspace).order_by("position")
        assert [one.label for one in order][:2] == [second.label, first.label]
    page = send(world, world.mei, f"{first.id}/", **{**BOARD, "then": "keep"})
    assert ">50 people or more" not in page
    assert "Industry contains “board”" in page
    page = send(world, world.mei, f"{first.id}/deletion/")
    back = page.split('action="')[1:]
    undo = next(part.split('"')[0] for part in back if "restored" in part.split('"')[0])
    with world.inside():
        assert not FitRule.objects.of(world.workspace).filter(id=first.id).exists()
    world.client(world.mei).post(undo.replace("&amp;", "&"))
    made = rule(world, "Corrugated board")
    assert (made.points, made.kind, made.cap) == (60, "company", 70)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"points": "0"}, "0 changes nothing"),
        ({"points": "500"}, "less than or equal to 100"),
        ({"label": "50 people or more"}, "There is a rule “50 people or more” already"),
        (
            {"row-0-field": "fit_letter", "row-0-operator": "at_least", "row-0-value": "b"},
            "it cannot ask for fit",
        ),
        ({"row-0-field": ""}, "pick at least one condition"),
    ],
)
def test_a_faulty_rule_is_refused_in_words(
    world: World, leads: list[Lead], wrong: dict[str, str], said: str
) -> None:
    page = send(world, world.mei, "new/", **{**BOARD, "then": "keep", **wrong})
    assert said in page
    with world.inside():
        assert not FitRule.objects.of(world.workspace).filter(label="Corrugated board").exists()


def test_without_rules_nobody_has_a_fit(world: World, leads: list[Lead]) -> None:
    with world.inside():
        FitRule.objects.of(world.workspace).delete()
        grade(world.workspace, now=world.now)
    assert fits(world, leads) == [None, None, None]
    assert (
        "No rules yet"
        in world.client(world.mei).get(world.address("agreement/fit/")).content.decode()
    )
