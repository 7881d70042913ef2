"""Ready-made programs: faultless as delivered, drafts until published, opened when asked twice."""

import pytest

from leadfarm.access.actors import Actor
from leadfarm.nurture.actions import check, draft_of, publish, use_ready_made
from leadfarm.nurture.models import Piece, Program, ProgramState, Stream
from leadfarm.outreach.models import Template, TemplateVersion
from leadfarm.rules.programs import READY_MADE, NodeKind, ReadyMade, parse
from leadfarm.rules.programs.ready_made.stories import STORIES, STREAM
from tests.world import World

MADE = list(READY_MADE.values())


def test_s2_9_every_ready_made_program_is_faultless_where_the_usual_people_are(world: World):
    """With its messages and streams, all at once, and published right after it was taken."""
    with world.inside():
        by = Actor.of(world.mei)
        for made in MADE:
            program = use_ready_made(world.workspace.id, made, world.now, by)
            assert check(world.workspace.id, draft_of(program))[1] == [], made.name
            assert program.state == ProgramState.DRAFT
            publish(program, by=by, now=world.now)
        assert Program.objects.of(world.workspace).count() == len(MADE)
        # Two programs take from one stream: it is there once, and so is each of its messages.
        stream = Stream.objects.of(world.workspace).get()
        assert Piece.objects.of(world.workspace).filter(stream=stream).count() == len(STORIES)
        versions = TemplateVersion.objects.of(world.workspace)
        assert Template.objects.of(world.workspace).count() == versions.count()


def test_s2_9_without_people_the_fault_check_says_whom_it_needs(world: World):
    with world.inside():
        for member in (world.ana, world.tomas, world.fred):
            member.left_at = world.now
            member.save(update_fields=["left_at"])
        program = use_ready_made(
            world.workspace.id, READY_MADE["customers"], world.now, Actor.of(world.mei)
        )
        said = [fault.what for fault in check(world.workspace.id, draft_of(program))[1]]
    assert len(said) == 3
    assert all("is for Sales, where nobody is" in one for one in said)


@pytest.mark.parametrize("made", MADE, ids=lambda made: made.slug)
def test_s3_17_whoever_reads_the_gallery_knows_what_they_get(made: ReadyMade):
    tree, wrong = parse(made.tree)
    assert wrong == []
    sent = {str(node.settings["template"]) for node in tree.walk() if node.kind is NodeKind.MESSAGE}
    assert sent == {wording.name for wording in made.wordings}
    streams = {str(node.settings["stream"]) for node in tree.walk() if node.kind is NodeKind.STREAM}
    assert streams == ({made.stream} if made.stream else set())
    assert len(made.purpose) < 180
    assert made.purpose.endswith(".")
    assert made.who.endswith(".")
    assert made.lasts
    ends = [node for node in tree.walk() if node.kind.ends]
    assert all(node.settings["reason"] for node in ends)  # S1-11: nobody leaves without a reason


def test_a_program_is_taken_from_the_gallery_and_opened_when_asked_twice(world: World):
    mei, address = world.client(world.mei), world.address("programs/ready-made/long-cycle/")
    page = mei.get(world.address("programs/")).content.decode()
    assert page.count("Use it<span") == len(MADE)
    first = mei.post(address)
    tree = mei.get(first["Location"]).content.decode()
    assert "Nothing runs until you publish it" in tree
    assert "Publish version 1" in tree
    with world.inside():
        Stream.objects.of(world.workspace).filter(name=STREAM).update(name="Ours")
    assert mei.post(address)["Location"] == first["Location"]
    with world.inside():
        assert Program.objects.of(world.workspace).count() == 1
        assert Stream.objects.of(world.workspace).get().name == "Ours"
    page = mei.get(world.address("programs/")).content.decode()
    assert page.count("Open it<span") == 1
    assert world.client(world.ana).post(address).status_code == 302
    assert "Use it" not in world.client(world.ana).get(world.address("programs/")).content.decode()
    assert mei.post(world.address("programs/ready-made/golden-goose/")).status_code == 404
