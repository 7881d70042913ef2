"""Two workers keep one limit of sending together (section D, law 7)."""

import threading

from django.db import connections

from leadfarm.engine.database import acting_as
from leadfarm.outreach.actions import save_limits
from leadfarm.outreach.delivery.claiming import Claim, claim
from tests.outreach.conftest import Post, post
from tests.outreach.test_throttling import plan_to

__all__ = ["post"]
WORKERS = 4


def test_two_workers_at_once_never_claim_more_than_the_limits_allow(post: Post) -> None:
    world = post.world
    with world.inside():
        limits = {"hour": 20, "domain_hour": 12}
        save_limits(world.workspace, limits, warms_up=False, now=world.now)
    plan_to(post, "one.example", 30)
    plan_to(post, "two.example", 30)
    claims: list[Claim] = []
    begin = threading.Barrier(WORKERS)

    def work() -> None:
        try:
            begin.wait(30)
            with acting_as("worker"):
                while (found := claim(world.workspace, world.now, 7)).looked_at:
                    claims.append(found)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    leased = [message for one in claims for message in one.ids]
    assert len(leased) == len(set(leased)) == 20
    assert sum(one.put_off for one in claims) == 40, "each was put off once"
    with world.inside():
        from leadfarm.outreach.models import Message

        rows = Message.objects.of(world.workspace).filter(id__in=leased).select_related("contact")
        domains = [str(m.contact.email).rpartition("@")[2] for m in rows if m.contact]
    assert max(domains.count(domain) for domain in set(domains)) <= 12
