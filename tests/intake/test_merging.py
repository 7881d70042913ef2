"""Merges that can be undone, and what comes to an old address afterwards (S1-4, UX 9)."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections

from leadfarm.access.actors import FORM
from leadfarm.access.models import AuditEntry
from leadfarm.access.walls import Walled
from leadfarm.consent.actions import suppress, unsubscribe
from leadfarm.consent.models import Consent, Pace, Suppression
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.actions import Sent, capture
from leadfarm.intake.codes import RecordKind
from leadfarm.intake.merging import Choice, merge, undo_merge
from leadfarm.intake.models import DuplicatePair, Merge
from leadfarm.leads.models import Contact, GroupMember, Lead, Touch
from leadfarm.leads.queries.account.group import people_of
from leadfarm.leads.queries.people import people_around
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Channel, Purpose, SuppressionReason
from tests.lawful import broken_in
from tests.world import World

ASIDE: tuple[type[Any], ...] = (Merge, DuplicatePair, AuditEntry)


def everything(world: World) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of the workspace, but of what tells of merges."""
    tables = {}
    for model in apps.get_models():
        if issubclass(model, Walled) and model not in ASIDE:
            rows = model._default_manager.filter(workspace_id=world.workspace.id).values()
            tables[model._meta.label] = sorted(rows, key=str)
    return tables


def two(world: World) -> tuple[Lead, Lead]:
    """Vera twice: with two addresses, two leads, bars, consents, windows and a shared group."""
    one, other = world.captures("Vera Lind"), world.captures("Vera Lindt")
    third = world.captures("Otto Brandt")
    for lead in (one, other):
        GroupMember.objects.create(
            workspace_id=world.workspace.id, lead=third, contact_id=lead.contact_id,
            added_at=world.now,
        )  # fmt: skip
        Pace.objects.create(
            workspace_id=world.workspace.id, contact_id=lead.contact_id,
            next_free_at=world.now + timedelta(days=3), recent_at=[world.now],
        )  # fmt: skip
    reasons = (SuppressionReason.UNSUBSCRIBED, SuppressionReason.DO_NOT_CALL)
    for contact, reason in (
        (one.contact_id, reasons[0]), (other.contact_id, reasons[0]), (other.contact_id, reasons[1])
    ):  # fmt: skip
        Suppression.objects.create(
            workspace_id=world.workspace.id, contact_id=contact, reason=reason,
            channel=Channel.MAIL, purpose=Purpose.EVENTS, made_at=world.now,
        )  # fmt: skip
    for contact, withdrawn in ((one.contact_id, None), (other.contact_id, world.now)):
        Consent.objects.create(
            workspace_id=world.workspace.id, contact_id=contact, purpose=Purpose.NEWSLETTER,
            basis=1, wording_version="1", source="form", happened_at=world.now,
            known_at=world.now, recorded_at=world.now, withdrawn_at=withdrawn,
        )  # fmt: skip
    return one, other


def into(survivor: Lead, gone: Lead, *take: str) -> Choice:
    assert survivor.contact_id
    assert gone.contact_id
    return Choice(RecordKind.CONTACT, survivor.contact_id, gone.contact_id, frozenset(take))


def test_a_merge_undone_leaves_every_table_as_it_was(world: World) -> None:
    with world.inside():
        one, other = two(world)
        before = everything(world)
        made = merge(
            world.workspace.id, into(one, other, "family_name"), by=world.mei, now=world.now
        )
        assert everything(world) != before
        undo_merge(made, by=world.mei, now=world.now)
        after = everything(world)
        assert {name: after[name] for name in after if after[name] != before[name]} == {}
        with pytest.raises(LeadfarmError, match="undone already"):
            undo_merge(made, by=world.mei, now=world.now)
    assert broken_in(world.workspace.id) == []


def test_the_survivor_takes_over_and_touches_remember_whose_they_were(world: World) -> None:
    with world.inside():
        one, other = two(world)
        merge(world.workspace.id, into(one, other, "family_name"), by=world.mei, now=world.now)
        other.refresh_from_db()
        survivor = Contact.objects.of(world.workspace).get(id=one.contact_id)
        assert other.contact_id == survivor.id
        assert survivor.family_name == "Lindt"
        assert not Touch.objects.of(world.workspace).filter(lead=other, contact=survivor).exists()
        members = GroupMember.objects.of(world.workspace).filter(contact=survivor)
        assert members.count() == 1
    assert broken_in(world.workspace.id) == []


def test_consent_never_becomes_looser_by_a_merge(world: World) -> None:
    """Bars of either hold; what one withdrew is barred though the other had agreed."""
    with world.inside():
        one, other = two(world)
        merge(world.workspace.id, into(one, other), by=world.mei, now=world.now)
        bars = Suppression.objects.of(world.workspace).filter(
            contact_id=one.contact_id, lifted_at=None
        )
        assert set(bars.values_list("reason", "purpose")) == {
            (SuppressionReason.UNSUBSCRIBED, Purpose.EVENTS),
            (SuppressionReason.DO_NOT_CALL, Purpose.EVENTS),
            (SuppressionReason.UNSUBSCRIBED, Purpose.NEWSLETTER),
        }


def test_what_the_survivor_said_itself_holds_when_the_merge_is_undone(world: World) -> None:
    """Asked again while a bar taken over held, it is a bar of its own; the other keeps its own."""
    purpose = SuppressionReason.UNSUBSCRIBED, Purpose.EVENTS
    with world.inside():
        one, other = world.captures("Vera Lind"), world.captures("Vera L.")
        assert one.contact
        assert other.contact
        suppress(other.contact, purpose[0], by=FORM, now=world.now, purpose=purpose[1])
        made = merge(world.workspace.id, into(one, other), by=world.mei, now=world.now)
        unsubscribe(one, one.contact, now=world.now, purpose=purpose[1])
        undo_merge(made, by=world.mei, now=world.now)
        bars = Suppression.objects.of(world.workspace).filter(lifted_at=None)
        for who in (one.contact, other.contact):
            assert list(bars.filter(contact=who).values_list("reason", "purpose")) == [purpose]
    assert broken_in(world.workspace.id) == []


def test_what_comes_to_the_old_address_finds_the_survivor(world: World) -> None:
    with world.inside():
        one, other = two(world)
        old = Contact.objects.of(world.workspace).get(id=other.contact_id).email
        merge(world.workspace.id, into(one, other), by=world.mei, now=world.now)
        came = capture(world.workspace, Sent(old, TouchKind.FORM), now=world.now)
        assert came.contact.id == one.contact_id
        assert came.touch.contact_id == one.contact_id


def test_a_merged_person_stands_on_every_page_once_with_all_that_came(world: World) -> None:
    with world.inside():
        one, other = two(world)
        old = Contact.objects.of(world.workspace).get(id=other.contact_id).email
        Contact.objects.of(world.workspace).filter(id=other.contact_id).update(
            account_id=one.account_id
        )
        merge(world.workspace.id, into(one, other), by=world.mei, now=world.now)
        told = Touch.objects.of(world.workspace).filter(contact_id=other.contact_id).count()
        before = Touch.objects.of(world.workspace).filter(contact_id=one.contact_id).count()
        assert one.account_id is not None
        assert told
        account = one.account
        assert account is not None
        people = [each.id for each in people_of(account, world.now)]
        assert other.contact_id not in [who.id for who in people_around(one)]
    assert people.count(one.contact_id or 0) == 1
    browser = world.client(world.mei)
    page = browser.get(world.address(f"contacts/{one.contact_id}/"))
    assert page.context["timeline"].total == told + before
    assert old in page.content.decode()
    rows = browser.get(world.address(f"contacts/{one.contact_id}/history.json")).json()
    assert len(rows) == told + before
    listed = browser.get(world.address("duplicates/")).content.decode()
    assert old in listed
    assert f"contacts/{one.contact_id}/" in listed


def test_two_merges_at_once_and_a_capture_meanwhile(world: World) -> None:
    """Of A into B and B into A one wins; a capture of the merged address lands on the survivor."""
    with world.inside():
        one, other = two(world)
        mails = dict(
            Contact.objects.of(world.workspace)
            .filter(id__in=[one.contact_id, other.contact_id])
            .values_list("id", "email")
        )
    said: list[object] = []

    def run(act: Callable[[], object]) -> None:
        try:
            with world.inside():
                said.append(act())
        except LeadfarmError as error:
            said.append(error)
        finally:
            connections.close_all()

    def merging(choice: Choice) -> Callable[[], object]:
        return lambda: merge(world.workspace.id, choice, by=world.mei, now=world.now)

    acts: list[Callable[[], object]] = [merging(into(one, other)), merging(into(other, one))]
    acts += [
        lambda mail=mail: capture(world.workspace, Sent(mail, TouchKind.FORM), now=world.now)  # type: ignore[misc]
        for mail in mails.values()
    ]
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with world.inside():
        made = Merge.objects.of(world.workspace).get(undone_at=None)
        assert sum(isinstance(each, LeadfarmError) for each in said) == 1
        assert not Lead.objects.of(world.workspace).filter(contact_id=made.contact_id).exists()
    connection.close()
    assert broken_in(world.workspace.id) == []
