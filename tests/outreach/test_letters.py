"""A mail or a call by hand: told who closed the quiet window; the reason is kept (law 6)."""

from datetime import UTC, datetime, timedelta

from leadfarm.access.actors import Actor
from leadfarm.access.models import AuditEntry
from leadfarm.consent.actions import note_touched, suppress
from leadfarm.leads.actions import record_touch
from leadfarm.leads.models import Lead, PersonalText
from leadfarm.outreach.models import Message
from leadfarm.rules.codes import Disposition, TouchKind
from leadfarm.rules.consent import SuppressionReason
from tests.world import World

MAIL = {"subject": "Your question", "body": "Dear Vera, here it is."}


def written_to(world: World, ago: timedelta) -> Lead:
    """Return a lead whose contact Ana wrote to this long before now."""
    at = datetime.now(UTC) - ago
    lead = world.captures()
    by = Actor.of(world.ana)
    record_touch(lead, TouchKind.MAIL_BY_HAND, happened_at=at, now=at, actor=by)
    note_touched(world.workspace, lead.contact_id, at=at)
    return lead


def test_law_6_a_person_is_told_who_closed_the_window_and_goes_on_with_a_reason(
    world: World,
) -> None:
    with world.inside():
        lead = written_to(world, timedelta(hours=5))
    client, path = world.client(world.tomas), world.address(f"leads/{lead.id}/mail/")
    assert "Write a mail" in client.get(world.address(f"leads/{lead.id}/")).content.decode()
    page = client.get(path).content.decode()
    assert "Quiet until" in page
    assert "Ana Ruiz (mail written)" in page
    refused = client.post(path, MAIL)
    assert refused.status_code == 200
    with world.inside():
        assert not Message.objects.of(world.workspace).exists()
    client.post(path, {**MAIL, "override": "She called me back"})
    with world.inside():
        assert Message.objects.of(world.workspace).get().member_id == world.tomas.id
        note = PersonalText.objects.of(world.workspace).get(lead=lead, kind="note")
        assert "She called me back" in note.body
        entry = AuditEntry.objects.of(world.workspace).get(action="quiet window overridden")
        assert (entry.member_id, entry.target_id) == (world.tomas.id, lead.id)
        assert "called" not in str(entry.details)


def test_law_6_an_open_window_asks_for_no_reason_and_a_bar_takes_none(world: World) -> None:
    with world.inside():
        lead, barred = written_to(world, timedelta(days=9)), written_to(world, timedelta(hours=1))
        by = Actor.of(world.ana)
        suppress(barred.contact, SuppressionReason.COMPLAINT, by=by, now=world.now)
    client = world.client(world.tomas)
    page = client.get(world.address(f"leads/{lead.id}/mail/")).content.decode()
    assert "Quiet until" not in page
    assert "override" not in page
    client.post(world.address(f"leads/{lead.id}/mail/"), MAIL)
    answer = client.post(
        world.address(f"leads/{barred.id}/mail/"), {**MAIL, "override": "Important"}
    )
    assert "omplain" in answer.content.decode()
    with world.inside():
        assert Message.objects.of(world.workspace).get().lead_id == lead.id
        assert not AuditEntry.objects.of(world.workspace).filter(target_id=barred.id).exists()


def test_law_6_a_call_inside_the_window_keeps_its_reason(world: World) -> None:
    with world.inside():
        lead = written_to(world, timedelta(hours=5))
    client = world.client(world.tomas)
    assert (
        "Why you call all the same"
        in client.get(world.address(f"leads/{lead.id}/")).content.decode()
    )
    told = {"call-disposition": str(Disposition.NOT_NOW.value), "override": "Asked for today"}
    client.post(world.address(f"leads/{lead.id}/calls/"), told)
    with world.inside():
        notes = PersonalText.objects.of(world.workspace).filter(lead=lead, kind="note")
        assert "Asked for today" in notes.get().body
        assert AuditEntry.objects.of(world.workspace).filter(target_id=lead.id).count() == 1
