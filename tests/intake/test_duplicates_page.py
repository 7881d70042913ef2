"""The review queue of duplicates, by the people who judge them (S1-13, UX 9)."""

import pytest

from leadfarm.intake.codes import PairState
from leadfarm.intake.duplicates.scanning import scan
from leadfarm.intake.models import DuplicatePair, DuplicateRule, Merge
from leadfarm.leads.models import Contact
from tests.lawful import broken_in
from tests.world import World

GIVEN = ("Vera", "Otto", "Ines", "Mira", "Karl", "Lena", "Nora", "Piet", "Timo", "Ulla")
FAMILY = ("Brandt", "Okafor", "Jansen", "Moreau", "Novak", "Quist", "Tamm", "Vogel")


@pytest.fixture
def peopled(world: World) -> World:
    """Forty contacts, and Vera Lind twice: the second typed in without an address."""
    with world.inside():
        for number in range(40):
            name = f"{GIVEN[number % 10]} {FAMILY[number // 5]}"
            world.captures(name, of=f"Pump works {number}")
        first = world.captures("Vera Lind", of="Nordpump")
        Contact.objects.of(world.workspace).filter(id=first.contact_id).update(
            phone="+49 30 1234567", phone_key="+49301234567"
        )
        Contact.objects.create(
            workspace=world.workspace, account_id=first.account_id, given_name="Vera",
            family_name="Lindt", phone="+49 30 1234567", phone_key="+49301234567",
            recorded_at=world.now,
        )  # fmt: skip
    return world


def look(world: World) -> None:
    with world.as_worker():
        scan(world.workspace, now=world.now)


def likeliest(world: World) -> DuplicatePair:
    with world.inside():
        pair = DuplicatePair.objects.of(world.workspace).order_by("-probability").first()
    assert pair
    return pair


def test_a_pair_is_found_judged_merged_and_undone(peopled: World) -> None:
    look(peopled)
    pair = likeliest(peopled)
    browser = peopled.client(peopled.ana)
    page = browser.get(peopled.address("duplicates/")).content.decode()
    assert "Vera Lind and Vera Lindt" in page
    assert "phone: same" in page
    told = {"verdict": "same", "survivor": str(pair.one), "family_name": str(pair.other)}
    browser.post(peopled.address(f"duplicates/{pair.id}/"), told)
    with peopled.inside():
        made = Merge.objects.of(peopled.workspace).get()
        assert Contact.objects.of(peopled.workspace).get(id=pair.one).family_name == "Lindt"
    look(peopled)  # what was merged is not found again
    browser.post(peopled.address(f"merges/{made.id}/undo/"))
    with peopled.inside():
        assert Contact.objects.of(peopled.workspace).get(id=pair.one).family_name == "Lind"
    assert broken_in(peopled.workspace.id) == []


def test_not_the_same_is_remembered(peopled: World) -> None:
    look(peopled)
    pair = likeliest(peopled)
    browser = peopled.client(peopled.mei)
    browser.post(peopled.address(f"duplicates/{pair.id}/"), {"verdict": "different"})
    look(peopled)
    with peopled.inside():
        judged = DuplicatePair.objects.of(peopled.workspace).get(id=pair.id)
    assert judged.state == PairState.NOT_THE_SAME
    page = browser.get(peopled.address("duplicates/")).content.decode()
    assert f'id="pair-{pair.id}"' not in page
    assert "Ask again" in page


def test_nothing_merges_by_itself_until_the_workspace_says_from_when_on(peopled: World) -> None:
    look(peopled)
    with peopled.inside():
        assert not Merge.objects.of(peopled.workspace).exists()
    browser = peopled.client(peopled.dora)
    browser.post(peopled.address("duplicates/"), {"merge_from": "90"})
    look(peopled)
    with peopled.inside():
        assert DuplicateRule.objects.of(peopled.workspace).get().merge_from == 0.9
        made = Merge.objects.of(peopled.workspace).get()
        assert made.member_id is None
        assert made.contact_id
    assert broken_in(peopled.workspace.id) == []


def test_an_outside_firm_and_a_sales_rep_do_not_judge(world: World) -> None:
    assert world.client(world.fred).get(world.address("duplicates/")).status_code == 404
    assert world.client(world.tomas).get(world.address("duplicates/")).status_code == 403
