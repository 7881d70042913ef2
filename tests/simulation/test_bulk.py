"""The base of the benches: made by set, kept, and within the laws."""

import secrets
from datetime import UTC, datetime

from leadfarm.access.walls import within
from leadfarm.leads.actions.words import words_of
from leadfarm.leads.models import Lead, SearchWord, Standing, Touch
from leadfarm.simulation.bulk import ensure_base
from tests.lawful import broken_in

NOW = datetime(2026, 9, 16, 11, 0, tzinfo=UTC)


def test_a_base_is_made_once_and_grows(database: str) -> None:
    """Thread 10: bench data is made by set, kept between runs, and breaks no law."""
    slug = f"base-{secrets.token_hex(4)}"
    workspace = ensure_base(slug, 300, 5, now=NOW)
    assert ensure_base(slug, 300, 5, now=NOW).id == workspace.id
    ensure_base(slug, 420, 5, now=NOW)
    with within(workspace):
        assert Lead.objects.of(workspace).count() == 420
        assert Standing.objects.of(workspace).count() == 420
        assert Touch.objects.of(workspace).count() == 420 * 5
        for lead in Lead.objects.of(workspace).select_related("contact", "account")[:9]:
            kept = SearchWord.objects.of(workspace).filter(lead_id=lead.id)
            assert set(kept.values_list("word", flat=True)) == set(words_of(lead))
    assert broken_in(workspace.id) == []
