"""Who sleeps for longer than they are kept: proposed, chosen by hand, never by themselves."""

from datetime import timedelta

from django.utils import timezone

from leadfarm.access.actors import Actor
from leadfarm.consent.models import PrivacyRequest, PrivacyRule
from leadfarm.leads.actions import record_touch
from leadfarm.leads.actions.closing import put_to_sleep
from leadfarm.leads.models import GroupMember
from leadfarm.rules.codes import DisqualifyReason, RecheckRule, TouchKind
from leadfarm.rules.privacy import RequestKind, RequestState
from leadfarm.rules.stages import Stage
from tests.world import World

NAMES = ("Vera", "Otto", "Kim", "Ines", "Lou")


def test_who_sleeps_too_long_is_proposed_and_erased_only_if_somebody_chooses(world: World) -> None:
    """GDPR, storage limitation: a list to review, never an erasure by itself."""
    ada, home = world.client(world.ada), world.address("privacy/")
    long_ago = timezone.now() - timedelta(days=400)
    world.now = long_ago
    with world.inside():
        one, awake, touched, parted, spared = (
            world.captures(f"{given} Sleeper", at=long_ago) for given in NAMES
        )
        for lead in (one, touched, parted, spared):
            put_to_sleep(
                lead, to=Stage.DISQUALIFIED, reason=DisqualifyReason.TOO_SMALL,
                rule=RecheckRule.ON_EVENT, by=Actor.of(world.ana), now=long_ago,
            )  # fmt: skip
        record_touch(
            touched, TouchKind.CALL_IN, happened_at=timezone.now(), now=timezone.now(),
            actor=Actor.of(world.ana),
        )  # fmt: skip
        GroupMember.objects.create(
            workspace=world.workspace, lead=awake, contact=parted.contact, added_at=long_ago
        )
    assert "Asleep too long" not in ada.get(home).content.decode(), "nothing is set"
    with world.inside():
        rule = PrivacyRule.objects.create(workspace=world.workspace, sleeping_months=12)
    page = ada.get(home).content.decode()
    assert [name for name in NAMES if f"Pick {name} Sleeper" in page] == ["Vera", "Lou"]
    people = [lead.contact_id for lead in (one, awake, touched)]
    assert world.client(world.ana).post(f"{home}erasures/", {"pick": people}).status_code == 403
    ada.post(f"{home}erasures/", {"pick": [*people, "x"]})
    with world.inside():
        asked = PrivacyRequest.objects.of(world.workspace).get()
        assert (asked.contact_id, asked.kind) == (one.contact_id, RequestKind.ERASURE)
        assert asked.state == RequestState.WAITING
        PrivacyRule.objects.filter(pk=rule.pk).update(sleeping_months=24)
    page = ada.get(home).content.decode()
    assert "Asleep too long" not in page
    told = ada.post(f"{home}erasures/", {"pick": [spared.contact_id]}, follow=True)
    assert "Choose people from the list" in told.content.decode()
