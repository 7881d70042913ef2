"""Routing at capture and afterwards (S1-6, S1-7, S1-9, S2-17), on a real database."""

from collections import Counter
from datetime import datetime, timedelta

from leadfarm.access.actions import add_member, leave
from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Team, User
from leadfarm.desk.queries.coverage import coverage_of
from leadfarm.intake.actions.capture import Captured, capture
from leadfarm.intake.arrival import Sent
from leadfarm.leads.actions import make_task
from leadfarm.leads.actions.assigning import Target, Those, assign, preview
from leadfarm.leads.actions.handing_on import take_back
from leadfarm.leads.models import (
    Assignment,
    Lead,
    RoutingRule,
    RoutingSeat,
    Standing,
    Task,
    TimeOff,
    Workload,
)
from leadfarm.rules.codes import Role, Side, TaskKind, TouchKind
from leadfarm.rules.routing import How
from tests.world import World

ALL = Those("true", {})


def rep(world: World, name: str, role: Role = Role.SALES_REP, team: Team | None = None) -> Member:
    address = f"{name.lower()}-{world.slug}@norrvik.example"
    user = User.objects.create_user(address, name=name, date_joined=world.now)
    return add_member(world.workspace, user, role, now=world.now, team=team)


def rule(world: World, position: int, country: str, *members: Member) -> RoutingRule:
    made = RoutingRule.objects.create(
        workspace=world.workspace,
        side=Side.SALES,
        position=position,
        name=f"{country} only",
        clause={"all": [{"field": "country", "operator": "is", "value": country.lower()}]},
        made_at=world.now,
    )
    for member in members:
        RoutingSeat.objects.create(workspace=world.workspace, rule=made, member=member)
    return made


def away(world: World, member: Member, days: int) -> None:
    day = world.now.date()
    TimeOff.objects.create(
        workspace=world.workspace,
        member=member,
        from_on=day,
        until_on=day + timedelta(days=days - 1),
        entered_at=world.now,
    )


def comes(
    world: World, number: int, country: str = "FR", host: str = "", now: datetime | None = None
) -> Captured:
    email = f"p{number}@{host or f'firm{number}.example'}"
    sent = Sent(email=email, kind=TouchKind.CONTACT_US, country=country, company=f"Firm {number}")
    return capture(world.workspace, sent, now=now or world.now)


def why(lead: Lead, side: Side = Side.SALES) -> dict[str, object]:
    last = Assignment.objects.of(lead.workspace_id).filter(lead=lead).order_by("-id")[:1].get()
    return dict(last.reasons[side.slug])


def test_s1_6_captures_go_by_rules_places_and_turns_and_say_why(world: World) -> None:
    with world.inside():
        bea, cem = rep(world, "Bea"), rep(world, "Cem")
        german = rule(world, 1, "DE", bea, world.tomas)
        Workload.objects.create(workspace=world.workspace, member=bea, most_a_day=2)
        away(world, world.tomas, 3)
        found = [comes(world, number, "DE").lead for number in range(3)]
        assert [one.sales_owner_id for one in found[:2]] == [bea.id, bea.id]
        first = why(found[0])
        assert (first["how"], first["rule"], first["n"]) == (How.RULE, german.id, 1)
        assert first["passed"] == [[world.tomas.id, 1, "2026-03-05"]]
        assert why(found[2])["full"] == [1]
        assert found[2].sales_owner_id == cem.id
        others = Counter(comes(world, number).lead.sales_owner_id for number in range(10, 16))
        assert others == {cem.id: 6}
        tomorrow = world.now + timedelta(days=1)
        assert comes(world, 20, "DE", now=tomorrow).lead.sales_owner_id == bea.id


def test_s2_17_a_colleague_goes_to_who_has_the_account_and_the_greeting_fits_their_hours(
    world: World,
) -> None:
    with world.inside():
        bea = rep(world, "Bea")
        Member.objects.filter(id=bea.id).update(time_zone="America/New_York")
        Member.objects.filter(id=world.tomas.id).update(time_zone="America/New_York")
        first = comes(world, 1, host="nordpump.example").lead
        colleague = comes(world, 2, host="nordpump.example")
        assert colleague.lead.id == first.id  # joins the buying group
        other = capture(
            world.workspace,
            Sent("p3@nordpump.example", TouchKind.CONTACT_US, need="Something else"),
            now=world.now,
        ).lead
        if other.id != first.id:
            assert other.sales_owner_id == first.sales_owner_id
            assert why(other)["how"] == How.ACCOUNT
        task = Task.objects.get(lead=first, kind=TaskKind.GREET)
        # Ten in Europe is before opening in New York: the term begins at nine o'clock there.
        assert task.due_at > world.now.replace(hour=14)
        assert task.owner_id == first.sales_owner_id


def test_s1_7_who_leaves_hands_on_leads_and_tasks_and_gets_them_back(world: World) -> None:
    with world.inside():
        bea, pia = rep(world, "Bea"), rep(world, "Pia", Role.PD)
        mine = [comes(world, number).lead for number in range(8)]
        of_tomas = [one for one in mine if one.sales_owner_id == world.tomas.id]
        assert len(of_tomas) == 4
        due = world.now + timedelta(days=1)
        make_task(
            mine[0], TaskKind.RESEARCH, side=Side.PD, why="x", due_at=due, now=world.now,
            owner_id=world.tomas.id, is_next=False,
        )  # fmt: skip
        later = world.now + timedelta(hours=1)
        leave(world.tomas, by=Actor.of(world.ada), now=later)
        gone = {"owner_id": world.tomas.id, "done_at": None, "cancelled_at": None}
        assert not Lead.objects.filter(sales_owner=world.tomas).exists()
        assert not Task.objects.filter(**gone).exists()
        assert not Standing.objects.filter(next_owner=world.tomas).exists()
        assert Lead.objects.filter(sales_owner=bea).count() == 8
        handed = Task.objects.get(kind=TaskKind.RESEARCH)
        assert handed.owner_id == mine[0].pd_owner_id in (world.ana.id, pia.id)
        back = later + timedelta(hours=1)
        add_member(
            world.workspace, world.tomas.user, Role.SALES_REP, now=back, by=Actor.of(world.ada)
        )
        assert Lead.objects.filter(sales_owner=world.tomas).count() == 4


def test_s1_6_many_leads_are_assigned_at_once_and_taken_back(world: World) -> None:
    by, now = Actor.of(world.dora), world.now + timedelta(minutes=5)
    with world.inside():
        reps = [world.tomas] + [rep(world, f"Rep{number}") for number in range(3)]
        for number in range(12):
            world.captures(of=f"Firm {number}")
        Workload.objects.create(workspace=world.workspace, member=reps[1], most_a_day=1)
        to = Target(Side.SALES)
        told = preview(world.workspace, ALL, to, now=now)
        assert sum(told.many.values()) == 12
        assert told.many[reps[1].id] == 1
        moved = assign(world.workspace, ALL, to, by=by, now=now)
        have = Counter(Lead.objects.values_list("sales_owner_id", flat=True))
        assert have == told.many
        assert moved == told.changing == 12 - told.many[world.tomas.id]
        assert take_back(world.workspace.id, at=now, by=by, made_by=world.dora.id) == moved
        assert {one.sales_owner_id for one in Lead.objects.all()} == {world.tomas.id}


def test_law_9_a_lead_given_to_a_firm_is_seen_there_and_taken_back_is_not(world: World) -> None:
    by = Actor.of(world.dora)
    with world.inside():
        lead = world.captures()
        given = assign(world.workspace, ALL, Target(Side.PD, team=world.firm), by=by, now=world.now)
        assert given == 1
    with world.inside(world.firm):
        assert [one.id for one in Lead.objects.all()] == [lead.id]
        assert Lead.objects.get().pd_owner_id == world.fred.id
        assert Standing.objects.get().next_owner_id == world.fred.id
    with world.inside():
        assign(world.workspace, ALL, Target(Side.PD, member=world.ana.id), by=by, now=world.now)
        assert Lead.objects.get().firm_id is None
        assert Standing.objects.get().next_owner_id == world.ana.id
    with world.inside(world.firm):
        assert not Lead.objects.exists()
        assert not Standing.objects.exists()


def test_s1_7_coverage_names_everybody_and_what_is_late(world: World) -> None:
    with world.inside():
        gone = rep(world, "Gus")
        leads = [world.captures(of=f"Firm {number}") for number in range(4)]
        Lead.objects.filter(id=leads[0].id).update(sales_owner=gone)
        Member.objects.filter(id=gone.id).update(left_at=world.now)
        Lead.objects.filter(id=leads[1].id).update(firm=world.firm)
        Standing.objects.filter(lead=leads[2]).update(next_at=world.now - timedelta(days=3))
        long_ago = world.now - timedelta(days=120, hours=3)
        Lead.objects.filter(id=leads[3].id).update(entered_at=long_ago)
        Standing.objects.filter(lead=leads[3]).update(stage_since=long_ago)
        found = coverage_of(world.workspace, world.now)
        assert (found.leads, found.without, found.late) == (4, 0, 1)
        lines = {(cover.side, line.name): line for cover in found.covers for line in cover.lines}
        assert lines[Side.SALES, "Gus"].note == "has left"
        ana = lines[Side.PD, "Ana Ruiz"]
        assert (ana.leads, ana.moves, ana.late, ana.later) == (4, 4, 1, 3)
        assert (ana.old, ana.oldest) == (1, 120)
    page = world.client(world.dora).get(world.address("coverage/"))
    assert page.status_code == 200
    assert "has left" in page.content.decode()
    theirs = world.client(world.fred).get(world.address("coverage/"))
    assert ">Open leads</span><b><a" in theirs.content.decode()
    assert ">1</a></b>" in theirs.content.decode()


def test_s1_6_the_pages_of_routing_keep_rules_limits_and_time_off(world: World) -> None:
    boss, slug = world.client(world.dora), world.slug
    new = world.address("settings/routing/new/?side=sales")
    told = {
        "name": "Germany",
        "routing-joined": "all",
        "routing-how-A": "all",
        "routing-row-0-group": "A",
        "routing-row-0-field": "country",
        "routing-row-0-operator": "is",
        "routing-row-0-value": "de",
    }
    assert boss.post(new, told).status_code == 400  # nobody sits in its pool
    made = boss.post(new, {**told, f"weight-{world.tomas.id}": "2"})
    assert (made.status_code, made["Location"]) == (302, f"/w/{slug}/settings/routing/")
    with world.inside():
        one = RoutingRule.objects.get()
        lead = world.captures()
        task = make_task(
            lead, TaskKind.CALL, side=Side.SALES, why="Call", due_at=world.now, now=world.now,
            owner_id=world.tomas.id,
        )  # fmt: skip
    page = boss.get(world.address(f"settings/routing/?week=1&try=L-{lead.id}")).content.decode()
    assert "Tomas Okafor ×2" in page
    boss.post(world.address(f"settings/routing/{one.id}/retirement/"))
    boss.post(world.address(f"settings/routing/{one.id}/return/"))
    limits = world.address(f"settings/members/{world.tomas.id}/limits/")
    assert boss.post(limits, {"most_a_day": "4", "works_from": "10:00"}).status_code == 400
    assert boss.post(limits, {"most_a_day": "4"}).status_code == 302
    rep_ = world.client(world.tomas)
    assert rep_.get(limits).status_code == 403
    days = {"member": world.tomas.id, "from_on": "2099-03-02", "until_on": "2099-03-06"}
    off = world.address("settings/time-off/")
    assert rep_.post(off, {**days, "member": world.ana.id}).status_code == 400
    assert rep_.post(off, days).status_code == 302
    with world.inside():
        assert RoutingRule.objects.get().retired_at is None
        assert Workload.objects.get(member=world.tomas).most_a_day == 4
        away_ = TimeOff.objects.get()
    tasks = world.address(f"settings/time-off/{away_.id}/tasks/")
    rep_.post(tasks, {"to": str(world.ana.id)})
    with world.inside():
        assert Standing.objects.get(lead=lead).next_owner_id == world.ana.id
    rep_.post(f"{tasks}undo/")
    rep_.post(tasks, {"to": "later"})
    upside_down = rep_.post(off, {**days, "until_on": "2099-03-01"})
    assert upside_down.context["form"].errors["until_on"] == ["The last day lies before the first."]
    with world.inside():
        later = Task.objects.get(id=task.id)
        assert (later.owner_id, f"{later.due_at:%F %H:%M}") == (world.tomas.id, "2099-03-09 10:00")
        assert Standing.objects.get(lead=lead).next_at == later.due_at
