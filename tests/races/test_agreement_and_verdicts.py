"""Two hands at once: one wins, the other reads who and when (S3-2, S3-8)."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connections

from leadfarm.access.actors import Actor
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Lead
from leadfarm.qualification.actions import Rejection, accept, deliver, draft, propose, reject, sign
from leadfarm.qualification.models import Definition, Delivery, Verdict
from leadfarm.qualification.readiness import in_force
from leadfarm.qualification.ticks import deliver_ready
from leadfarm.rules.agreement import Promises
from leadfarm.rules.codes import RejectReason
from tests.qualification.conftest import BUDGET_KNOWN, agree, ready_lead
from tests.world import World


def at_once(world: World, *acts: Callable[[], object]) -> list[str]:
    """Run the acts at the same instant, each in a transaction of its own; return the refusals."""
    refusals: list[str] = []
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait(60)
            with world.inside():
                act()
        except LeadfarmError as refused:
            refusals.append(str(refused))
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return refusals


def waiting(world: World) -> Lead:
    """Return a lead that waits for the answer of sales."""
    with world.inside():
        agree(world)
        lead = ready_lead(world)
        deliver(lead, by=Actor.of(world.ana), now=world.now)
    return lead


def again(world: World, lead: Lead) -> Lead:
    """Return the lead as another request reads it."""
    return Lead.objects.of(world.workspace).get(id=lead.id)


def test_s3_2_of_two_who_answer_one_wins(world: World) -> None:
    lead = waiting(world)
    refusals = at_once(
        world,
        lambda: accept(again(world, lead), by=world.tomas, now=world.now),
        lambda: accept(again(world, lead), by=world.dora, now=world.now),
        lambda: reject(
            again(world, lead),
            Rejection(RejectReason.FAULTY_RECORD),
            by=world.ada,
            now=world.now,
        ),
    )
    assert len(refusals) == 2
    with world.inside():
        said = Verdict.objects.of(world.workspace).select_related("member").get()
    assert said.member is not None
    assert all(f"by {said.member.name} on 2 March 2026" in refusal for refusal in refusals)


def test_s3_8_two_signatures_at_once_bring_it_into_force(world: World) -> None:
    with world.inside():
        made = draft(world.workspace.id, BUDGET_KNOWN, Promises(), by=world.mei, now=world.now)
        propose(made, by=world.mei, now=world.now)
    refusals = at_once(
        world,
        lambda: sign(made, by=world.mei, now=world.now),
        lambda: sign(made, by=world.tomas, now=world.now),
        lambda: sign(made, by=world.tomas, now=world.now),
    )
    assert len(refusals) == 1
    assert "Tomas Okafor" in refusals[0]
    with world.inside():
        assert in_force(world.workspace.id) == made
        assert Definition.objects.of(world.workspace).count() == 1


def test_law_4_a_lead_is_delivered_once(world: World) -> None:
    with world.inside():
        agree(world)
        lead = ready_lead(world)
    at_once(
        world,
        lambda: deliver(again(world, lead), by=Actor.of(world.ana), now=world.now),
        lambda: deliver_ready(world.workspace.id, now=world.now),
        lambda: deliver_ready(world.workspace.id, now=world.now),
    )
    with world.inside():
        assert Delivery.objects.of(world.workspace).count() == 1
