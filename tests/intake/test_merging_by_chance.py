"""Whatever hangs on two records, a merge undone leaves the database as it was (S1-4, UX 9)."""

from datetime import timedelta
from random import Random

import pytest

from leadfarm.consent.actions.rights import ask
from leadfarm.consent.models import Consent, Pace, Suppression
from leadfarm.intake.actions import Sent, capture
from leadfarm.intake.codes import RecordKind
from leadfarm.intake.merging import Choice, merge, undo_merge
from leadfarm.intake.merging.taking import FIELDS
from leadfarm.leads.actions.words import index_words
from leadfarm.leads.models import Account, Contact, GroupMember, Lead
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Channel, Purpose, SuppressionReason
from leadfarm.rules.privacy import RequestKind
from tests.intake.test_merging import everything
from tests.lawful import broken_in
from tests.world import World

PEOPLE = 6


def peopled(world: World, draw: Random) -> list[Lead]:
    """People with whatever chance hangs on them: numbers, bars, consents, windows, groups."""
    leads = [
        world.captures(f"Vera Lind{number}", of=draw.choice(("Nordpump", "Alpgear")))
        for number in range(PEOPLE)
    ]
    for lead in leads:
        told = {"job_title": draw.choice(("", "Buyer", "CEO")), "country": draw.choice(("", "DE"))}
        Contact.objects.of(world.workspace).filter(id=lead.contact_id).update(**told)
        for reason in SuppressionReason:
            if draw.random() < 0.2 and reason.name in ("UNSUBSCRIBED", "DO_NOT_CALL", "COMPLAINED"):
                Suppression.objects.create(
                    workspace_id=world.workspace.id, contact_id=lead.contact_id, reason=reason,
                    channel=Channel.MAIL, purpose=draw.choice((None, Purpose.EVENTS)),
                    made_at=world.now,
                )  # fmt: skip
        if draw.random() < 0.6:
            withdrawn = draw.choice((None, world.now))
            Consent.objects.create(
                workspace_id=world.workspace.id, contact_id=lead.contact_id, basis=1,
                purpose=Purpose.NEWSLETTER, wording_version="1", source="form",
                happened_at=world.now, known_at=world.now, recorded_at=world.now,
                withdrawn_at=withdrawn,
            )  # fmt: skip
        if draw.random() < 0.5:
            Pace.objects.create(
                workspace_id=world.workspace.id, contact_id=lead.contact_id,
                next_free_at=world.now + timedelta(days=draw.randint(1, 9)), recent_at=[world.now],
            )  # fmt: skip
        if draw.random() < 0.5:
            contact = Contact.objects.of(world.workspace).get(id=lead.contact_id)
            ask(contact, RequestKind.ACCESS, note="a letter", by=world.mei, now=world.now)
        for other in leads:
            if other is not lead and draw.random() < 0.3:
                GroupMember.objects.get_or_create(
                    workspace_id=world.workspace.id, lead=other, contact_id=lead.contact_id,
                    defaults={"added_at": world.now},
                )  # fmt: skip
        index_words(Lead.objects.of(world.workspace).get(id=lead.id))
    return leads


def barred(world: World, contact_id: int | None) -> set[tuple[int, int | None]]:
    """What a contact must not be written to about."""
    rows = Suppression.objects.of(world.workspace).filter(contact_id=contact_id, lifted_at=None)
    return set(rows.values_list("reason", "purpose"))


def choices(draw: Random, leads: list[Lead]) -> list[Choice]:
    """Two people and two companies to merge, with whatever is taken over."""
    found = []
    for kind, name in ((RecordKind.CONTACT, "contact_id"), (RecordKind.ACCOUNT, "account_id")):
        stays, goes = draw.sample(leads, 2)
        take = frozenset(draw.sample(FIELDS[kind], draw.randint(0, len(FIELDS[kind]))))
        found.append(Choice(kind, getattr(stays, name), getattr(goes, name), take))
    return found


MORE = [pytest.param(seed, marks=pytest.mark.soak) for seed in range(3, 40)]


@pytest.mark.parametrize("seed", [1, 2, *MORE])
def test_s1_4_any_merge_undone_leaves_every_table_as_it_was(world: World, seed: int) -> None:
    draw = Random(seed)
    with world.inside():
        leads = peopled(world, draw)
        before = everything(world)
        made = []
        for choice in choices(draw, leads):
            people = choice.kind == RecordKind.CONTACT
            bars = barred(world, choice.survivor_id) | barred(world, choice.gone_id)
            made.append(merge(world.workspace.id, choice, by=world.mei, now=world.now))
            stand = barred(world, choice.survivor_id)
            for reason, purpose in bars if people else ():
                assert {(reason, purpose), (reason, None)} & stand
    assert broken_in(world.workspace.id) == []
    with world.inside():
        for merged in reversed(made):
            undo_merge(merged, by=world.mei, now=world.now)
        after = everything(world)
        assert {name: after[name] for name in after if after[name] != before[name]} == {}


def test_s1_4_what_comes_to_a_merged_company_finds_the_survivor(world: World) -> None:
    with world.inside():
        one, other = world.captures("Vera Lind"), world.captures("Otto Brandt", of="Nordpumpe")
        assert one.account_id
        assert other.account_id
        domain = Account.objects.of(world.workspace).get(id=other.account_id).domain
        choice = Choice(RecordKind.ACCOUNT, one.account_id, other.account_id)
        merge(world.workspace.id, choice, by=world.mei, now=world.now)
        sent = Sent(f"nora@{domain}", TouchKind.FORM, given_name="Nora", family_name="Tamm")
        came = capture(world.workspace, sent, now=world.now)
        assert came.contact.account_id == one.account_id
    assert broken_in(world.workspace.id) == []
