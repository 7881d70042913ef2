"""Law 9 where keys are looked up once a statement: what a foreign key promises still holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from leadfarm.access.models import Workspace
from leadfarm.consent.models import Pace
from leadfarm.leads.models import Contact, Lead
from leadfarm.outreach.codes import MessageKind
from leadfarm.outreach.models import Message
from tests.world import World


def message(world: World, **values: Any) -> Message:
    lead = world.captures()
    told: dict[str, Any] = {"lead": lead, "contact_id": lead.contact_id, **values}
    return Message(
        workspace_id=world.workspace.id, kind=MessageKind.BY_HAND, planned_at=world.now,
        not_before=world.now, **told,
    )  # fmt: skip


@pytest.mark.parametrize("column", ["lead_id", "contact_id", "template_version_id"])
def test_law_9_one_row_of_many_that_points_nowhere_is_refused(world: World, column: str):
    with world.inside():
        good, bad = message(world), message(world)
        setattr(bad, column, 2_000_000_000)
        with pytest.raises(IntegrityError, match="points to no row"), transaction.atomic():
            Message.objects.bulk_create([good, bad])
        assert not Message.objects.of(world.workspace).exists()


def test_law_9_even_the_worker_cannot_point_across(world: World):
    with world.as_worker():
        other = Workspace.objects.exclude(id=world.workspace.id).values_list("id", flat=True)[0]
        there = message(world)
        there.workspace_id = other
        with pytest.raises(IntegrityError, match="points to no row"), transaction.atomic():
            there.save(force_insert=True)
        mine = message(world)
        mine.save(force_insert=True)
        with pytest.raises(IntegrityError, match="points to no row"), transaction.atomic():
            Message.objects.filter(id=mine.id).update(contact_id=2_000_000_000)


def test_law_9_what_points_to_a_contact_goes_with_it(world: World):
    with world.inside():
        mine, kept = message(world), message(world)
        for one in (mine, kept):
            one.save(force_insert=True)
            Pace.objects.create(
                workspace=world.workspace, contact_id=one.contact_id, recent_at=[world.now],
                next_free_at=world.now + timedelta(days=3),
            )  # fmt: skip
        assert mine.contact is not None
        mine.contact._meta.model.objects.filter(id=mine.contact_id)._raw_delete("default")
        assert list(Message.objects.of(world.workspace)) == [kept]
        assert [p.contact_id for p in Pace.objects.of(world.workspace)] == [kept.contact_id]


@pytest.mark.parametrize("column", ["account_id", "contact_id"])
def test_law_9_a_lead_points_to_nobody_who_is_not_here(world: World, column: str):
    """Keys of rows that change often: looked up by set when they come, by the row when changed."""
    with world.inside():
        lead = world.captures()
        with pytest.raises(IntegrityError, match="points to no row"), transaction.atomic():
            Lead.objects.filter(id=lead.id).update(**{column: 2_000_000_000})
        Lead.objects.filter(id=lead.id).update(title="Renamed")
        lead.refresh_from_db()
        setattr(lead, column, 2_000_000_000)
        lead.pk = None
        with pytest.raises(IntegrityError, match="points to no row"), transaction.atomic():
            lead.save(force_insert=True)


def test_law_9_who_is_made_and_deleted_in_one_transaction_leaves_nothing_behind(world: World):
    """A row of the same transaction is not held, so its going must be told to who points to it."""
    with world.inside():
        contact = Contact.objects.create(workspace=world.workspace, recorded_at=world.now)
        lead = world.captures()
        Lead.objects.filter(id=lead.id).update(contact=contact)
        Contact.objects.filter(id=contact.id)._raw_delete("default")
        lead.refresh_from_db()
        assert lead.contact_id is None
