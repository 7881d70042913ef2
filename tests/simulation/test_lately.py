"""The company of a demo uses every way in: a newcomer finds work on each page (S1-4)."""

import secrets
from datetime import UTC, datetime

from leadfarm.access.walls import within
from leadfarm.consent.models import PrivacyRequest
from leadfarm.intake.codes import ReceiptState
from leadfarm.intake.duplicates.scanning import scan
from leadfarm.intake.hosting.outcomes import outcomes
from leadfarm.intake.models import DuplicatePair, Event, Form, PageView, Receipt
from leadfarm.leads.models import Contact, RoutingRule
from leadfarm.simulation.front_doors import GUIDE
from leadfarm.simulation.history import Story, live_through, open_story
from leadfarm.simulation.lately import come_in
from tests.lawful import broken_in

NOW = datetime(2026, 9, 16, 11, 0, tzinfo=UTC)


def test_s1_4_every_page_of_a_demo_has_something_on_it_and_a_second_start_adds_nothing(
    database: str,
) -> None:
    story = Story(f"doors-{secrets.token_hex(4)}", 16, 1, 1, NOW)
    norrvik = open_story(story)
    live_through(story, norrvik, story.cast())
    come_in(norrvik, NOW)
    first = _shown(norrvik.workspace.id)
    come_in(norrvik, NOW)
    assert _shown(norrvik.workspace.id) == first
    assert first == {
        "forms": 4, "events": 7, "rules": 2, "requests": 2, "pages": 8,
        "held": 3, "to mend": 1, "booked": 2,
    }  # fmt: skip
    scan(norrvik.workspace, now=NOW)
    with within(norrvik.workspace):
        assert DuplicatePair.objects.of(norrvik.workspace).count() >= 1
        guide = Form.objects.of(norrvik.workspace).get(name=GUIDE)
        assert outcomes(norrvik.workspace, NOW, guide)[guide.id].sent > 0
    assert broken_in(norrvik.workspace.id) == []


def _shown(workspace_id: int) -> dict[str, int]:
    with within(workspace_id):
        receipts = Receipt.objects.of(workspace_id)
        return {
            "forms": Form.objects.of(workspace_id).count(),
            "events": Event.objects.of(workspace_id).count(),
            "rules": RoutingRule.objects.of(workspace_id).count(),
            "requests": PrivacyRequest.objects.of(workspace_id).count(),
            "pages": PageView.objects.of(workspace_id).count(),
            "held": receipts.filter(state=ReceiptState.QUARANTINED).count(),
            "to mend": receipts.filter(state=ReceiptState.REFUSED).count(),
            "booked": Contact.objects.of(workspace_id)
            .filter(
                email__in=["frauke.ostrow@hafenkraft.example", "declan.byrne@liffeyboard.example"]
            )
            .count(),
        }
