"""Each version answers for what it delivered (S3-8); a new company finds a draft (S3-7)."""

import re
from datetime import timedelta

from leadfarm.access.actors import Actor
from leadfarm.access.furnishing import furnish
from leadfarm.leads.models import Standing
from leadfarm.qualification.actions import Rejection, accept, deliver, reject
from leadfarm.qualification.models import Definition
from leadfarm.qualification.quality import quality_of_versions
from leadfarm.rules.agreement import FIRST_CRITERIA, PROMISES, Promises
from leadfarm.rules.clauses import LEAD_FIELDS, parse
from leadfarm.rules.codes import RejectReason
from leadfarm.rules.stages import Stage
from tests.qualification.conftest import agree, ready_lead
from tests.qualification.test_pages import DRAFT, post, read
from tests.world import World


def delivered(world: World, n: int) -> list[int]:
    """Deliver n leads; sales accepts all but the last two: one is rejected, one not answered."""
    leads = [ready_lead(world, f"Vera Lind{number}") for number in range(n)]
    for lead in leads:
        deliver(lead, by=Actor.of(world.ana), now=world.now)
    for lead in leads[:-2]:
        accept(lead, by=world.tomas, now=world.now)
    why = Rejection(RejectReason.FAULTY_RECORD, "No such company")
    reject(leads[-2], why, by=world.tomas, now=world.now)
    return [lead.id for lead in leads]


def test_s3_8_a_version_is_told_by_what_it_delivered(world: World) -> None:
    with world.inside():
        old = agree(world)
        few = delivered(world, 4)
        won = Standing.objects.of(world.workspace).filter(lead_id=few[0])
        won.update(stage=Stage.WON, next_kind=None, next_side=None, next_at=None, task_id=None)
        world.now += timedelta(days=1)
        new = agree(world)
        delivered(world, 16)
        found = quality_of_versions(world.workspace.id)
    assert found[old.id].delivered == 4
    assert (found[old.id].accepted.hits, found[old.id].accepted.n) == (2, 3)
    assert (found[old.id].won.hits, found[old.id].won.n) == (1, 1)
    assert (found[new.id].delivered, found[new.id].accepted.n) == (16, 15)
    assert found[new.id].won.n == 0, "an open lead is no failure"
    page = re.sub(r"<[^>]+>", " ", read(world, world.mei, "agreement/"))
    page = re.sub(r"\s+", " ", page)
    assert "2 of 3 too few to tell" in page
    assert "n = 15" in page


def test_s3_7_a_new_company_finds_a_draft_to_edit_and_sign(world: World) -> None:
    with world.inside():
        furnish(world.workspace, world.now)
        furnish(world.workspace, world.now)
        first = Definition.objects.of(world.workspace).get()
        assert first.state == "draft"
        assert parse(first.criteria, LEAD_FIELDS).members[-1] == FIRST_CRITERIA.members[-1]
        assert Promises.read(first.promises) == Promises()
    assert "Edit the draft" in read(world, world.mei, "agreement/")
    form = read(world, world.mei, "agreement/draft/")
    for name in PROMISES:
        assert re.search(rf'name="{name}" value="{getattr(Promises(), name)}"', form), name
    post(world, world.mei, "agreement/draft/", **DRAFT, then="propose")
    post(world, world.mei, "agreement/1/signature/")
    post(world, world.tomas, "agreement/1/signature/")
    with world.inside():
        assert Definition.objects.of(world.workspace).get().state == "in force"
