"""The pages of routing: undone by their toasts, and as quick for many as for one (S1-6)."""

from leadfarm.leads.actions import make_task
from leadfarm.leads.models import TimeOff
from leadfarm.rules.codes import Side, TaskKind
from tests.leads.test_routing import away, rep, rule
from tests.queries import assert_constant_queries
from tests.world import World


def test_time_off_ended_by_mistake_comes_back_by_its_undo(world: World) -> None:
    boss = world.client(world.dora)
    days = {"member": world.tomas.id, "from_on": "2099-03-02", "until_on": "2099-03-06"}
    boss.get(boss.post(world.address("settings/time-off/"), days)["Location"])
    with world.inside():
        one = TimeOff.objects.get()
    page = boss.post(world.address(f"settings/time-off/{one.id}/end/"), follow=True)
    (said,) = (str(each.extra_tags) for each in page.context["messages"])
    back = said.removeprefix("undo=")
    with world.inside():
        assert not TimeOff.objects.exists()
    assert world.client(world.sam).post(back).status_code == 404
    assert boss.post(back).status_code == 302
    with world.inside():
        again = TimeOff.objects.get()
    assert (again.member_id, again.until_on) == (world.tomas.id, one.until_on)


def test_the_pages_of_routing_take_as_many_statements_for_one_as_for_many(world: World) -> None:
    numbers = iter(range(1, 1_000))

    def grow() -> None:
        with world.inside():
            for _ in range(4):
                number = next(numbers)
                person = rep(world, f"Rep {number}")
                rule(world, number, "DE", person, world.tomas)
                away(world, person, 1 + number)
                lead = world.captures()
                make_task(
                    lead, TaskKind.CALL, side=Side.SALES, why="Call", due_at=world.now,
                    now=world.now, owner_id=person.id,
                )  # fmt: skip

    assert (
        world.address("coverage/") in world.client(world.mei).get("/", follow=True).content.decode()
    )
    client = world.client(world.dora)
    for path in (
        "settings/routing/?week=1", "settings/time-off/", "settings/routing/new/?side=sales",
        "coverage/", "leads/assigning/?view=all&side=sales",
    ):  # fmt: skip
        grow()
        assert_constant_queries(client, world.address(path), grow)
