"""`doctor` finds what the message ledger and consent must never hold (laws 6 and 7)."""

from datetime import timedelta

import pytest
from django.db import connection

from leadfarm.access.actors import SCHEDULE
from leadfarm.consent.actions import suppress, unsubscribe
from leadfarm.consent.checks import CHECKS as CONSENT
from leadfarm.leads.models import Contact
from leadfarm.outreach.checks import CHECKS as LEDGER
from leadfarm.outreach.models import Message
from leadfarm.rules.consent import SuppressionReason
from tests.outreach.conftest import Post
from tests.support.planting import found_when

TABLES = (
    *("leads_contact", "leads_touch"),
    *("outreach_message", "outreach_template", "outreach_templateversion"),
    *("consent_consent", "consent_suppression", "consent_pace"),
)
SPOIL = {
    "Every message that": "DELETE FROM leads_touch WHERE workspace_id = %s AND kind = 41",
    "No message has": "UPDATE outreach_message SET state = 3, sent_at = NULL, lease = 1,"
    " leased_at = planned_at WHERE workspace_id = %s",
    "Every message has": "UPDATE outreach_message SET mail_key ="
    " '00000000-0000-4000-8000-000000000000' WHERE workspace_id = %s",
    "Nobody was": "UPDATE consent_suppression SET made_at = made_at - interval '2 days'"
    " WHERE workspace_id = %s AND reason = 1",
    "Whoever": "DELETE FROM consent_suppression WHERE workspace_id = %s",
    "An erasure": "UPDATE consent_suppression SET channel = 1 WHERE workspace_id = %s"
    " AND reason = 5",
    "A consent": "INSERT INTO consent_consent (workspace_id, contact_id, purpose, basis,"
    " wording_version, wording, source, happened_at, known_at, recorded_at, withdrawn_at)"
    " SELECT workspace_id, id, 2, 1, '1', '', 'form', now(), now(), now(), now() - interval '1 day'"
    " FROM leads_contact WHERE workspace_id = %s",
    "A quiet": "UPDATE consent_pace SET next_free_at = recent_at[1] WHERE workspace_id = %s",
}


@pytest.fixture
def posted(post: Post) -> Post:
    """Return a workspace that wrote to two people; one then unsubscribed, a third was erased."""
    with post.world.inside():
        leads = [post.lead_at("vera"), post.lead_at("jon")]
        for lead in leads:
            post.plan(lead)
    assert post.send().sent == 2
    with post.world.inside():
        later = post.world.now + timedelta(days=1)
        unsubscribe(leads[0], Contact.objects.get(id=leads[0].contact_id), now=later)
        erased = Contact.objects.get(id=post.lead_at("ida").contact_id)
        suppress(erased, SuppressionReason.ERASED, by=SCHEDULE, now=later)
    return post


@pytest.mark.parametrize("beginning", SPOIL)
def test_laws_6_and_7_doctor_finds_what_was_planted(posted: Post, beginning: str) -> None:
    checks, home = [*LEDGER, *CONSENT], posted.world.workspace.id
    assert found_when(checks, beginning, TABLES, SPOIL[beginning], home)


def test_doctor_is_content_with_what_was_sent(posted: Post) -> None:
    with posted.world.inside():
        found = [line for check in (*LEDGER, *CONSENT) for line in check.find(connection)]
    assert found == []


def test_a_mail_that_followed_a_merge_was_sent_to_whom_it_was_sent(posted: Post) -> None:
    """Law 6: the survivor had said no before; nobody wrote to the survivor."""
    world = posted.world
    with world.inside():
        barred = world.captures("Eva Ek").contact
        assert barred
        long_ago = world.now - timedelta(days=2)
        suppress(barred, SuppressionReason.OBJECTED, by=SCHEDULE, now=long_ago)
        Message.objects.of(world.workspace).update(contact=barred)
        found = [line for check in LEDGER for line in check.find(connection)]
    assert found == []
