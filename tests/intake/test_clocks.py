"""Retention clocks of intake: what goes, what is told before; a second night finds nothing."""

from datetime import timedelta

import pytest

from leadfarm.consent.clocks import clean, upcoming
from leadfarm.consent.models import Cleaning, PrivacyRule
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.codes import ImportState, ReceiptState, RecordKind
from leadfarm.intake.importing.files import path_of
from leadfarm.intake.merging import Choice, merge, undo_merge
from leadfarm.intake.models import ImportRun, Merge, Receipt
from leadfarm.leads.models import Contact, PersonalText, Touch
from tests.intake.files import bring, put
from tests.intake.hosting import opened, send
from tests.world import World

ROW = "Email,First name\nvera@nordpump.example,Vera\n"
FILES, PAYLOADS = "Imported files", "Raw payloads"
HELD, MERGES = "Quarantined and refused payloads", "Merges' replaced values"
DAY = timedelta(days=1)


def seed(world: World) -> None:
    """Let a file, a form, a machine and a merge leave what has a clock."""
    bring(world, ROW)
    form = opened(world)
    send(form, {"email": "otto@nordpump.example", "given_name": "Otto"})
    send(form, {"email": "bot@x.example", "homepage_2": "http://spam.example"})
    with world.inside():
        PersonalText.objects.of(world.workspace).update(written_at=world.now)
        one, other = Contact.objects.of(world.workspace).order_by("id")
        choice = Choice(RecordKind.CONTACT, one.id, other.id, frozenset({"given_name"}))
        made = merge(world.workspace.id, choice, by=world.mei, now=world.now)
        assert made.before == {"given_name": "Vera"}


def set_rule(world: World, **days: int) -> PrivacyRule:
    with world.inside():
        return PrivacyRule.objects.create(workspace=world.workspace, **days)


def test_files_payloads_and_merges_go_when_their_days_are_over(world: World) -> None:
    """GDPR, storage limitation: counted a week before, deleted in one night, history stays."""
    seed(world)
    rule = set_rule(world, file_days=30, receipt_days=10, payload_days=20)
    with world.inside():
        touches = Touch.objects.of(world.workspace).count()
        assert upcoming(world.workspace, rule, world.now) == []
        told = upcoming(world.workspace, rule, world.now + 9 * DAY)
        assert told == [(HELD, 1)]
        told = upcoming(world.workspace, rule, world.now + 29 * DAY)
        assert dict(told) == {PAYLOADS: 1, HELD: 1, FILES: 1, MERGES: 1}
    with world.as_worker():
        assert clean(world.workspace, world.now + 9 * DAY) == {}
        assert clean(world.workspace, world.now + 11 * DAY) == {"receipts": 1}
        late = world.now + 31 * DAY
        assert clean(world.workspace, late) == {"payloads": 1, "files": 1, "merges": 1}
        assert clean(world.workspace, late) == {}
    with world.inside():
        run = ImportRun.objects.of(world.workspace).get()
        assert not path_of(run).exists()
        states = Receipt.objects.of(world.workspace).values_list("state", "payload_id")
        assert set(states) == {(ReceiptState.CAPTURED, None), (ReceiptState.QUARANTINED, None)}
        assert Touch.objects.of(world.workspace).count() == touches
        assert [one.counts for one in Cleaning.objects.of(world.workspace).order_by("id")] == [
            {"receipts": 1}, {"payloads": 1, "files": 1, "merges": 1},
        ]  # fmt: skip
    page = world.client(world.ada).get(world.address("privacy/clocks/")).content.decode()
    assert "1 quarantined and refused payloads" in page


def test_a_merge_stands_for_good_once_its_values_are_gone(world: World) -> None:
    seed(world)
    with world.inside():
        made = Merge.objects.of(world.workspace).get()
    with world.as_worker():
        assert "merges" not in clean(world.workspace, world.now + 729 * DAY)
        assert clean(world.workspace, world.now + 731 * DAY)["merges"] == 1
    with world.inside():
        with pytest.raises(LeadfarmError, match="stands for good"):
            undo_merge(made, by=world.mei, now=world.now)
        made.refresh_from_db()
        assert (made.before, made.undone_at) == ({}, None)
    page = world.client(world.mei).get(world.address("duplicates/")).content.decode()
    assert "Merges that can be undone" not in page


def test_a_file_that_is_being_read_stays(world: World) -> None:
    run = put(world, ROW)
    set_rule(world, file_days=1)
    with world.inside():
        ImportRun.objects.of(world.workspace).update(state=ImportState.RUNNING)
    with world.as_worker():
        assert clean(world.workspace, world.now + 5 * DAY) == {}
    assert path_of(run).exists()
