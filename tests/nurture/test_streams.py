"""Streams: the next piece nobody has sent them, at a pace, until there is none (S2-20, S4-12)."""

from datetime import timedelta
from typing import Any

import pytest

from leadfarm.access.actors import SCHEDULE, Actor
from leadfarm.access.models import Notification
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions import Fact, learn
from leadfarm.leads.models import Lead
from leadfarm.nurture.actions import (
    add_piece,
    bring_back,
    check,
    make_program,
    make_stream,
    move_piece,
    publish,
    retire_piece,
)
from leadfarm.nurture.actions.ready_made import write_messages
from leadfarm.nurture.models import Enrolment, Piece, Program, Stream
from leadfarm.nurture.ticks import enrol, sweep, tick
from leadfarm.outreach.models import Message, Template
from leadfarm.rules.codes import FindingSection
from leadfarm.rules.notifications import NotificationKind
from tests.nurture.checking import stranded
from tests.world import World

DAY = timedelta(days=1)
KNOWN = {"field": "timeline", "operator": "is_known"}


def tree(**more: Any) -> dict[str, Any]:
    ways = {"exhausted": [{"key": "dry", "kind": "exit", "label": "Dry", "reason": "Saw it all"}]}
    step = {"key": "s", "kind": "stream", "label": "Stories", "stream": "Stories"}
    out = {"key": "out", "kind": "exit", "label": "Out", "reason": "Over"}
    nodes = [{**step, "every": {"days": 14}, "ways": ways} | more]
    return {"nodes": [*nodes, out] if "ways" in more else nodes}


@pytest.fixture
def stream(world: World) -> Stream:
    with world.inside():
        write_messages(world.workspace.id, world.now, SCHEDULE)
        made = make_stream(world.workspace.id, "Stories", now=world.now)
        for template in Template.objects.of(world.workspace).order_by("name"):
            add_piece(made, template, now=world.now)
    return made


def start(world: World, draft: dict[str, Any], name: str = "Long") -> tuple[Program, Lead]:
    program = make_program(world.workspace.id, name, now=world.now, draft=draft)
    publish(program, by=SCHEDULE, now=world.now)
    lead = world.captures("Vera Lind")
    enrol(program, [lead.id], world.now)
    return program, lead


def sent(world: World) -> list[tuple[str, int]]:
    """Return the messages planned: template and day."""
    rows = Message.objects.of(world.workspace).order_by("planned_at")
    told = rows.values_list("template_version__template__name", "planned_at")
    return [(name[:13], (at - world.now).days) for name, at in told]


def live(world: World, days: int, step: int = 1) -> None:
    for day in range(0, days, step):
        tick(world.workspace.id, world.now + day * DAY)
        assert stranded(world.workspace.id) == []


def test_s2_20_each_piece_once_at_its_pace_then_out_with_a_reason_and_an_alert(
    world: World, stream: Stream
):
    with world.inside():
        start(world, tree())
        live(world, 60)
        assert sent(world) == [("No hand-off 1", 0), ("No hand-off 2", 14), ("No hand-off 3", 28)]
        gone = Enrolment.objects.of(world.workspace).get()
        assert (gone.node.key, (gone.ended_at - world.now).days) == ("dry", 42)
        told = Notification.objects.of(world.workspace).filter(kind=NotificationKind.STREAM_DRY)
        assert {row.member_id for row in told} == {world.mei.id, world.dora.id, world.ada.id}
    page = world.client(world.mei).get(world.address("notifications/")).content.decode()
    assert "has run dry for somebody" in page


def test_s4_12_what_another_program_sent_is_not_sent_again_and_a_new_piece_reaches_who_waits(
    world: World, stream: Stream
):
    first = {
        "key": "m",
        "kind": "message",
        "label": "M",
        "template": "No hand-off 1: what others did",
    }
    with world.inside():
        late = Piece.objects.of(world.workspace).get(position=3)
        retire_piece(late, now=world.now)
        before = tree()
        before["nodes"].insert(0, first)
        start(world, before)
        live(world, 12)
        bring_back(late)
        world_days = range(12, 60)
        for day in world_days:
            tick(world.workspace.id, world.now + day * DAY)
        names = [name for name, _day in sent(world)]
        assert names == ["No hand-off 1", "No hand-off 2", "No hand-off 3"]


def test_so_many_pieces_and_on(world: World, stream: Stream):
    ways = {"next": [], "exhausted": []}
    with world.inside():
        start(world, tree(most=2, ways=ways))
        live(world, 60)
        assert len(sent(world)) == 2
        assert Enrolment.objects.of(world.workspace).get().node.key == "out"


def test_s2_20_who_comes_to_meet_a_way_out_leaves_before_the_next_piece(
    world: World, stream: Stream
):
    plan = [{"key": "x", "kind": "exit", "label": "Plans", "reason": "Has plans", "then": "call"}]
    ways = {"plans": plan, "exhausted": []}
    with world.inside():
        _program, lead = start(world, tree(when={"plans": KNOWN}, ways=ways))
        live(world, 3)
        learn(lead, Fact(FindingSection.TIMELINE, "autumn"), by=Actor.of(world.ana), now=world.now)
        sweep(world.workspace.id, world.now + 3 * DAY)
        tick(world.workspace.id, world.now + 3 * DAY)
        assert Enrolment.objects.of(world.workspace).get().node.key == "x"
        assert len(sent(world)) == 1


def test_a_program_that_comes_round_again_repeats_no_message_unless_it_says_so(world: World):
    """S4-12: cycle n+1 repeats no content."""
    again = {"key": "m2", "kind": "message", "label": "B", "template": "", "again": True}
    with world.inside():
        write_messages(world.workspace.id, world.now, SCHEDULE)
        one, two = Template.objects.of(world.workspace).order_by("name")[:2]
        nodes = [
            {"key": "m1", "kind": "message", "label": "A", "template": one.name},
            {"key": "w", "kind": "wait", "label": "Wait", "days": 10},
            {**again, "template": two.name},
            {"key": "w2", "kind": "wait", "label": "Wait", "days": 10},
            {
                "key": "b", "kind": "branch", "label": "Plans?", "when": {"yes": KNOWN},
                "ways": {
                    "yes": [{"key": "x", "kind": "exit", "label": "X", "reason": "Plans"}],
                    "otherwise": [{"key": "g", "kind": "go_to", "label": "Again", "to": "m1"}],
                },
            },
        ]  # fmt: skip
        start(world, {"nodes": nodes})
        live(world, 55, step=5)
        told = [name for name, _day in sent(world)]
        assert told == ["No hand-off 1", *["No hand-off 2"] * 3]


def test_a_stream_takes_only_what_fits_it(world: World, stream: Stream):
    with world.inside():
        template = Template.objects.of(world.workspace).order_by("name").first()
        assert template is not None
        with pytest.raises(LeadfarmError, match="in this stream already"):
            add_piece(stream, template, now=world.now)
        Template.objects.of(world.workspace).filter(id=template.id).update(purpose=2)
        template.refresh_from_db()
        with pytest.raises(LeadfarmError, match="written for “Newsletter”"):
            add_piece(stream, template, now=world.now)
        _tree, faults = check(world.workspace.id, tree(stream="Other", every={}))
        assert any("'Other', which does not exist" in each.what for each in faults)
        assert any("says 0 times" in each.what for each in faults)


def test_pieces_move_and_go_in_the_browsers_order(world: World, stream: Stream):
    mei = world.client(world.mei)
    with world.inside():
        first, second, third = Piece.objects.of(world.workspace)
        move_piece(third, -1)
        assert list(Piece.objects.of(world.workspace)) == [first, third, second]
    page = mei.get(world.address(f"programs/streams/{stream.id}/")).content.decode()
    assert page.index("No hand-off 3") < page.index("No hand-off 2")
    done = mei.post(
        world.address(f"programs/streams/pieces/{first.id}/removal/"), follow=True
    ).content.decode()
    assert "is out of the stream" in done
    mei.post(world.address(f"programs/streams/pieces/{first.id}/restoration/"))
    made = mei.post(
        world.address("programs/streams/"), {"name": "Events", "purpose": "3"}, follow=True
    )
    assert "No piece yet" in made.content.decode()
    again = mei.post(world.address("programs/streams/"), {"name": "Events", "purpose": "3"})
    assert "is called “Events” already" in again.content.decode()
    tomas = world.client(world.tomas)
    refused = tomas.post(world.address(f"programs/streams/pieces/{first.id}/removal/"), follow=True)
    assert "changed by marketers" in refused.content.decode()
