"""Which pages stay within reach of a thumb, by what a role opens first (DESIGN 1, UX 20)."""

import re

import pytest

from tests.world import World

FIRST = {"mei": "Campaigns", "ana": "Today", "dora": "Scoreboard"}


@pytest.mark.parametrize("who", sorted(FIRST))
def test_the_page_a_role_opens_first_stands_in_its_bar_on_a_phone(world: World, who: str) -> None:
    """Five at most fit; the others are in the account menu."""
    page = world.client(getattr(world, who)).get(world.address("leads/")).content.decode()
    bar = page.partition('aria-label="Main"')[2].partition("</nav>")[0]
    stay = re.findall(r"<li><a [^>]*>.*?</svg>([^<]+)</a>", bar, re.DOTALL)
    assert FIRST[who] in stay
    assert len(stay) <= 5
