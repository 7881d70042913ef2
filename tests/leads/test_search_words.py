"""Several words: whatever is read and whatever is asked, the same leads are found (HOT-PATHS 1)."""

import random
from itertools import product

import pytest
from django.db import connection

from leadfarm.leads.models import SearchWord
from leadfarm.leads.queries.listing import words
from tests.world import World

VOCABULARY = ("anna", "annika", "berg", "bergen", "pumps", "pump", "kiln", "4711")
TYPED = ("an be", "anna pump", "ann ber pu", "kiln 4711", "berg pumps an", "pump pumps", "x anna")


def _found(query: str, named: words.Words, workspace: int) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, {**named.params, "workspace": workspace})
        return cursor.fetchall()


def test_several_words_find_the_same_leads_by_every_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not called first matches is all there is; first matches are some of it (S1-13)."""
    chance = random.Random(4711)
    with world.inside():
        leads = [world.captures(f"Z{place} Q{place}").id for place in range(12)]
        SearchWord.objects.of(world.workspace).delete()
        has = {lead: set(chance.sample(VOCABULARY, chance.randint(1, 6))) for lead in leads}
        SearchWord.objects.bulk_create(
            SearchWord(workspace_id=world.workspace.id, lead_id=lead, word=word)
            for lead, own in has.items()
            for word in own
        )
        for few, read, asked, some in product((0, 3, 100), (0, 4, 100), (2, 4), (1, 100)):
            asked = max(few, asked)
            sizes = {"FEW": few, "READ": max(read, asked), "ASKED": asked, "SOME": some}
            for name, value in sizes.items():
                monkeypatch.setattr(words, name, value)
            for typed in TYPED:
                named = words.read_words(typed)
                wanted = {
                    lead
                    for lead, own in has.items()
                    if all(any(one.startswith(begun) for one in own) for begun in typed.split())
                }
                rows = _found(words.candidates(named), named, world.workspace.id)
                found = {row[0] for row in rows if row[0] is not None}
                capped = any(row[2] for row in rows)
                assert found <= wanted, (typed, few, read)
                assert capped or found == wanted, (typed, few, read)
                assert few < 100 or not capped, typed
                whole = _found(words.everyone(named), named, world.workspace.id)
                assert {row[0] for row in whole} == wanted, typed
