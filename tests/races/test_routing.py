"""Many captures at once: nobody is given more than their places (S1-6), turns stay fair."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from leadfarm.intake.actions.capture import capture
from leadfarm.intake.arrival import Sent
from leadfarm.leads.models import Lead, Workload
from leadfarm.rules.codes import TouchKind
from tests.leads.test_routing import rep
from tests.world import World


def test_s1_6_two_captures_never_take_the_same_last_place(world: World) -> None:
    with world.inside():
        bea, cem = rep(world, "Bea"), rep(world, "Cem")
        Workload.objects.create(workspace=world.workspace, member=world.tomas, most_a_day=3)

    def one(number: int) -> None:
        try:
            with world.inside():
                sent = Sent(f"p{number}@firm{number}.example", TouchKind.CONTACT_US)
                capture(world.workspace, sent, now=world.now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as hands:
        list(hands.map(one, range(31)))
    with world.inside():
        have = Counter(Lead.objects.values_list("sales_owner_id", flat=True))
    assert have == {world.tomas.id: 3, bea.id: 14, cem.id: 14}
